import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { areaPicker } from '../area-picker.ts';
import { unitPicker } from '../unit-picker.ts';

const answers = [{ id: 123, name: 'Xã Tân Bằng', path: 'Xã Tân Bằng, Huyện Thới Bình, Tỉnh Cà Mau' }, { id: 124, name: 'Xã Tân Lộc' }];
let asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string, { signal }: { signal: AbortSignal }) => {
    asked.push(url);
    await new Promise(resolve => setTimeout(resolve, 50));
    signal.throwIfAborted();
    return new Response(JSON.stringify(url.includes('zzz') ? [] : answers));
  }));
  document.body.innerHTML = '<label for="t">Xã</label><div class="pt-area" data-src="/api/areas" data-as-of="2021-08-05"><input type="text" id="t"><input type="hidden" value="9"></div>';
  areaPicker(document);
});

afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

const field = () => document.querySelector<HTMLInputElement>('#t')!;
const id = () => document.querySelector<HTMLInputElement>('input[type=hidden]')!.value;
const list = () => document.querySelector<HTMLElement>('[role=listbox]')!;
const key = (name: string) => { const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }); field().dispatchEvent(event); return event; };
async function type(words: string, wait = 500) {
  field().focus();
  field().value = words;
  field().dispatchEvent(new Event('input', { bubbles: true }));
  await vi.advanceTimersByTimeAsync(wait);
}

it('Typing clears the id and asks once, with the day that counts', async () => {
  await type('t', 100);
  expect(id()).toBe('');
  await type('tân b');
  expect(asked).toEqual(['/api/areas?q=t%C3%A2n+b&asOf=2021-08-05']);
  expect(list().hidden).toBe(false);
  expect(field().getAttribute('aria-expanded')).toBe('true');
});

it('A newer question makes the older one void', async () => {
  await type('t', 160);
  await type('zzz');
  expect(asked).toHaveLength(2);
  expect(list().textContent).toContain('Không tìm thấy');
});

it('Arrows and Enter choose, and Enter does not send the form then', async () => {
  await type('tân');
  key('ArrowDown');
  expect(field().getAttribute('aria-activedescendant')).toBe(list().children[0]!.id);
  expect(key('Enter').defaultPrevented).toBe(true);
  expect([field().value, id(), list().hidden]).toEqual(['Xã Tân Bằng, Huyện Thới Bình, Tỉnh Cà Mau', '123', true]);
});

it('Nothing is chosen without the person: Enter and Tab leave the text', async () => {
  await type('tân');
  expect(key('Enter').defaultPrevented).toBe(false);
  expect([field().value, id()]).toEqual(['tân', '']);
  await type('tân');
  key('Tab');
  expect(id()).toBe('');
});

it('Up goes to the last one, Escape closes and keeps the text', async () => {
  await type('tân');
  key('ArrowUp');
  expect(list().children[1]!.getAttribute('aria-selected')).toBe('true');
  key('Escape');
  expect([list().hidden, field().value]).toEqual([true, 'tân']);
});

it('A click chooses', async () => {
  await type('tân');
  (list().children[1] as HTMLElement).click();
  expect([field().value, id()]).toEqual(['Xã Tân Lộc', '124']);
});

it('Without a connection it says so and keeps the text', async () => {
  vi.mocked(fetch).mockRejectedValue(new TypeError('offline'));
  await type('tân');
  expect(list().textContent).toContain('mất kết nối');
  expect(field().value).toBe('tân');
});

it('Names are text, never markup', async () => {
  vi.mocked(fetch).mockResolvedValue(new Response(JSON.stringify([{ id: 1, name: '<img src=x onerror=alert(1)>' }])));
  await type('x');
  expect(list().querySelector('img')).toBeNull();
});

it('The unit picker asks for units', async () => {
  document.body.innerHTML = '<div class="pt-unit" data-src="/api/units" data-kind="quarantine"><input type="text" id="t"><input type="hidden"></div>';
  unitPicker(document);
  await type('khu');
  expect(asked).toEqual(['/api/units?q=khu&kind=quarantine']);
});

it('The day may come from another field', async () => {
  document.body.innerHTML = '<input id="day" value="01/07/2025"><div class="pt-area" data-src="/api/areas" data-as-of="2021-08-05" data-as-of-from="#day"><input type="text" id="t"><input type="hidden"></div>';
  areaPicker(document);
  await type('x');
  expect(asked).toEqual(['/api/areas?q=x&asOf=2025-07-01']);
});
