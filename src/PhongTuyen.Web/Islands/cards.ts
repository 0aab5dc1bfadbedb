/** The rules of Formats/Cards/CardReader.cs: both are tested with the rows of tests/vectors/cards.json. No pattern here can run over a text more than once. */
export interface Card {
  kind: 'identity-card' | 'insurance-card' | 'personal-code';
  number?: string; numberEnd?: string; oldNumber?: string; name: string;
  /** 18/01/1987, 01/1987 or 1987. */
  birth: string;
  sex?: 'male' | 'female'; address?: string; issuedOn?: string; validFrom?: string; validTo?: string; facility?: string;
  personalId?: string; byProxy?: true; declaredBy?: string; insuranceNumber?: string; telephone?: string;
}

/** Why a text is not taken as a card: the second part of scan.… */
export type Fault = 'empty' | 'too-long' | 'link' | 'unknown' | 'cut-short' | 'letters' | 'hex' | 'number' | 'name' | 'birth' | 'sex' | 'day';

/** What the reader needs of the page. */
export interface Known {
  /** yyyy-MM-dd: nobody is born, and nothing is issued, after it. */
  today: string;
  /** A birth of digits as it is shown, or null: dates.ts. */
  birth(written: string): string | null;
}

export const MOST = 4000;

/** Whether this is what a reader sends, and nothing that somebody types. */
export const isScan = (text: string): boolean => text.includes('|') || text.includes('://');

/** What of a reader's text is no card. */
class Refusal extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault);
    this.fault = fault;
  }
}

const refuse = (fault: Fault): never => { throw new Refusal(fault); };

export function readCard(text: string, known: Known): Card | Fault {
  try {
    return read(text, known);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.fault;
    throw refusal;
  }
}

function read(text: string, known: Known): Card {
  if (text.length > MOST) refuse('too-long');
  const line = clean(mended(withoutMark(trim(text))));
  if (line === '') refuse('empty');
  if (DAMAGED.some(sign => line.includes(sign))) refuse('letters');
  if (line.includes('://') && !line.includes('|')) refuse('link');
  const fields = line.split('|').map(trim);
  const first = fields[0]!;
  if (fields.length < 3) refuse(isDigits(first, 12) || isInsuranceNumber(first) ? 'cut-short' : 'unknown');
  if (fields.length >= 4 && fields.length <= 6 && fields[2]!.length === 10 && fields[2]![4] === '-' && fields[2]![7] === '-') return personalCode(fields, known);
  if (isInsuranceNumber(first) && fields.length <= 30) return insuranceCard(fields, known);
  return isDigits(first, 12) && fields.length <= 20 ? identityCard(fields, known) : refuse('unknown');
}

function identityCard(fields: string[], known: Known): Card {
  const second = fields[1]!;
  const old = nothing(second) || allDigits(second);
  if (old && !nothing(second) && second.length !== 9 && second.length !== 12) refuse('number');
  const rest = fields.slice(old ? 2 : 1);
  if (rest.length < 4) refuse('cut-short');
  const [name = '', born = '', sex = '', address = '', issued = '', ends = ''] = rest;
  if (!isName(name)) refuse(nameFault(name));
  const birth = isDigits(born, 8) ? birthOf(born.slice(0, 2), born.slice(2, 4), born.slice(4), known) : null;
  if (birth === null) return refuse('birth');
  const said = fold(sex);
  if (said !== 'nam' && said !== 'nu' && said !== '') refuse('sex');
  const issuedOn = dayOf(issued, false);
  if (issuedOn === null || (issuedOn !== undefined && issuedOn > known.today)) refuse('day');
  return tidy({
    kind: 'identity-card', number: fields[0], oldNumber: old && second.length === 9 ? second : undefined, name, birth, sex: said === 'nam' ? 'male' : said === 'nu' ? 'female' : undefined,
    address: lineOf(address), issuedOn, validTo: dayOf(ends, false) ?? undefined,
  });
}

