import { text, type TextKey } from './texts.ts';

/** What is wrong with a file before it is sent, or null. The server looks again. */
export function fileProblem(file: { name: string; size: number }, accept: string, mostBytes: number): { key: TextKey; n: string } | null {
  const endings = accept.split(',').map(part => part.trim().toLowerCase()).filter(part => part.startsWith('.'));
  if (endings.length > 0 && !endings.some(ending => file.name.toLowerCase().endsWith(ending))) return { key: 'file-type', n: endings.join(', ') };
  if (mostBytes > 0 && file.size > mostBytes) return { key: 'file-size', n: String(Math.floor(mostBytes / 1_048_576)) };
  return null;
}

/** 1.234.567 → 1,2 MB */
export function sizeText(bytes: number): string {
  const [value, unit] = bytes < 1024 ? [bytes, 'B'] : bytes < 1_048_576 ? [bytes / 1024, 'KB'] : [bytes / 1_048_576, 'MB'];
  return `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}

/** <label class="pt-drop" data-max-bytes="…"> … <input type="file" accept=".xlsx,.xls,.csv"> with [data-drop-name] for the file and [data-drop-error]. */
export function drop(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLElement>('.pt-drop')) {
    const input = area.querySelector<HTMLInputElement>('input[type=file]');
    if (input) enhance(area, input);
  }
}

function enhance(area: HTMLElement, input: HTMLInputElement): void {
  // The browser's own words beside its button are in its own language.
  const choose = document.createElement('span');
  choose.className = 'btn';
  choose.setAttribute('aria-hidden', 'true');
  choose.textContent = text('choose-file', area);
  input.after(choose);
  input.classList.add('pt-hidden');

  const over = (on: boolean) => area.classList.toggle('pt-drop--over', on);
  const name = place(area, 'data-drop-name', 'pt-drop-name');
  const error = place(area, 'data-drop-error', 'pt-drop-error');
  error.setAttribute('role', 'alert');

  const show = () => {
    const file = input.files?.[0];
    const problem = file && fileProblem(file, input.accept, Number(area.dataset['maxBytes'] ?? 0));
    name.textContent = file && !problem ? `${file.name} (${sizeText(file.size)})` : '';
    error.textContent = problem ? text(problem.key, area, problem.n) : '';
    if (problem) input.value = '';
  };

  area.addEventListener('dragover', event => { event.preventDefault(); over(true); });
  area.addEventListener('dragleave', event => { if (!area.contains(event.relatedTarget as Node | null)) over(false); });
  area.addEventListener('drop', event => {
    event.preventDefault();
    over(false);
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0 || input.disabled) return;
    input.files = files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  input.addEventListener('change', show);
  // A file dropped beside the area would replace the page, and what was typed with it.
  for (const kind of ['dragover', 'drop']) window.addEventListener(kind, event => event.preventDefault());
}

function place(area: HTMLElement, attribute: string, className: string): HTMLElement {
  const found = area.querySelector<HTMLElement>(`[${attribute}]`);
  if (found) return found;
  const made = document.createElement('span');
  made.className = className;
  made.setAttribute(attribute, '');
  area.append(made);
  return made;
}
