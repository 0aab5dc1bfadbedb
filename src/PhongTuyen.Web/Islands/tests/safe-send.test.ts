import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keptAddress } from '../history.ts';
import { obstacle, safeSend } from '../safe-send.ts';

safeSend(document);
let sent = 0;
document.addEventListener('submit', event => { sent++; event.preventDefault(); });

const answer = (what: () => Promise<{ status: number; ok?: boolean; json?: () => Promise<unknown> }>) => vi.stubGlobal('fetch', vi.fn(what));
const press = async () => {
  document.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: document.querySelector('button') }));
  await vi.waitFor(() => expect(document.querySelector('form')!.hasAttribute('aria-busy')).toBe(false));
};
const page = (attributes = '') => {
  document.body.innerHTML = `<form method="post" ${attributes}><input name="a" value="1"><div class="pt-actions"><button>Lưu</button></div></form>`;
  document.querySelector('form')!.requestSubmit = function (this: HTMLFormElement) { this.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true })); };
};

beforeEach(() => { sent = 0; });
afterEach(() => { vi.unstubAllGlobals(); document.body.innerHTML = ''; });

it('What keeps a form from being sent', () => {
  expect([null, 503, 401, 200, 403, 429].map(status => obstacle(status))).toEqual(['send-failed', 'send-failed', 'send-expired', null, null, null]);
});

it('Without a connection nothing is sent, the page says so and keeps what was typed; with it, it is sent', async () => {
  page();
  document.querySelector('input')!.value = 'Nguyễn Thị Hoa';
  answer(() => Promise.reject(new TypeError('offline')));
  await press();
  expect(sent).toBe(0);
  expect(document.querySelector('[data-not-sent]')!.textContent).toContain('mất kết nối');
  expect(document.querySelector('input')!.value).toBe('Nguyễn Thị Hoa');
  answer(() => Promise.resolve({ status: 200 }));
  await press();
  expect(sent).toBe(1);
  expect(document.querySelector('[data-not-sent]')).toBeNull();
});

it('An ended session offers to sign in on another tab', async () => {
  page('data-guard="dirty"');
  answer(() => Promise.resolve({ status: 401 }));
  await press();
  expect(sent).toBe(0);
  expect(document.querySelector<HTMLAnchorElement>('[data-not-sent] a')!.target).toBe('_blank');
});

it('While the audit cannot be written nothing is sent, what was typed stays, and the page says when it can be sent', async () => {
  page();
  document.querySelector('input')!.value = 'Nguyễn Thị Hoa';
  answer(() => Promise.resolve({ status: 503, ok: false, json: () => Promise.resolve({ code: 'audit.unavailable' }) }));
  await press();
  expect(sent).toBe(0);
  const notice = document.querySelector('[data-not-sent]')!;
  expect(notice.textContent).toContain('nhật ký truy cập');
  vi.useFakeTimers();
  try {
    await press();
    const second = document.querySelector('[data-not-sent]')!;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.textContent).toContain('nhật ký truy cập');
    answer(() => Promise.resolve({ status: 200, ok: true }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.textContent).toContain('đã ghi lại được');
  } finally {
    vi.useRealTimers();
  }
  expect(sent).toBe(0);
  expect(document.querySelector('input')!.value).toBe('Nguyễn Thị Hoa');
  await press();
  expect(sent).toBe(1);
});

it('A 503 that is not ours is no connection', async () => {
  page('data-guard="dirty"');
  answer(() => Promise.resolve({ status: 503, json: () => Promise.reject(new SyntaxError('<html>')) }));
  await press();
  expect(document.querySelector('[data-not-sent]')!.textContent).toContain('mất kết nối');
});

it('A form in which nothing was typed, and one that may be sent again, ask nothing', async () => {
  const ask = vi.fn(() => Promise.resolve({ status: 200 }));
  vi.stubGlobal('fetch', ask);
  page();
  await press();
  page('data-resubmit');
  document.querySelector('input')!.value = '2';
  await press();
  expect(ask).not.toHaveBeenCalled();
  expect(sent).toBe(2);
});

it('The answer to a form is kept under an address that can be opened again', () => {
  document.body.innerHTML = '<div class="pt-errors"></div>';
  expect(keptAddress(document, 'http://localhost/desk/stay/1?handler=Plan&by=2')).toBe('/desk/stay/1?by=2');
  document.body.innerHTML = '<form data-address="/desk/people/search?found=x"></form>';
  expect(keptAddress(document, 'http://localhost/desk/people/search')).toBe('/desk/people/search?found=x');
  document.body.innerHTML = '<p></p>';
  expect(keptAddress(document, 'http://localhost/desk')).toBeNull();
});
