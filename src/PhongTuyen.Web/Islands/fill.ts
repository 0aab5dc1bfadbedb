import type { Card } from './cards.ts';

/** A field by its name and what is put into it. */
type Setting = readonly [name: string, value: string];

/** One thing that a card says, and where a form asks for it. */
interface Saying {
  settings: Setting[];
  /** As it is read to somebody. */
  shown: string;
  /** What was typed says the same. */
  same: (typed: string) => boolean;
}

/** What was typed is something else than what the card says: it stays. */
export interface Kept { label: string; typed: string; card: string }

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const plain = (text: string) => text.normalize('NFC').trim().replace(/\s/g, ' ').toLowerCase();
/** As numbers are compared: DocumentRules.Normal. */
const bare = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
/** As telephones are compared, nearly: the last nine digits. */
const called = (text: string) => text.replace(/[^0-9]/g, '').slice(-9);

/** The kind of document of a card's own number, as the server names it. */
const KINDS: Record<Card['kind'], string> = { 'identity-card': 'CitizenCard', 'insurance-card': 'HealthInsurance', 'personal-code': '' };

/** What a card put into a form (CardFill, PersonFields.Fill and PaperFields.Fill in C#), with what stood there before. Nothing that was typed is replaced. */
export class Fill {
  readonly filled: string[] = [];
  readonly kept: Kept[] = [];
  private readonly form: HTMLFormElement;
  private readonly settings: { setting: Setting; was: string }[] = [];
  private readonly others: Setting[] = [];

  constructor(form: HTMLFormElement, card: Card) {
    this.form = form;
    for (const saying of sayings(form, card)) {
      const [first] = saying.settings[saying.settings.length - 1]!;
      const typed = valueOf(form, first);
      if (isEmpty(form, first)) {
        this.put(saying.settings);
        this.filled.push(labelOf(form, first));
      } else if (!saying.same(typed)) {
        this.kept.push({ label: labelOf(form, first), typed: shownOf(form, first), card: saying.shown });
        this.others.push(...saying.settings);
      }
    }
  }

  private put(settings: Setting[]): void {
    for (const setting of settings) {
      this.settings.push({ setting, was: valueOf(this.form, setting[0]) });
      write(this.form, ...setting);
      mark(this.form, setting[0], true);
    }
  }

  /** Somebody looked: the card is right. */
  take(): void {
    this.put(this.others.splice(0));
    this.kept.length = 0;
  }

  /** Takes back what the card filled, but for what was changed since. */
  undo(): void {
    for (const { setting: [name, value], was } of this.settings.splice(0).reverse()) {
      mark(this.form, name, false);
      if (valueOf(this.form, name) === value) write(this.form, name, was);
    }
  }
}

function sayings(form: HTMLFormElement, card: Card): Saying[] {
  const all: Saying[] = [one('Form.Name', card.name, plain), one('Form.Birth', card.birth, plain)];
  if (card.sex) all.push({ settings: [['Form.Sex', card.sex === 'male' ? 'Male' : 'Female']], shown: answer(form, 'Form.Sex', card.sex === 'male' ? 'Male' : 'Female'), same: typed => typed.toLowerCase() === card.sex });
  if (form.dataset['scan'] === 'paper') {
    if (card.number) all.push(one('Form.Number', card.number, bare));
    if (card.telephone) all.push(one('Form.Phone', card.telephone, called));
    if (card.address) all.push(...line(form, 'Form.', card.address));
    return all;
  }
  const numbers = [[KINDS[card.kind], card.number], ['OldIdentityCard', card.oldNumber], ['HealthInsurance', card.insuranceNumber]] as const;
  all.push(...rows(form, /^Form\.Documents\[\d\]\.Number$/, bare, numbers.flatMap(([kind, number]) => number ? [{ value: number, with: (name: string): Setting[] => [[name.replace('Number', 'Kind'), kind]] }] : [])));
  if (card.telephone) all.push(...rows(form, /^Form\.Phones\[\d\]\.Number$/, called, [{ value: card.telephone, with: () => [] }]));
  const permanent = controls(form).find(field => /^Form\.Addresses\[\d\]\.Kind$/.test(field.name) && field.value === 'Permanent');
  if (permanent && card.address) all.push(...line(form, permanent.name.replace('Kind', ''), card.address));
  return all;
}

