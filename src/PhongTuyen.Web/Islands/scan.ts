import type { openCamera, Decoder } from './camera.ts';
import { isScan, readCard, type Card, type Fault } from './cards.ts';
import { Fill } from './fill.ts';

/** What the page's main script lends, so that this one, loaded where something can be scanned, brings nothing twice. */
export interface Lent {
  today(): { year: number; month: number; day: number };
  birth(written: string, today: { year: number; month: number; day: number }): string | null;
  camera(): Promise<{ openCamera: typeof openCamera }>;
  decoder(): Promise<Decoder>;
}

/** A hand scanner leaves no such pause between two characters; what stood in the box before one was typed. */
const PAUSE_MS = 100;

/**
 * <form data-scan="person|paper|search"> with a box that scans go into ([name="Form.Name"], [name=q]), a place for what is said [data-scan-said], its sentences
 * <template data-scan-words>, and a button [data-camera]. A reader's text is read as soon as it is there (Enter, Tab or pasted): it fills the form, or it is said why not.
 */
export function scan(root: ParentNode, lent: Lent): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-scan]')) new ScanForm(form, lent);
}

class ScanForm {
  private readonly form: HTMLFormElement;
  private readonly box: HTMLInputElement;
  private readonly place: HTMLElement;
  private readonly sentences: DocumentFragment;
  private readonly lent: Lent;
  private filled: Fill | null = null;
  /** What stands in the box, since when, and what stood there before the reader began. */
  private burst = { before: '', now: '', at: 0 };

