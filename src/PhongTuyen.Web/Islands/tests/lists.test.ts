import { expect, it } from 'vitest';
import { copy, copyText } from '../copy.ts';
import { fileProblem, sizeText } from '../drop.ts';
import { isBusy, nextWait } from '../import-progress.ts';
import { menus } from '../menus.ts';
import { between, selectRows } from '../select-rows.ts';

it('Choosing rows counts them, and the acts wait until there is one', () => {
  document.body.innerHTML = `<div data-select-rows><input type="checkbox" data-select-all>${'<input type="checkbox" data-select>'.repeat(3)}
    <input type="checkbox" data-select disabled><p data-select-count></p><div data-bulk><button>Chuyển</button></div></div>`;
  selectRows(document);
  const all = document.querySelector<HTMLInputElement>('[data-select-all]')!;
  const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-select]')];
  const button = document.querySelector('button')!;
  expect(button.disabled).toBe(true);
  boxes[0]!.click();
  expect([button.disabled, all.indeterminate, document.querySelector('p')!.textContent]).toEqual([false, true, 'Đã chọn 1']);
  all.click();
  expect(boxes.map(box => box.checked)).toEqual([true, true, true, false]);
  expect(document.querySelector('p')!.textContent).toBe('Đã chọn 3');
  all.click();
  expect([boxes.some(box => box.checked), button.disabled]).toEqual([false, true]);
});

it('Shift takes all between, in both directions', () => {
  expect(between([1, 2, 3, 4, 5], 2, 4)).toEqual([2, 3, 4]);
  expect(between([1, 2, 3, 4, 5], 4, 2)).toEqual([2, 3, 4]);
  expect(between([1, 2, 3], 9, 2)).toEqual([2]);
});

it('An import is followed while the server works, and asked less often after a failure', () => {
  expect(['Checking', 'Committing', 'Undoing'].map(state => isBusy(state))).toEqual([true, true, true]);
  expect(['Mapping', 'Checked', 'Done', 'Undone', 'Failed'].map(state => isBusy(state))).toEqual([false, false, false, false, false]);
  expect([nextWait(700, false), nextWait(700, true), nextWait(8_000, true), nextWait(10_000, false)]).toEqual([700, 1_400, 10_000, 700]);
});

it('A file is refused before it is sent when it cannot be read', () => {
  expect(fileProblem({ name: 'Danh sách.XLSX', size: 10 }, '.xlsx,.csv', 100)).toBeNull();
  expect(fileProblem({ name: 'anh.jpg', size: 10 }, '.xlsx, .csv', 100)).toEqual({ key: 'file-type', n: '.xlsx, .csv' });
  expect(fileProblem({ name: 'a.csv', size: 30_000_000 }, '.csv', 20_971_520)).toEqual({ key: 'file-size', n: '20' });
  expect(fileProblem({ name: 'a.csv', size: 30_000_000 }, '', 0)).toBeNull();
  expect([sizeText(900), sizeText(1_258_291)]).toEqual(['900 B', '1,2 MB']);
});

it('A copy button appears with the script and copies a field or a text', () => {
  document.body.innerHTML = '<code id="c"> N-31 </code><input id="i" value="x"><button data-copy="#c" hidden></button><button data-copy="#i"></button><button data-copy-text="y"></button>';
  copy(document);
  const buttons = [...document.querySelectorAll('button')];
  expect(buttons[0]!.hidden).toBe(false);
  expect(buttons.map(copyText)).toEqual(['N-31', 'x', 'y']);
});

it('A menu closes on a click elsewhere and on Escape', () => {
  document.body.innerHTML = '<details data-menu open><summary>Tôi</summary><a href="#">Ra</a></details><p>x</p>';
  menus(document);
  const menu = document.querySelector('details')!;
  document.querySelector('p')!.click();
  expect(menu.open).toBe(false);
  menu.open = true;
  document.querySelector<HTMLElement>('a')!.focus();
  document.querySelector('a')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(menu.open).toBe(false);
});