const one = (name: string, value: string, key: (text: string) => string): Saying => ({ settings: [[name, value]], shown: value, same: typed => key(typed) === key(value) });

/** The whole address stands in the line until the server parts it; where an area is chosen already, that one holds. */
function line(form: HTMLFormElement, prefix: string, address: string): Saying[] {
  return isEmpty(form, prefix + 'AreaText') ? [{ settings: [[prefix + 'Whole', 'true'], [prefix + 'Line', address]], shown: address, same: typed => plain(typed) === plain(address) }] : [];
}

/** Each into an empty row, unless a row says it already. */
function rows(form: HTMLFormElement, names: RegExp, key: (text: string) => string, values: { value: string; with: (name: string) => Setting[] }[]): Saying[] {
  const fields = controls(form).filter(field => names.test(field.name));
  const free = fields.filter(field => field.value.trim() === '');
  return values.filter(({ value }) => !fields.some(field => key(field.value) === key(value)))
    .flatMap(({ value, with: beside }) => { const field = free.shift(); return field ? [{ settings: [...beside(field.name), [field.name, value] as const], shown: value, same: () => true }] : []; });
}

const controls = (form: HTMLFormElement) => [...form.querySelectorAll<Control>('input[name], select[name], textarea[name]')];
const named = (form: HTMLFormElement, name: string) => controls(form).filter(field => field.name === name);
const radios = (fields: Control[]) => fields.filter((field): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === 'radio');

function valueOf(form: HTMLFormElement, name: string): string {
  const fields = named(form, name);
  return radios(fields).length > 0 ? radios(fields).find(field => field.checked)?.value ?? '' : fields[0]?.value ?? '';
}

/** "Unknown" is what a choice says that nobody made. */
function isEmpty(form: HTMLFormElement, name: string): boolean {
  const value = valueOf(form, name).trim();
  return value === '' || (value === 'Unknown' && radios(named(form, name)).length > 0);
}

function write(form: HTMLFormElement, name: string, value: string): void {
  const fields = named(form, name);
  const choices = radios(fields);
  for (const choice of choices) choice.checked = choice.value === value;
  const field = choices.find(choice => choice.checked) ?? fields[0];
  if (!field) return;
  if (choices.length === 0) field.value = value;
  const block = field.closest('details');
  if (block && value !== '' && field.type !== 'hidden') block.open = true;
  // Where a list would be asked for suggestions, nobody typed.
  field.dispatchEvent(new Event(field.getAttribute('role') === 'combobox' ? 'change' : 'input', { bubbles: true }));
}

function mark(form: HTMLFormElement, name: string, on: boolean): void {
  named(form, name)[0]?.closest('.pt-field')?.classList.toggle('pt-from-card', on);
}

const words = (element: Element | null | undefined) => element?.firstChild?.textContent?.trim() ?? '';

/** What the form calls it; of a number, what kind it is, and of an address, which one. */
function labelOf(form: HTMLFormElement, name: string): string {
  const field = named(form, name)[0];
  const kind = form.querySelector<HTMLSelectElement>(`select[name="${name.replace('Number', 'Kind')}"]`)?.selectedOptions[0];
  if (kind?.value) return kind.textContent.trim();
  return name.endsWith('Line') || radios(named(form, name)).length > 0 ? words(field?.closest('fieldset')?.querySelector('legend')) : words(field?.labels?.[0]);
}

const answer = (form: HTMLFormElement, name: string, value: string) => named(form, name).find(field => field.value === value)?.closest('label')?.textContent?.trim() ?? value;
const shownOf = (form: HTMLFormElement, name: string) => radios(named(form, name)).length > 0 ? answer(form, name, valueOf(form, name)) : valueOf(form, name);
