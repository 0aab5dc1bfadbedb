import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isScan, MOST, readCard, type Known } from '../cards.ts';
import { parseBirth } from '../dates.ts';

interface Row { about: string; text: string; card?: Record<string, unknown>; problem?: string }
const vectors = JSON.parse(readFileSync('tests/vectors/cards.json', 'utf8')) as { today: string; rows: Row[] };
const known: Known = { today: vectors.today, birth: written => parseBirth(written, { year: 2021, month: 8, day: 20 }) };

/** As phongtuyen scan --json says it. */
function said(text: string): object {
  const read = readCard(text, known);
  if (typeof read === 'string') return { problem: `scan.${read}` };
  return { card: { ...read, birth: read.birth.split('/').reverse().join('-'), ...read.kind === 'personal-code' ? { nameWithoutAccents: true } : {} } };
}

it('Every text is read, or refused, as the server reads it', () => {
  expect(vectors.rows.length).toBeGreaterThan(450);
  for (const { about, text, ...is } of vectors.rows) expect(said(text), about).toEqual(is);
});

it('A planted difference is found', () => {
  const row = vectors.rows.find(one => one.card)!;
  expect(said(row.text)).not.toEqual({ card: { ...row.card, name: 'Người Khác' } });
});

it('Halves of pairs of characters and what is no character are left out, as the server does', () => {
  const card = readCard('079087000001||Nguyễn\uD83D Văn\uFFFE An|18011987|Nam|12 Lê Lợi', known);
  expect(card).toMatchObject({ name: 'Nguyễn Văn An' });
});

it('What somebody types is no scan', () => {
  expect(['Nguyễn Văn An', '079087000001', 'An/Bình', ''].some(isScan)).toBe(false);
  expect(['a|b', 'https://qr.example'].every(isScan)).toBe(true);
});

it('The worst texts of the greatest length do not hang the page', () => {
  const filled = (part: string) => part.repeat(Math.ceil(MOST / part.length)).slice(0, MOST);
  const worst = ['a', ' ', '|', '| ', ' |', '0', "'", '\u00C3', '\u00C3\u00A0', '</', 'à\u0300', '\u200B', '?', '😷'].flatMap(part => [filled(part), `079087000001||${filled(part)}`.slice(0, MOST), `079087000001||Nguyễn Văn An|18011987|${filled(part)}`.slice(0, MOST), `7412345678|${filled(part)}`.slice(0, MOST)]);
  for (const text of worst) readCard(text, known); // warm
  for (const text of worst) {
    const times = Array.from({ length: 5 }, () => { const from = performance.now(); readCard(text, known); return performance.now() - from; });
    // A guard against hanging, by the best of five: some 0.5 ms where nothing else runs.
    expect(Math.min(...times), JSON.stringify(text.slice(0, 40))).toBeLessThan(50);
  }
});
