import { dayText, inVietNam, now, timeText, type LocalTime } from './clock.ts';
import { text } from './texts.ts';

/** The rules of Kernel/DateInput.cs; both are tested with the rows of DateInputTests.cs. */
export interface Day { year: number; month: number; day: number }

export function parseDate(written: string, today: Day): Day | null {
  const parts = split(written);
  const [a = '', b = '', c = ''] = parts;
  if (parts.length === 3) return a.length === 4 ? make(a, b, c, today) : make(c, b, a, today);
  if (parts.length !== 1) return null;
  if (a.length === 8) return make(a.slice(4), a.slice(2, 4), a.slice(0, 2), today) ?? make(a.slice(0, 4), a.slice(4, 6), a.slice(6), today);
  return a.length === 6 ? make(a.slice(4), a.slice(2, 4), a.slice(0, 2), today) : null;
}

/** A date and, after a space, a time of day: 5/8/21 6:30, 5/8/21 6h30. Midnight where no time is given. */
export function parseMoment(written: string, today: Day): LocalTime | null {
  const [date = '', time] = written.trim().split(/[ T]+(.*)/s, 2);
  const day = parseDate(date, today);
  if (!day) return null;
  if (!time) return { ...day, hour: 0, minute: 0 };
  const match = /^(\d{1,2})[:h](\d{1,2})(?::\d{1,2}(?:\.\d+)?)?Z?$/.exec(time.trim());
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  return { ...day, hour: Number(match[1]), minute: Number(match[2]) };
}

/** A birth as it is shown: 05/08/1985, 08/1985 or 1985. Never in the future, at most 130 years ago. */
export function parseBirth(written: string, today: Day): string | null {
  const parts = split(written);
  const day = parseDate(written, today);
  if (day) return past(day, today) ? dayText(day) : null;
  const [a = '', b = ''] = parts;
  if (parts.length === 1 && a.length === 4 && a !== '0000') return past({ year: Number(a), month: 1, day: 1 }, today) ? a : null;
  const month = parts.length === 2 && b.length === 4 ? make(b, a, '1', today) : null;
  return month && past(month, today) ? dayText(month).slice(3) : null;
}

function past(day: Day, today: Day): boolean {
  return order(day) <= order(today) && day.year > today.year - 131;
}

const order = (d: Day) => d.year * 10_000 + d.month * 100 + d.day;

function split(written: string): string[] {
  const parts = written.trim().split(/[/\-. ]+/).filter(part => part !== '');
  return parts.every(part => /^[0-9]+$/.test(part)) ? parts : [];
}

function make(year: string, month: string, day: string, today: Day): Day | null {
  if (![2, 4].includes(year.length) || month.length > 2 || day.length > 2) return null;
  let y = Number(year);
  const [m, d] = [Number(month), Number(day)];
  if (year.length === 2) {
    y += Math.trunc(today.year / 100) * 100;
    if (y > today.year + 1) y -= 100;
  }
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return null;
  return { year: y, month: m, day: d };
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** What the field should read, or null when it is not understood: then the text stays for the server to refuse. */
export function tidied(input: HTMLInputElement, today: Day): string | null {
  if (input.value.trim() === '') return null;
  if ('birth' in input.dataset) return parseBirth(input.value, today);
  if ('moment' in input.dataset) {
    const moment = parseMoment(input.value, today);
    return moment && `${dayText(moment)} ${timeText(moment)}`;
  }
  const day = parseDate(input.value, today);
  return day && dayText(day);
}

const fields = 'input[data-date], input[data-moment], input[data-birth]';

/** Tidies dates when the field is left, and gives fields with data-now a button that writes today or now. */
export function dates(root: Document): void {
  root.addEventListener('focusout', event => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(fields) || input.readOnly) return;
    const better = tidied(input, inVietNam(now()));
    if (better !== null && better !== input.value) input.value = better;
  });
  dateButtons(root);
}

export function dateButtons(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-now]')) addButton(input);
}

function addButton(input: HTMLInputElement): void {
  const moment = 'moment' in input.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-quiet';
  button.textContent = input.dataset['now'] || text(moment ? 'now' : 'today', input);
  button.addEventListener('click', () => {
    const at = inVietNam(now());
    input.value = moment ? `${dayText(at)} ${timeText(at)}` : dayText(at);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    input.focus();
  });
  const row = document.createElement('div');
  row.className = 'pt-now';
  input.replaceWith(row);
  row.append(input, button);
}
