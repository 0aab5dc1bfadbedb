/** Longer than the server waits for its audit (Audit:WriteSeconds), as it is unless somebody set it. */
const PATIENCE_MS = 15_000;

/**
 * A form sent by button[data-in-place] is answered on this page, by one request: the next empty form with the cursor in it, or the same one with what is to be mended. Where no such
 * answer comes, the form is sent as any other: safe-send.ts says what is wrong and keeps what was typed. Sent twice, it is done once (its Intent).
 */
export function inPlace(root: ParentNode, enhance: (root: ParentNode) => void): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[method=post]')) {
    if (!form.querySelector('button[data-in-place]')) continue;
    form.addEventListener('submit', event => {
      const by = event.submitter;
      if (event.defaultPrevented || !by?.hasAttribute('data-in-place') || 'natively' in form.dataset) return;
      event.preventDefault();
      if (form.getAttribute('aria-busy') !== 'true') void send(form, by as HTMLButtonElement, enhance);
    });
  }
}

async function send(form: HTMLFormElement, by: HTMLButtonElement, enhance: (root: ParentNode) => void): Promise<void> {
  form.setAttribute('aria-busy', 'true');
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  if (by.name) fields.append(by.name, by.value);
  const html = await fetch(form.action, { method: 'POST', body: fields, headers: { 'Pt-In-Place': '1' }, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) })
    .then(answer => !answer.redirected && (answer.ok || [409, 422].includes(answer.status)) ? answer.text() : null).catch(() => null);
  const page = html === null ? null : new DOMParser().parseFromString(html, 'text/html');
  const main = page?.querySelector('main');
  form.removeAttribute('aria-busy');
  if (!page || !main) {
    form.dataset['natively'] = '';
    form.requestSubmit(by);
    return;
  }
  document.querySelector('main')!.replaceWith(main);
  document.title = page.title;
  enhance(main);
  window.scrollTo(0, 0);
  main.querySelector<HTMLElement>('[autofocus]')?.focus();
}
