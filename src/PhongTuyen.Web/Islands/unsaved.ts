/** A page that stays after sending (a download) can be used again after this time. */
const STAYS_MS = 8_000;

/** Whether a field reads otherwise than the server wrote it. */
export function isChanged(field: Element): boolean {
  if (field instanceof HTMLInputElement) {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (field.type === 'file') return (field.files?.length ?? 0) > 0;
    return !['hidden', 'submit', 'button', 'reset', 'image'].includes(field.type) && field.value !== field.defaultValue;
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    // Without a selected option in the page the browser selects the first one.
    return options.some(wasSelected) ? options.some(option => option.selected !== wasSelected(option)) : !field.multiple && field.selectedIndex > 0;
  }
  return false;
}

const wasSelected = (option: HTMLOptionElement) => option.hasAttribute('selected');

const touched = new WeakSet<HTMLFormElement>();
const sent = new Map<HTMLFormElement, ReturnType<typeof setTimeout>>();

/** Typed and not sent. data-guard="dirty" says that the page came back from the server with what was typed. */
export function isUnsaved(form: HTMLFormElement): boolean {
  if (sent.has(form)) return false;
  return form.dataset['guard'] === 'dirty' || (touched.has(form) && [...form.elements].some(isChanged));
}

function release(form: HTMLFormElement): void {
  clearTimeout(sent.get(form));
  sent.delete(form);
  form.removeAttribute('aria-busy');
  for (const button of submitters(form)) button.removeAttribute('aria-disabled');
}

function submitters(form: HTMLFormElement): HTMLElement[] {
  return [...form.elements].filter((e): e is HTMLElement => e.matches('button:not([type=button], [type=reset]), input[type=submit]'));
}

/**
 * Warns before leaving form[data-guard] with typed input. Every form that posts is sent once: the second click or Enter does
 * nothing (form[data-resubmit] is left alone). Buttons are not disabled, since a disabled one would not send its name.
 */
export function unsaved(root: Document): void {
  root.addEventListener('input', event => {
    const form = (event.target as Element).closest('form');
    if (form) touched.add(form);
  });
  root.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('data-resubmit')) return;
    if (sent.has(form)) { event.preventDefault(); return; }
    sent.set(form, setTimeout(() => release(form), STAYS_MS));
    form.setAttribute('aria-busy', 'true');
    for (const button of submitters(form)) button.setAttribute('aria-disabled', 'true');
  });
  window.addEventListener('beforeunload', event => {
    const forms = [...root.querySelectorAll<HTMLFormElement>('form[data-guard]')];
    if (sent.size === 0 && forms.some(isUnsaved)) event.preventDefault();
  });
  window.addEventListener('pageshow', event => {
    if ((event as PageTransitionEvent).persisted) for (const form of [...sent.keys()]) release(form);
  });
}
