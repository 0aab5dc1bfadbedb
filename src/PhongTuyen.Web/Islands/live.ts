import { dayText, inVietNam, now, timeText } from './clock.ts';
import { FigureFeed, type Figures } from './live-feed.ts';
import { text } from './texts.ts';

/** 1234 → 1.234, with a sign where the element asks for one; a word stays a word. */
export function figureText(value: number | string, signed = false, locale = 'vi-VN'): string {
  if (typeof value !== 'number') return value;
  const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.abs(value));
  return value < 0 ? `−${shown}` : signed && value > 0 ? `+${shown}` : shown;
}

/** 03:00 for a time of today, else 20/11/2026 03:00. */
export function asOfText(iso: string, at: Date): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const [shown, today] = [inVietNam(moment), inVietNam(at)];
  return dayText(shown) === dayText(today) ? timeText(shown) : `${dayText(shown)} ${timeText(shown)}`;
}

const fading = new WeakMap<Element, number>();

/** Writes the figures into their places and marks for a moment those that changed. */
export function showFigures(root: Element, figures: Figures, at: Date): void {
  const locale = root.getAttribute('data-locale') ?? 'vi-VN';
  for (const place of root.querySelectorAll<HTMLElement>('[data-figure]')) {
    const value = figures.values[place.dataset['figure'] ?? ''];
    if (value === undefined) continue;
    const shown = figureText(value, 'sign' in place.dataset, locale);
    if (place.textContent?.trim() === shown) continue;
    place.textContent = shown;
    place.classList.add('pt-changed');
    clearTimeout(fading.get(place));
    fading.set(place, window.setTimeout(() => place.classList.remove('pt-changed'), 1500));
  }
  for (const place of root.querySelectorAll('[data-figure-as-of]')) {
    place.textContent = asOfText(figures.asOf, at);
    if (place instanceof HTMLTimeElement) place.dateTime = figures.asOf;
  }
}

/** <pt-live scope="province/12" src="/api/live" poll="/api/figures">: the figures inside it follow the server. */
export class PtLive extends HTMLElement {
  #feed: FigureFeed | undefined;
  #day: string | undefined;
  readonly #leave = () => this.#stop();
  readonly #back = (event: PageTransitionEvent) => { if (event.persisted) this.#start(); };

  connectedCallback(): void {
    window.addEventListener('pagehide', this.#leave);
    window.addEventListener('pageshow', this.#back);
    this.#start();
  }

  disconnectedCallback(): void {
    window.removeEventListener('pagehide', this.#leave);
    window.removeEventListener('pageshow', this.#back);
    this.#stop();
  }

  #start(): void {
    this.#stop();
    this.#feed = new FigureFeed(
      { scope: this.getAttribute('scope') ?? '', stream: this.getAttribute('src') ?? '/api/live', poll: this.getAttribute('poll') ?? '/api/figures' },
      {
        figures: figures => {
          showFigures(this, figures, now());
          // A screen that hangs on a wall overnight: "today" is another day now, in its headings too.
          const day = dayText(inVietNam(new Date(figures.asOf)));
          if (this.#day !== undefined && this.#day !== day) location.reload();
          this.#day = day;
        },
        live: live => this.#say(live),
        ended: () => location.reload(),
      });
    this.#feed.start();
  }

  #stop(): void {
    this.#feed?.stop();
    this.#feed = undefined;
  }

  #say(live: boolean): void {
    this.dataset['live'] = live ? 'on' : 'off';
    for (const place of this.querySelectorAll('[data-live-state]')) {
      const words = text(live ? 'live' : 'waiting', place);
      if (place.textContent !== words) place.textContent = words;
    }
  }
}

export function live(): void {
  if (!customElements.get('pt-live')) customElements.define('pt-live', PtLive);
}
