/** A point in time as it reads on a clock in Viet Nam (UTC+7, never daylight saving). */
export interface LocalTime { year: number; month: number; day: number; hour: number; minute: number }

export function inVietNam(at: Date): LocalTime {
  const shifted = new Date(at.getTime() + 7 * 3_600_000);
  return {
    year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(), minute: shifted.getUTCMinutes(),
  };
}

let ahead: number | undefined;

/** Now by the server's clock, where the page gives it (html data-clock="2026-11-21T03:00:00+07:00"): clocks of old computers are wrong. */
export function now(): Date {
  if (ahead === undefined) {
    const said = Date.parse(document.documentElement.dataset['clock'] ?? '');
    ahead = Number.isNaN(said) ? 0 : said - Date.now();
  }
  return new Date(Date.now() + ahead);
}

const two = (n: number) => String(n).padStart(2, '0');

/** dd/MM/yyyy */
export const dayText = (t: Pick<LocalTime, 'year' | 'month' | 'day'>) => `${two(t.day)}/${two(t.month)}/${String(t.year).padStart(4, '0')}`;

/** HH:mm */
export const timeText = (t: Pick<LocalTime, 'hour' | 'minute'>) => `${two(t.hour)}:${two(t.minute)}`;
