import { text } from './texts.ts';

/**
 * Inside of [data-select-rows]: input[data-select-all] in the head, input[data-select] in each row, [data-select-count] for the
 * number, and buttons in [data-bulk] that are off while nothing is selected. Shift selects a range.
 */
export function selectRows(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>('[data-select-rows]')) enhance(list);
}

function enhance(list: HTMLElement): void {
  const boxes = () => [...list.querySelectorAll<HTMLInputElement>('input[data-select]:not(:disabled)')];
  const first = list.querySelector<HTMLInputElement>('input[data-select-all]');
  const alls = first ? [first, ...again(list, first)] : [];
  let last: HTMLInputElement | undefined;
  let shift = false;

  const show = () => {
    const count = boxes().filter(box => box.checked).length;
    for (const all of alls) {
      all.checked = count > 0 && count === boxes().length;
      all.indeterminate = count > 0 && !all.checked;
    }
    list.dataset['selected'] = String(count);
    for (const place of list.querySelectorAll('[data-select-count]')) place.textContent = text('selected', place, count);
    for (const button of list.querySelectorAll<HTMLButtonElement>('[data-bulk] button')) button.disabled = count === 0;
  };

  list.addEventListener('click', event => { shift = event.shiftKey; });
  list.addEventListener('change', event => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if (alls.includes(box)) for (const other of boxes()) other.checked = box.checked;
    else if (box.matches('[data-select]')) {
      if (shift && last) for (const other of between(boxes(), last, box)) other.checked = box.checked;
      last = box;
    }
    show();
  });
  window.addEventListener('pageshow', show); // boxes that the browser restores after going back
  show();
}

/** On a phone the head of the table is not shown: the box for all stands beside the buttons as well. */
function again(list: HTMLElement, all: HTMLInputElement): HTMLInputElement[] {
  return [...list.querySelectorAll('[data-bulk]')].map(bulk => {
    const label = document.createElement('label');
    label.className = 'pt-select-all';
    const box = document.createElement('input');
    box.type = 'checkbox';
    label.append(box, ' ', all.closest('label')?.textContent?.trim() ?? '');
    bulk.prepend(label);
    return box;
  });
}

/** Those from one to the other, in either direction, both included. */
export function between<T>(all: readonly T[], one: T, other: T): T[] {
  const [a, b] = [all.indexOf(one), all.indexOf(other)];
  return a < 0 || b < 0 ? [other] : all.slice(Math.min(a, b), Math.max(a, b) + 1);
}
