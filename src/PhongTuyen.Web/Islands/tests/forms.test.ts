import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { confirm, question } from '../confirm.ts';
import { isChanged, isUnsaved, unsaved } from '../unsaved.ts';

confirm(document);
unsaved(document);
let sent = 0;
document.addEventListener('submit', event => { if (!event.defaultPrevented) sent++; event.preventDefault(); });

const form = () => document.querySelector('form')!;
const submit = (by: HTMLElement | null = null) => { const event = new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: by }); form().dispatchEvent(event); return event; };
const leave = () => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented; };

beforeEach(() => { vi.useFakeTimers(); sent = 0; });
afterEach(() => { vi.advanceTimersByTime(10_000); vi.useRealTimers(); document.body.innerHTML = ''; });

it('Leaving is asked only where something was typed, and not after it was undone', () => {
  document.body.innerHTML = '<form method="post" data-guard><input name="a" value="1"></form>';
  const field = document.querySelector('input')!;
  expect(leave()).toBe(false);
  field.value = '2';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  expect(leave()).toBe(true);
  field.value = '1';
  expect(leave()).toBe(false);
});

it('A form that came back with errors counts as unsaved', () => {
  document.body.innerHTML = '<form method="post" data-guard="dirty"><input name="a"></form>';
  expect(leave()).toBe(true);
});

it('A form without guard never asks', () => {
  document.body.innerHTML = '<form method="post"><input name="a"></form>';
  const field = document.querySelector('input')!;
  field.value = '2';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  expect(leave()).toBe(false);
});

it('A form is sent once, its buttons keep their names, and coming back makes it usable', () => {
  document.body.innerHTML = '<form method="post" data-guard="dirty"><button name="act" value="1">Gửi</button></form>';
  submit(); submit(); submit();
  expect(sent).toBe(1);
  expect(form().getAttribute('aria-busy')).toBe('true');
  expect(document.querySelector('button')!.disabled).toBe(false);
  expect(document.querySelector('button')!.getAttribute('aria-disabled')).toBe('true');
  expect(isUnsaved(form())).toBe(false);
  expect(leave()).toBe(false);
  const back = new Event('pageshow') as Event & { persisted: boolean };
  back.persisted = true;
  window.dispatchEvent(back);
  expect(form().hasAttribute('aria-busy')).toBe(false);
  submit();
  expect(sent).toBe(2);
});

it('A form that answers with a download can be sent again after a while', () => {
  document.body.innerHTML = '<form method="post"><button>Xuất</button></form>';
  submit();
  vi.advanceTimersByTime(8_000);
  submit();
  expect(sent).toBe(2);
});

it('Searches and forms marked so may be sent again', () => {
  document.body.innerHTML = '<form method="get"></form>';
  submit(); submit();
  document.body.innerHTML = '<form method="post" data-resubmit></form>';
  submit(); submit();
  expect(sent).toBe(4);
});

it('A selection counts as changed only against what the page selected', () => {
  document.body.innerHTML = '<select id="a"><option>1</option><option>2</option></select><select id="b"><option>1</option><option selected>2</option></select><input id="c" type="checkbox" checked>';
  const [a, b, c] = [document.querySelector<HTMLSelectElement>('#a')!, document.querySelector<HTMLSelectElement>('#b')!, document.querySelector<HTMLInputElement>('#c')!];
  expect([isChanged(a), isChanged(b), isChanged(c)]).toEqual([false, false, false]);
  a.selectedIndex = 1; b.selectedIndex = 0; c.checked = false;
  expect([isChanged(a), isChanged(b), isChanged(c)]).toEqual([true, true, true]);
});

it('A question is asked before sending; no keeps everything, yes sends once', () => {
  document.body.innerHTML = '<form method="post"><button name="act" value="end" class="btn-danger" data-confirm="Kết thúc cách ly?">Kết thúc</button></form>';
  const button = document.querySelector<HTMLButtonElement>('form button')!;
  submit(button);
  expect(sent).toBe(0);
  const answers = () => [...document.querySelectorAll<HTMLButtonElement>('dialog button')];
  expect(document.querySelector('dialog')!.textContent).toContain('Kết thúc cách ly?');
  answers()[0]!.click();
  expect([sent, document.querySelector('dialog')]).toEqual([0, null]);
  button.addEventListener('click', event => { event.preventDefault(); submit(button); });
  submit(button);
  answers()[1]!.click();
  expect(sent).toBe(1);
  vi.advanceTimersByTime(10_000);
  submit(button);
  expect(document.querySelector('dialog')).not.toBeNull();
});

it('The question of the button goes before that of the form', () => {
  document.body.innerHTML = '<form data-confirm="form?"><button data-confirm="button?">a</button><button>b</button></form>';
  const [a, b] = [...document.querySelectorAll('button')];
  expect([question(form(), a!), question(form(), b!), question(form(), null)]).toEqual(['button?', 'form?', 'form?']);
});
