import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dates, parseBirth, parseDate, parseMoment } from '../dates.ts';

const today = { year: 2021, month: 8, day: 20 };

/** The rows of a theory in Kernel/DateInputTests.cs: both languages are held to one table. */
const source = readFileSync(join(import.meta.dirname, '../../../../tests/PhongTuyen.Tests/Kernel/DateInputTests.cs'), 'utf8');
function rows(theory: string, least: number): string[][] {
  const end = source.indexOf(`void ${theory}(`);
  const block = source.slice(source.lastIndexOf('[Theory]', end), end);
  const found = [...block.matchAll(/\[InlineData\((.*)\)\]/g)].map(match => match[1]!.split(/,\s*(?=(?:[^"]*"[^"]*")*[^"]*$)/).map(cell => cell.replace(/^"|"$/g, '')));
  if (end < 0 || found.length < least) throw new Error(`DateInputTests.cs has no rows of ${theory}.`);
  return found;
}

it.each(rows('One_day_may_be_written_in_many_ways', 7))('One day may be written as %s', text => {
  expect(parseDate(text!, today)).toEqual({ year: 2021, month: 8, day: 5 });
});

it.each(rows('What_is_no_day_is_refused', 6))('«%s» is no day', text => {
  expect(parseDate(text!, today)).toBeNull();
});

it.each(rows('A_short_year_lies_in_the_last_hundred_years', 4))('The short year %s is %s', (text, full) => {
  expect(parseDate(`1/1/${text}`, today)?.year).toBe(Number(full));
});

it.each(rows('A_birth_keeps_the_precision_that_was_written', 3))('The birth %s is %s and reads %s', (text, _, shown) => {
  expect(parseBirth(text!, today)).toBe(shown);
});

it.each(rows('Nobody_is_born_tomorrow_or_130_years_ago', 2))('Nobody is born in %s', text => {
  expect(parseBirth(text!, today)).toBeNull();
});

it('A moment has a time of day, midnight where none is written', () => {
  expect(parseMoment('5/8/2021 6:30', today)).toEqual({ year: 2021, month: 8, day: 5, hour: 6, minute: 30 });
  expect(parseMoment('5/8/21 18h40', today)).toEqual({ year: 2021, month: 8, day: 5, hour: 18, minute: 40 });
  expect(parseMoment('050821', today)).toEqual({ year: 2021, month: 8, day: 5, hour: 0, minute: 0 });
  expect(parseMoment('5/8/21 25:00', today)).toBeNull();
  expect(parseMoment('', today)).toBeNull();
});

it('The 29th of February is a day in leap years only', () => {
  expect(parseDate('29/2/2020', today)).not.toBeNull();
  expect(parseDate('29/2/2021', today)).toBeNull();
  expect(parseDate('29/2/1900', today)).toBeNull();
});

it('A field is tidied when it is left, and left alone when it is not understood', () => {
  document.documentElement.dataset['clock'] = '2021-08-20T10:15:00+07:00';
  document.body.innerHTML = '<input id="a" data-date value="5/8/21"><input id="b" data-date value="hôm kia"><input id="c" data-birth value="8/1985"><div><input id="d" data-moment data-now></div>';
  dates(document);
  const field = (id: string) => document.getElementById(id) as HTMLInputElement;
  for (const id of ['a', 'b', 'c']) field(id).dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  expect([field('a').value, field('b').value, field('c').value]).toEqual(['05/08/2021', 'hôm kia', '08/1985']);

  const button = field('d').nextElementSibling as HTMLButtonElement;
  expect(button.textContent).toBe('Bây giờ');
  button.click();
  expect(field('d').value).toBe('20/08/2021 10:15');
});
