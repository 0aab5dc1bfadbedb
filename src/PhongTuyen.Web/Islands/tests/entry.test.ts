import { afterEach, expect, it, vi } from 'vitest';
import { trouble } from '../camera.ts';
import { choices } from '../choices.ts';
import { inPlace } from '../in-place.ts';
import { keys } from '../keys.ts';
import { safeSend } from '../safe-send.ts';
import { unsaved } from '../unsaved.ts';

safeSend(document);
unsaved(document);
keys(document);
const native: string[] = [];
document.addEventListener('submit', event => { if (!event.defaultPrevented) native.push((event.submitter as HTMLButtonElement | null)?.value ?? ''); event.preventDefault(); });
afterEach(() => { document.body.innerHTML = ''; native.length = 0; vi.unstubAllGlobals(); });

const show = (html: string) => { document.body.innerHTML = html; choices(document); };
const choice = (name: string, ...words: string[]) => words.map((word, i) => `<label class="pt-choice"><input type="radio" name="${name}" value="${i}"><span>${word}</span></label>`).join('');
const press = (target: HTMLElement, key: string, more: KeyboardEventInit = {}) => { const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }); target.dispatchEvent(event); return event.defaultPrevented; };
const box = (at: number) => document.querySelectorAll<HTMLInputElement>('input')[at]!;
const caps = () => [...document.querySelectorAll('kbd')].map(cap => cap.textContent);

it('A digit answers a choice, and each answer shows its own', () => {
  show(`<form data-digits>${choice('sex', 'Không rõ', 'Nam', 'Nữ')}</form>`);
  expect(caps()).toEqual(['1', '2', '3']);
  expect(press(box(0), '3')).toBe(true);
  expect([box(2).checked, document.activeElement === box(2)]).toEqual([true, true]);
  expect([press(box(2), '4'), press(box(2), 'c'), press(box(2), '1', { ctrlKey: true })]).toEqual([false, false, false]);
  expect(box(2).checked).toBe(true);
});

it('c and k answer yes and no, y and n on a page in English, and move no row of a list behind them', () => {
  show(`<form data-digits>${choice('ill', 'Không rõ', 'Có', 'Không')}</form><table class="pt-table" data-keys><tbody><tr><td><a data-open href="#">x</a></td></tr></tbody></table>`);
  expect(caps()).toEqual(['1', 'c', 'k']);
  expect(press(box(0), 'k')).toBe(true);
  expect([box(2).checked, document.querySelector('.pt-current')]).toEqual([true, null]);
  press(box(2), 'c');
  expect(box(1).checked).toBe(true);
  show(`<form data-digits>${choice('ill', 'Unknown', 'Yes', 'No')}</form>`);
  press(box(0), 'y');
  expect([box(1).checked, caps()]).toEqual([true, ['1', 'y', 'n']]);
});

it('A box is ticked with c and emptied with k; a text is typed', () => {
  show('<form data-digits><label class="pt-choice"><input type="checkbox" name="a"><span>Đúng</span></label><input type="text" name="b"></form>');
  press(box(0), 'c'); press(box(0), 'c');
  expect(box(0).checked).toBe(true);
  press(box(0), 'k');
  expect(box(0).checked).toBe(false);
  expect(press(box(1), 'k')).toBe(false);
});

const sheet = '<main><form method="post" action="/desk/type"><input type="text" name="a" value=""><button type="submit" data-in-place name="Next" value="true">Lưu</button><button type="submit" value="own">Khác</button></form></main>';
const button = (at = 0) => document.querySelectorAll('button')[at]!;
const submit = (at = 0) => document.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: button(at) }));
const settled = async () => { for (let i = 0; i < 20; i++) await new Promise(done => setTimeout(done)); };
const begin = () => { document.body.innerHTML = sheet; inPlace(document, enhanced); Object.assign(document.querySelector('input')!, { value: 'gõ' }); };
const enhanced = vi.fn();

it('A form is answered on its page by one request: the next one stands there with the cursor in it', async () => {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', (url: string, how: RequestInit) => { asked.push([url, how]); return Promise.resolve(new Response('<html><head><title>Tờ số 2</title></head><body><main><h1>Tờ số 2</h1><input autofocus></main></body></html>')); });
  vi.stubGlobal('scrollTo', () => undefined);
  begin();
  submit(); submit();
  await settled();
  expect(asked.length).toBe(1);
  expect([asked[0]![1].method, String(asked[0]![1].body)]).toEqual(['POST', 'a=g%C3%B5&Next=true']);
  expect([document.querySelector('h1')?.textContent, document.title, document.activeElement?.tagName, native.length]).toEqual(['Tờ số 2', 'Tờ số 2', 'INPUT', 0]);
  expect(enhanced).toHaveBeenCalledWith(document.querySelector('main'));
});

it('Where no such answer comes, what was typed stays, and it is said why', async () => {
  for (const answer of [() => Promise.reject(new TypeError('offline')), () => Promise.resolve(new Response('', { status: 503 }))]) {
    vi.stubGlobal('fetch', answer);
    begin();
    submit();
    await settled();
    expect([document.querySelector('input')!.value, native.length]).toEqual(['gõ', 0]);
    expect(document.querySelector('[data-not-sent]')!.textContent).toContain('Chưa gửi được');
  }
});

it('Another button of the form goes its own way', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')));
  begin();
  submit(1);
  await settled();
  expect(native).toEqual(['own']);
});

it('What keeps a camera away has a sentence of its own', () => {
  expect(['NotAllowedError', 'NotFoundError', 'NotReadableError', 'Other'].map(name => trouble({ name }))).toEqual(['camera-denied', 'camera-none', 'camera-busy', 'camera-failed']);
});