function insuranceCard(fields: string[], known: Known): Card {
  if (fields.length < 4) refuse('cut-short');
  const name = ofHex(fields[1]!);
  if (name === null) return refuse('hex');
  if (!isName(name)) refuse(nameFault(name));
  const parts = fields[2]!.split('/');
  const birth = (parts.length === 3 ? birthOf(parts[0]!, parts[1]!, parts[2]!, known) : null) ?? birthOf('', '', fields[2]!, known);
  if (birth === null) return refuse('birth');
  const sex = fields[3]!;
  if (!['1', '2', '-', ''].includes(sex)) refuse('sex');
  const field = (i: number) => fields[i] === undefined || fields[i] === '$' ? '' : fields[i];
  const address = nothing(field(4)) ? undefined : ofHex(field(4));
  if (address === null) return refuse('hex');
  const [validFrom, validTo, issuedOn] = [dayOf(field(6), true), dayOf(field(7), true), dayOf(field(8), true)];
  if (validFrom === null || validTo === null || issuedOn === null) return refuse('day');
  return tidy({
    kind: 'insurance-card', number: fields[0], name, birth, sex: sex === '1' ? 'male' : sex === '2' ? 'female' : undefined, address: address === undefined ? undefined : lineOf(address),
    facility: lineOf(field(5)), validFrom, validTo, issuedOn,
  });
}

const HIDDEN = 6;

function personalCode(fields: string[], known: Known): Card {
  const [number = '', name = '', born = ''] = fields;
  const masked = number.startsWith('*'.repeat(HIDDEN));
  if (!every(masked ? number.slice(HIDDEN) : number, c => isUpper(c) || isDigit(c)) || number.length < HIDDEN || number.length > 15) refuse('number');
  if (!isName(name)) refuse(nameFault(name));
  const birth = birthOf(born.slice(8), born.slice(5, 7), born.slice(0, 4), known);
  if (birth === null) return refuse('birth');
  const id = fields[4] ?? '';
  if (fields.length < 5 || (fields[3] !== '0' && fields[3] !== '1') || id.length > 40 || !every(id, c => /[A-Za-z0-9]/.test(c))) refuse('cut-short');
  const values = fields.length === 6 ? fields[5]!.split('<').map(trim) : [];
  const more = (i: number) => values[i] && values[i].length <= 40 ? values[i] : undefined;
  const [sex, insurance, telephone] = [more(1), more(2), more(3)];
  if (sex !== undefined && !['0', '1', '2'].includes(sex)) refuse('sex');
  return tidy({
    kind: 'personal-code', number: masked ? undefined : number, numberEnd: masked && number.length > HIDDEN ? number.slice(HIDDEN) : undefined, name, birth, sex: sex === '1' ? 'male' : sex === '2' ? 'female' : undefined,
    personalId: id === '' ? undefined : id, byProxy: fields[3] === '1' ? true : undefined, declaredBy: more(0), insuranceNumber: insurance !== undefined && isInsuranceNumber(insurance) ? insurance : undefined,
    telephone: telephone !== undefined && every(telephone, c => isDigit(c) || c === '+') ? telephone : undefined,
  });
}

/** A card without what it does not say. */
function tidy(card: Record<string, unknown>): Card {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined)) as unknown as Card;
}