  constructor(form: HTMLFormElement, lent: Lent) {
    [this.form, this.lent] = [form, lent];
    this.box = form.querySelector<HTMLInputElement>('[name="Form.Name"], [name=q]')!;
    this.place = form.querySelector<HTMLElement>('[data-scan-said]')!;
    this.sentences = form.querySelector<HTMLTemplateElement>('template[data-scan-words]')!.content;
    this.burst.now = this.box.value;
    this.box.addEventListener('input', event => this.typed(event as InputEvent));
    this.box.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.isComposing || !isScan(this.box.value)) return;
      // Of a search the server is asked anyway, unless it is no card.
      if (this.searches && typeof this.read().card !== 'string') return;
      event.preventDefault();
      this.take();
    });
    this.box.addEventListener('change', () => { if (isScan(this.box.value) && !this.searches) this.take(); });
    form.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || event.defaultPrevented || !this.filled) return;
      event.preventDefault();
      this.undo();
    });
    this.offerCamera();
  }

  private get searches(): boolean { return this.form.dataset['scan'] === 'search'; }

  private typed(event: InputEvent): void {
    if (event.timeStamp - this.burst.at > PAUSE_MS) this.burst.before = this.burst.now;
    Object.assign(this.burst, { now: this.box.value, at: event.timeStamp });
    if (event.inputType === 'insertFromPaste' && isScan(this.box.value) && !this.searches) this.take();
  }

  /** The card in the box, and what was typed before it. */
  private read(): { card: Card | Fault; typed: string } {
    const [text, before] = [this.box.value, this.burst.before];
    const whole = this.card(text);
    if (typeof whole !== 'string' || before === '' || isScan(before) || !text.startsWith(before)) return { card: whole, typed: '' };
    return { card: this.card(text.slice(before.length)), typed: before };
  }

  private card(text: string): Card | Fault {
    const today = this.lent.today();
    const two = (n: number) => String(n).padStart(2, '0');
    return readCard(text, { today: `${today.year}-${two(today.month)}-${two(today.day)}`, birth: written => this.lent.birth(written, today) });
  }

  private take(): void {
    const { card, typed } = this.read();
    this.set(typed);
    if (typeof card === 'string') this.refuse(card); else this.put(card);
  }

  private set(text: string): void {
    this.box.value = text;
    this.burst = { before: text, now: text, at: 0 };
  }

  private put(card: Card): void {
    this.filled?.undo();
    this.filled = new Fill(this.form, card);
    this.form.dataset['guard'] = 'dirty';
    this.set(this.box.value);
    this.tell(card);
    next(this.form, this.box)?.focus();
  }

  private tell(card: Card): void {
    const fill = this.filled!;
    const lines = [this.word(`filled-${card.kind}`), fill.filled.length > 0 ? this.word('fields', { fields: [...new Set(fill.filled)].join(', ') }) : ''];
    if (card.kind === 'personal-code') lines.push(this.word('no-accents'));
    if (card.numberEnd) lines.push(this.word('masked', { end: card.numberEnd }));
    for (const kept of fill.kept) lines.push(this.word('kept', { field: kept.label, typed: kept.typed, card: kept.card }));
    const buttons = [this.button('undo', () => this.undo(), 'Esc')];
    if (fill.kept.length > 0) buttons.unshift(this.button('take', () => { fill.take(); this.tell(card); next(this.form, this.box)?.focus(); }));
    this.say(fill.kept.length > 0 || card.numberEnd || card.kind === 'personal-code' ? 'watch' : 'ok', lines, buttons);
  }

  private undo(): void {
    this.filled?.undo();
    this.filled = null;
    this.set(this.box.value);
    this.say('info', [this.word('undone')], []);
    this.box.focus();
  }

  private refuse(fault: Fault): void {
    this.say('watch', [this.word(fault)], []);
    this.box.focus();
  }

  private word(key: string, values: Record<string, string> = {}): string {
    const sentence = this.sentences.querySelector(`[data-word="${key}"]`)?.textContent ?? '';
    return Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, () => value), sentence);
  }

  private button(key: string, act: () => void, keyName?: string): HTMLButtonElement {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'btn btn-sm', textContent: this.word(key) });
    if (keyName) {
      const cap = document.createElement('kbd');
      cap.textContent = keyName;
      button.append(' ', cap);
    }
    button.addEventListener('click', act);
    return button;
  }

  private say(kind: string, lines: string[], buttons: HTMLElement[]): void {
    const notice = document.createElement('div');
    notice.className = `pt-notice pt-notice--${kind}`;
    const text = document.createElement('div');
    for (const line of lines.filter(one => one !== '')) {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      text.append(paragraph);
    }
    notice.append(text, ...buttons);
    this.place.replaceChildren(notice);
    notice.scrollIntoView?.({ block: 'nearest' });
  }

  /** The button is shown where there is a camera to ask for; where the address is what keeps it away, that is said. */
  private offerCamera(): void {
    const button = this.form.querySelector<HTMLButtonElement>('[data-camera]');
    if (!button) return;
    button.hidden = !navigator.mediaDevices?.getUserMedia;
    const insecure = this.form.querySelector<HTMLElement>('[data-camera-insecure]');
    if (insecure) insecure.hidden = window.isSecureContext !== false;
    button.addEventListener('click', () => void this.lent.camera().then(({ openCamera }) => openCamera({
      decoder: () => this.lent.decoder(), word: key => this.word(key), take: text => this.seen(text), closed: taken => { if (!taken) button.focus(); },
    })));
  }

  /** What the camera has seen; a sentence where it goes on looking. */
  private seen(text: string): string | null {
    const card = this.card(text);
    if (typeof card === 'string') return this.word(card);
    if (this.searches) {
      this.box.value = text;
      this.form.requestSubmit();
    } else this.put(card);
    return null;
  }
}

/** The next field behind the box that asks for something to be typed, is empty, and stands in no block of further ones. */
function next(form: HTMLFormElement, box: HTMLInputElement): HTMLElement | null {
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[type=text], input[type=tel], textarea')];
  return fields.slice(fields.indexOf(box) + 1).find(field => field.value.trim() === '' && !field.readOnly && !field.closest('details')) ?? null;
}
