import { text } from './texts.ts';

/** What a copy button copies: its own data-copy-text, else the value or the text of the element that data-copy names. */
export function copyText(button: HTMLElement): string {
  const own = button.dataset['copyText'];
  if (own !== undefined) return own;
  const source = document.querySelector(button.dataset['copy'] || ':not(*)');
  return source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement ? source.value : source?.textContent?.trim() ?? '';
}

async function write(words: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  // Plain http has no clipboard.
  const field = document.createElement('textarea');
  field.className = 'pt-hidden';
  field.value = words;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

/** <button type="button" data-copy="#code" hidden>: shown where there is a script; says "Đã chép" for two seconds. */
export function copy(root: Document): void {
  for (const button of root.querySelectorAll<HTMLElement>('[data-copy][hidden], [data-copy-text][hidden]')) button.hidden = false;
  root.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy], [data-copy-text]');
    if (button) void write(copyText(button)).then(() => say(button));
  });
}

function say(button: HTMLElement): void {
  const words = document.createElement('span');
  words.className = 'pt-small pt-copied';
  words.setAttribute('role', 'status');
  button.after(words);
  words.textContent = text('copied', button);
  setTimeout(() => words.remove(), 2000);
}
