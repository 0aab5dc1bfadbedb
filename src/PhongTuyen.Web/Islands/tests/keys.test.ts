import { beforeEach, expect, it, vi } from 'vitest';
import { isTyping, keys } from '../keys.ts';

keys(document);
const row = (n: number) => `<tr><td><input type="checkbox" id="c${n}"></td><td><a data-open id="a${n}" href="#${n}">người ${n}</a></td></tr>`;
const press = (key: string, more: KeyboardEventInit = {}, target: Element = document.activeElement ?? document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
};

beforeEach(() => {
  delete document.documentElement.dataset['keys'];
  document.body.innerHTML = `<form class="pt-search"><input type="search" id="q"></form><a data-key-new id="new" href="#new">Mới</a>
    <table class="pt-table" data-keys><tbody>${row(1)}${row(2)}</tbody></table><textarea id="t"></textarea>
    <template id="pt-keys"><h2>Phím tắt</h2></template>`;
});

it('j and k move through the rows with the real focus and stop at the ends', () => {
  press('j');
  expect(document.activeElement?.id).toBe('a1');
  press('j'); press('j');
  expect(document.activeElement?.id).toBe('a2');
  expect(document.querySelectorAll('.pt-current')).toHaveLength(1);
  press('k');
  expect(document.activeElement?.id).toBe('a1');
});

it('/ goes to the search, n opens the new form, x ticks the row', () => {
  press('/');
  expect(document.activeElement?.id).toBe('q');
  (document.activeElement as HTMLElement).blur();
  const opened = vi.fn();
  document.getElementById('new')!.addEventListener('click', opened);
  press('n');
  expect(opened).toHaveBeenCalled();
  press('j'); press('x');
  expect(document.querySelector<HTMLInputElement>('#c1')!.checked).toBe(true);
});

it('Enter opens the current row when nothing else would take it', () => {
  const opened = vi.fn();
  document.getElementById('a1')!.addEventListener('click', opened);
  press('j');
  (document.activeElement as HTMLElement).blur();
  press('Enter', {}, document.body);
  expect(opened).toHaveBeenCalledTimes(1);
});

it('Keys are text while typing, and left alone with Ctrl, Alt or an input method', () => {
  const field = document.getElementById('t')!;
  field.focus();
  expect(press('j').defaultPrevented).toBe(false);
  field.blur();
  expect(press('j', { ctrlKey: true }).defaultPrevented).toBe(false);
  expect(press('j', { isComposing: true }).defaultPrevented).toBe(false);
  expect([isTyping(document.getElementById('q')), isTyping(document.getElementById('c1'))]).toEqual([true, false]);
});

it('? shows the list of keys, and no key works behind it', () => {
  press('?');
  const dialog = document.querySelector('dialog')!;
  expect(dialog.open).toBe(true);
  expect(dialog.textContent).toContain('Phím tắt');
  press('j');
  expect(document.querySelector('.pt-current')).toBeNull();
});

it('Single keys can be turned off', () => {
  document.documentElement.dataset['keys'] = 'off';
  expect(press('j').defaultPrevented).toBe(false);
});

it('A key with nothing to do is left to the browser', () => {
  document.getElementById('new')!.remove();
  expect(press('n').defaultPrevented).toBe(false);
});
