import { text } from './texts.ts';

/** Forms whose question was answered with yes, until they are sent. */
export const agreed = new WeakSet<HTMLFormElement>();

/** The question of the button that was pressed, else of the form. */
export function question(form: HTMLFormElement, submitter: HTMLElement | null): string | null {
  return submitter?.getAttribute('data-confirm') ?? form.getAttribute('data-confirm');
}

/** Asks before a form is sent. Registered in the capture phase: what comes after it never sees a form that is not agreed. */
export function confirm(root: Document): void {
  root.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const asks = question(form, submitter);
    if (!asks || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asks, submitter ?? form, () => {
      agreed.add(form);
      if (submitter) submitter.click(); else form.requestSubmit();
    });
  }, { capture: true });
}

function ask(words: string, near: HTMLElement, yes: () => void): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'pt-dialog';
  dialog.setAttribute('role', 'alertdialog');
  dialog.setAttribute('aria-labelledby', 'pt-confirm-words');
  const sentence = document.createElement('p');
  sentence.id = 'pt-confirm-words';
  sentence.textContent = words;
  const row = document.createElement('div');
  row.className = 'pt-row';
  const [no, ok] = [document.createElement('button'), document.createElement('button')];
  no.className = 'btn btn-quiet';
  no.textContent = text('confirm-no', near);
  no.autofocus = true;
  ok.className = near.classList.contains('btn-danger') ? 'btn btn-danger' : 'btn btn-primary';
  ok.textContent = near.getAttribute('data-confirm-yes') ?? text('confirm-yes', near);
  for (const button of [no, ok]) {
    button.type = 'button';
    button.addEventListener('click', () => dialog.close());
  }
  row.append(no, ok);
  dialog.append(sentence, row);
  let accepted = false;
  ok.addEventListener('click', () => { accepted = true; }, { capture: true });
  dialog.addEventListener('close', () => {
    dialog.remove();
    near.focus?.();
    if (accepted) yes();
  });
  document.body.append(dialog);
  dialog.showModal();
}
