import { text } from './texts.ts';

/** One answer of a picker: what is written into the field, and the longer line that tells two of the same name apart. */
export interface Choice { id: number | string; name: string; path?: string }

const TYPING_MS = 150;

let made = 0;

/**
 * Makes a text field with a hidden id a combobox (ARIA 1.2, list, chosen by hand). Nothing is chosen for the person: text
 * without a choice leaves the id empty, and the server asks.
 */
export class Combobox {
  readonly #box: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #id: HTMLInputElement;
  readonly #list = document.createElement('ul');
  readonly #status = document.createElement('div');
  readonly #url: (query: string) => string;
  readonly #written: (choice: Choice) => string;
  #choices: Choice[] = [];
  #active = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  /** @param written What stands in the field once it is chosen. */
  constructor(box: HTMLElement, url: (query: string) => string, written: (choice: Choice) => string = choice => choice.path ?? choice.name) {
    const input = box.querySelector<HTMLInputElement>('input[type=text], input[type=search], input:not([type])');
    const id = box.querySelector<HTMLInputElement>('input[type=hidden]');
    if (!input || !id) throw new Error('A picker holds a text field and a hidden field.');
    [this.#box, this.#input, this.#id, this.#url, this.#written] = [box, input, id, url, written];
    this.#build();
    input.addEventListener('input', () => this.#typed());
    input.addEventListener('keydown', event => this.#key(event));
    input.addEventListener('blur', () => this.#close());
    this.#list.addEventListener('pointerdown', event => event.preventDefault()); // the focus stays in the field
    this.#list.addEventListener('click', event => {
      const option = (event.target as Element).closest('[role=option]');
      const choice = option && this.#choices[[...this.#list.children].indexOf(option)];
      if (choice) this.#choose(choice);
    });
  }

  #build(): void {
    this.#list.id = `pt-options-${++made}`;
    this.#list.className = 'pt-options';
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', this.#input.labels?.[0]?.textContent?.trim() || this.#input.name);
    this.#list.hidden = true;
    this.#status.className = 'pt-hidden';
    this.#status.setAttribute('role', 'status');
    this.#box.append(this.#list, this.#status);
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.#list.id, autocomplete: 'off', spellcheck: 'false' };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#box.classList.toggle('pt-picked', this.#id.value !== '');
  }

  #typed(): void {
    this.#pick('');
    this.#asked?.abort();
    clearTimeout(this.#timer);
    const query = this.#input.value.trim();
    if (query === '') { this.#close(); return; }
    this.#timer = setTimeout(() => void this.#ask(query), TYPING_MS);
  }

  async #ask(query: string): Promise<void> {
    const asked = this.#asked = new AbortController();
    try {
      const answer = await fetch(this.#url(query), { headers: { accept: 'application/json' }, signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const choices = await answer.json() as Choice[];
      if (!asked.signal.aborted) this.#show(choices, text('none-found', this.#input));
    } catch {
      if (!asked.signal.aborted) this.#show([], text('search-failed', this.#input));
    }
  }

  #show(choices: Choice[], otherwise: string): void {
    if (document.activeElement !== this.#input) return;
    this.#choices = choices;
    this.#list.replaceChildren(...choices.map((choice, at) => this.#option(choice, at)));
    this.#status.textContent = choices.length > 0 ? text('results', this.#input, choices.length) : otherwise;
    if (choices.length === 0) {
      const nothing = document.createElement('li');
      nothing.setAttribute('role', 'option');
      nothing.setAttribute('aria-disabled', 'true');
      nothing.textContent = otherwise;
      this.#list.append(nothing);
    }
    this.#list.hidden = false;
    this.#list.scrollIntoView?.({ block: 'nearest' });
    this.#input.setAttribute('aria-expanded', 'true');
    this.#mark(-1);
  }

  #option(choice: Choice, at: number): HTMLElement {
    const option = document.createElement('li');
    option.id = `${this.#list.id}-${at}`;
    option.setAttribute('role', 'option');
    option.textContent = choice.name;
    if (choice.path && choice.path !== choice.name) {
      const path = document.createElement('small');
      path.textContent = choice.path;
      option.append(path);
    }
    return option;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) { if (this.#input.value.trim() !== '') void this.#ask(this.#input.value.trim()); return; }
      const [count, step] = [this.#choices.length, event.key === 'ArrowDown' ? 1 : -1];
      if (count > 0) this.#mark(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && open) {
      const choice = this.#choices[this.#active];
      if (choice && event.key === 'Enter') event.preventDefault();
      if (choice) this.#choose(choice); else if (event.key === 'Enter') this.#close();
    }
  }

  #mark(at: number): void {
    this.#active = at;
    [...this.#list.children].forEach((option, index) => option.setAttribute('aria-selected', String(index === at)));
    const option = this.#list.children[at];
    if (option && at >= 0) {
      this.#input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView?.({ block: 'nearest' });
    } else this.#input.removeAttribute('aria-activedescendant');
  }

  #choose(choice: Choice): void {
    this.#asked?.abort();
    this.#input.value = this.#written(choice);
    this.#pick(String(choice.id));
    this.#close();
    this.#input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #pick(id: string): void {
    this.#id.value = id;
    this.#box.classList.toggle('pt-picked', id !== '');
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
  }
}

/** src, what was typed, and further parameters. */
export function pickerUrl(src: string, query: string, more: Record<string, string | undefined> = {}): string {
  const parameters = new URLSearchParams({ q: query });
  for (const [name, value] of Object.entries(more)) if (value) parameters.set(name, value);
  return `${src}${src.includes('?') ? '&' : '?'}${parameters}`;
}