const isDigit = (c: string) => c >= '0' && c <= '9';
const isUpper = (c: string) => c >= 'A' && c <= 'Z';
const every = (text: string, fits: (c: string) => boolean) => text.split('').every(fits); // by halves of pairs, as C# does
const allDigits = (text: string) => every(text, isDigit);
const isDigits = (text: string, length: number) => text.length === length && allDigits(text);
const nothing = (text: string) => text === '' || text === '-';
const isInsuranceNumber = (text: string) => isDigits(text, 10) || (text.length === 15 && every(text.slice(0, 2), isUpper) && allDigits(text.slice(2)));
const isLetter = (c: string) => /\p{L}/u.test(c);
const isName = (text: string) => text.length > 1 && text.length <= 100 && text.split('').some(isLetter) && every(text, c => /[\p{L}\p{Mn}\p{Mc} '’\-.,]/u.test(c));
const nameFault = (text: string): Fault => text.includes('?') && text.split('').some(isLetter) ? 'letters' : 'name';
const lineOf = (text: string) => nothing(text) || text.length > 300 ? undefined : text;

/** Digits of a birth, 00, ** or nothing where day or month is not known. */
function birthOf(day: string, month: string, year: string, known: Known): string | null {
  const unknown = (part: string) => part === '00' || part === '**' || part === '';
  if (!isDigits(year, 4) || !(unknown(month) || (isDigits(month, 2) && (unknown(day) || isDigits(day, 2))))) return null;
  return known.birth(unknown(month) ? year : unknown(day) ? `${month}/${year}` : `${day}/${month}/${year}`);
}

/** yyyy-MM-dd of ddMMyyyy, or of dd/MM/yyyy; undefined where nothing stands, null where it is no day. */
function dayOf(text: string, slashes: boolean): string | null | undefined {
  if (nothing(text)) return undefined;
  const digits = slashes && text[2] === '/' && text[5] === '/' ? text.slice(0, 2) + text.slice(3, 5) + text.slice(6) : slashes ? '' : text;
  if (!isDigits(digits, 8)) return null;
  const [day, month, year] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))];
  const at = new Date(Date.UTC(year, month - 1, day));
  if (year < 1850 || year > 2200 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}

const isSpace = (c: string) => /\p{White_Space}/u.test(c);

function trim(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text[from]!)) from++;
  while (to > from && isSpace(text[to - 1]!)) to--;
  return text.slice(from, to);
}

/** Kernel/VietnameseText.Clean, with an empty text where that has none. */
function clean(text: string): string {
  let line = '';
  for (const rune of text) {
    const code = rune.codePointAt(0)!;
    if ((code >= 0xD800 && code <= 0xDFFF) || (code & 0xFFFE) === 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)) continue;
    if (isSpace(rune)) {
      if (line !== '' && !line.endsWith(' ')) line += ' ';
    } else if (!/[\p{Cc}\p{Cf}]/u.test(rune)) line += rune;
  }
  return trim(line).normalize('NFC');
}

/** Kernel/VietnameseText.Fold, for the few words that it is asked about. */
const fold = (text: string) => trim(text.normalize('NFD').replace(/[\p{Mn}\p{Cf}']/gu, '').toLowerCase().replace(/[đðɖ]/g, 'd').replace(/[^\p{L}\p{Nd}]/gu, ' '));

/** The sign of the kind of code that readers can put in front (ISO/IEC 15424). */
const withoutMark = (text: string) => text[0] === ']' && text.length >= 3 && isDigit(text[2]!) ? text.slice(3) : text;

const DAMAGED = ['\uFFFD', 'á»', 'áº', 'Ä‘', 'Æ°', 'Ã '];

/** The signs of windows-1252 from 0x80 to 0x9F. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Letters that a reader wrote byte by byte (Nguyá»…n) are put together again; any other text stays as it is. */
function mended(text: string): string {
  if (every(text, c => c < '\u0080')) return text;
  const windows = (c: string) => WESTERN.includes(c) ? 0x80 + WESTERN.indexOf(c) : c < '\u0080' || (c > '\u009F' && c <= '\u00FF') ? c.charCodeAt(0) : -1;
  for (const byte of [windows, (c: string) => c <= '\u00FF' ? c.charCodeAt(0) : -1]) {
    const bytes = text.split('').map(byte);
    const whole = bytes.includes(-1) ? null : utf8(Uint8Array.from(bytes));
    if (whole !== null) return whole;
  }
  return text;
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // no bytes of UTF-8 in this reading
  }
}

/** Text of an insurance card: UTF-8 in hexadecimal digits. Null where it is none. */
function ofHex(text: string): string | null {
  if (text.length % 2 !== 0 || !every(text, c => isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) return null;
  const whole = utf8(Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)));
  return (whole && clean(whole)) || null;
}
