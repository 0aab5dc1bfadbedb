import { expect, it, vi } from 'vitest';
import { asOfText, figureText, showFigures } from '../live.ts';

const noon = new Date('2026-11-21T12:00:00+07:00');

it('Numbers read as they are written in Viet Nam', () => {
  expect(figureText(1234)).toBe('1.234');
  expect(figureText(12480.55)).toBe('12.480,6');
  expect(figureText(-41, true)).toBe('−41');
  expect(figureText(23, true)).toBe('+23');
  expect(figureText(0, true)).toBe('0');
  expect(figureText('ổn')).toBe('ổn');
});

it('The time is that of Viet Nam, with the day when it is not today', () => {
  expect(asOfText('2026-11-20T20:00:00Z', noon)).toBe('03:00');
  expect(asOfText('2026-11-20T09:30:00+07:00', noon)).toBe('20/11/2026 09:30');
  expect(asOfText('soon', noon)).toBe('soon');
});

it('A changed number is marked for a moment, an unchanged one is not', () => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="r"><b data-figure="a">1.234</b><b data-figure="b">7</b><b data-figure="c">3</b><time data-figure-as-of></time></div>';
  const root = document.getElementById('r')!;
  showFigures(root, { asOf: '2026-11-21T03:00:00+07:00', version: 2, values: { a: 1234, b: 8 } }, noon);
  const [a, b, c] = [...root.querySelectorAll('b')];
  expect([a!.textContent, b!.textContent, c!.textContent]).toEqual(['1.234', '8', '3']);
  expect([a, b, c].map(e => e!.classList.contains('pt-changed'))).toEqual([false, true, false]);
  expect(root.querySelector('time')!.textContent).toBe('03:00');
  expect(root.querySelector('time')!.dateTime).toBe('2026-11-21T03:00:00+07:00');
  vi.advanceTimersByTime(2000);
  expect(b!.classList.contains('pt-changed')).toBe(false);
  vi.useRealTimers();
});
