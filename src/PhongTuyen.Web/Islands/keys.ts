import { text } from './texts.ts';

/** Whether a key pressed there is text, so that it is no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'reset', 'file'].includes(target.type);
}

function rows(): HTMLTableRowElement[] {
  return [...document.querySelectorAll<HTMLTableRowElement>('.pt-table[data-keys] > tbody > tr')];
}

function currentRow(): HTMLTableRowElement | undefined {
  const focused = document.activeElement?.closest('tr');
  return rows().find(row => row === focused) ?? rows().find(row => row.classList.contains('pt-current'));
}

function mark(row: HTMLTableRowElement | undefined): void {
  for (const other of rows()) other.classList.toggle('pt-current', other === row);
}

/** Moves the real focus to the link of the next row, so that screen readers follow and Enter needs no help. */
function step(by: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const at = current ? all.indexOf(current) + by : by > 0 ? 0 : all.length - 1;
  const row = all[Math.max(0, Math.min(all.length - 1, at))];
  if (!row) return;
  mark(row);
  const link = row.querySelector<HTMLElement>('a[data-open]') ?? row;
  if (link === row) row.tabIndex = -1;
  link.focus({ preventScroll: true });
  row.scrollIntoView?.({ block: 'nearest' });
}

function help(): void {
  const template = document.querySelector<HTMLTemplateElement>('template#pt-keys');
  if (!template) return;
  let dialog = document.querySelector<HTMLDialogElement>('dialog#pt-keys-dialog');
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.id = 'pt-keys-dialog';
    dialog.className = 'pt-dialog';
    const form = document.createElement('form');
    form.method = 'dialog';
    form.className = 'pt-row';
    const button = document.createElement('button');
    button.className = 'btn btn-primary';
    button.autofocus = true;
    button.textContent = text('close', template);
    form.append(button);
    dialog.append(template.content.cloneNode(true), form);
    const heading = dialog.querySelector('h2');
    if (heading) dialog.setAttribute('aria-labelledby', heading.id ||= 'pt-keys-title');
    document.body.append(dialog);
  }
  dialog.showModal();
}

const actions: Record<string, () => boolean> = {
  '/': () => press('[data-key-search], .pt-search input', field => { field.focus(); (field as HTMLInputElement).select(); }),
  'j': () => { step(1); return true; },
  'k': () => { step(-1); return true; },
  'x': () => press('input[type=checkbox]', box => box.click(), currentRow() ?? null),
  'n': () => press('[data-key-new]', link => link.click()),
  '?': () => { help(); return true; },
  'Enter': () => {
    if (document.activeElement?.closest('a, button, summary, input')) return false;
    return press('a[data-open]', link => link.click(), currentRow() ?? null);
  },
};

function press(selector: string, act: (element: HTMLElement) => void, within: ParentNode | null = document): boolean {
  const element = within?.querySelector<HTMLElement>(selector);
  if (!element) return false;
  act(element);
  return true;
}

/**
 * / search, j k rows, Enter open, x select, n new, ? this list. Off with html data-keys="off" (WCAG 2.1.4: single keys can be
 * turned off; the dialog of ? may hold a button data-look="nokeys").
 */
export function keys(root: Document): void {
  root.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (root.documentElement.dataset['keys'] === 'off' || isTyping(event.target) || root.querySelector('dialog[open]')) return;
    if (actions[event.key]?.()) event.preventDefault();
  });
  root.addEventListener('focusin', event => {
    const row = (event.target as Element).closest<HTMLTableRowElement>('.pt-table[data-keys] > tbody > tr');
    if (row) mark(row);
  });
}
