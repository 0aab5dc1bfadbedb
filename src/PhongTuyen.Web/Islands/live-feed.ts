/** What the server sends: the event `figures` of the stream, and the answer of the poll. Totals only, never a person. */
export interface Figures { asOf: string; version: number; values: Record<string, number | string> }

export interface FeedPlaces { scope: string; stream: string; poll: string }

export interface FeedListener {
  figures(figures: Figures): void;
  live(live: boolean): void;
  /** The rights of this person ended. */
  ended(): void;
}

type Message = { kind: 'figures'; figures: Figures } | { kind: 'live'; live: boolean } | { kind: 'hello' } | { kind: 'ended' };

/** Without the stream: ask as often. */
const POLL_MS = 5_000;
/** With a silent stream: ask now and then, since a dead line looks like a quiet one. */
const CHECK_MS = 60_000;
const REOPEN_MS = 5_000;
const REOPEN_MOST_MS = 60_000;
/** A page that was just loaded is not loaded again: that would never end. */
const YOUNG_MS = 5_000;

/**
 * The figures of one scope. Of all tabs of a browser one holds the lock and the stream, and tells the others: browsers open only
 * six connections to a host. Where there are no locks (plain http) or no stream, each visible tab polls.
 */
export class FigureFeed {
  readonly #places: FeedPlaces;
  readonly #listener: FeedListener;
  readonly #stopped = new AbortController();
  #channel: BroadcastChannel | undefined;
  #stream: EventSource | undefined;
  #last: Figures | undefined;
  #heard = 0;
  #live = false;
  #asking = false;
  #reopenAfter = REOPEN_MS;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(places: FeedPlaces, listener: FeedListener) {
    this.#places = places;
    this.#listener = listener;
  }

  start(): void {
    const name = `pt-live ${this.#places.stream} ${this.#places.scope}`;
    this.#setLive(false);
    this.#heard = Date.now();
    if (typeof BroadcastChannel !== 'undefined') {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = event => this.#hear(event.data as Message);
    }
    if (this.#channel && navigator.locks && typeof EventSource !== 'undefined') {
      this.#tell({ kind: 'hello' });
      navigator.locks.request(name, { signal: this.#stopped.signal }, () => this.#lead()).catch(() => undefined);
    }
    this.#timers.push(setInterval(() => void this.#tick(), POLL_MS));
  }

  stop(): void {
    this.#stopped.abort();
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#stream?.close();
    this.#stream = undefined;
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Holds the lock until the page goes. */
  #lead(): Promise<void> {
    if (this.#stopped.signal.aborted) return Promise.resolve();
    this.#open();
    return new Promise(resolve => this.#stopped.signal.addEventListener('abort', () => resolve()));
  }

  #open(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stream?.close();
    const stream = new EventSource(this.#url(this.#places.stream));
    this.#stream = stream;
    let first = true;
    stream.addEventListener('open', () => { this.#reopenAfter = REOPEN_MS; this.#share(true); });
    stream.addEventListener('figures', event => {
      const figures = JSON.parse((event as MessageEvent<string>).data) as Figures;
      this.#share(true);
      this.#take(figures, first);
      first = false;
      this.#tell({ kind: 'figures', figures });
    });
    stream.addEventListener('bye', () => { this.#tell({ kind: 'ended' }); this.#end(); });
    stream.addEventListener('error', () => {
      this.#share(false);
      if (stream.readyState !== 2) return; // The browser tries again by itself.
      // Not all at once, when a server comes back.
      this.#timers.push(setTimeout(() => this.#open(), this.#reopenAfter * (0.5 + Math.random())));
      this.#reopenAfter = Math.min(this.#reopenAfter * 2, REOPEN_MOST_MS);
    });
  }

  #hear(message: Message): void {
    if (message.kind === 'figures') this.#take(message.figures, false);
    else if (message.kind === 'live') this.#setLive(message.live);
    else if (message.kind === 'ended') this.#end();
    else if (this.#stream) {
      this.#tell({ kind: 'live', live: this.#live });
      if (this.#last) this.#tell({ kind: 'figures', figures: this.#last });
    }
  }

  async #tick(): Promise<void> {
    const silent = Date.now() - this.#heard >= CHECK_MS;
    if (document.hidden || this.#asking || (this.#live && !(silent && this.#stream))) return;
    this.#asking = true;
    try {
      const answer = await fetch(this.#url(this.#places.poll), { headers: { accept: 'application/json' }, signal: this.#stopped.signal });
      if (answer.status === 401 || answer.status === 403) this.#end();
      if (!answer.ok) return;
      const figures = await answer.json() as Figures;
      const behind = this.#last !== undefined && figures.version > this.#last.version;
      this.#take(figures, false);
      if (this.#live && behind) this.#open();
    } catch {
      // No connection: the state says so already.
    } finally {
      this.#asking = false;
    }
  }

  /** Older figures never replace newer ones, but for the first of a stream: the server may have been set back. */
  #take(figures: Figures, always: boolean): void {
    this.#heard = Date.now();
    if (!always && this.#last && figures.version <= this.#last.version) return;
    this.#last = figures;
    this.#listener.figures(figures);
  }

  #share(live: boolean): void {
    if (live === this.#live) return;
    this.#setLive(live);
    this.#tell({ kind: 'live', live });
  }

  #setLive(live: boolean): void {
    this.#live = live;
    this.#listener.live(live);
  }

  #end(): void {
    this.#setLive(false);
    this.stop();
    if (performance.now() > YOUNG_MS) this.#listener.ended();
  }

  #tell(message: Message): void {
    this.#channel?.postMessage(message);
  }

  #url(path: string): string {
    return `${path}${path.includes('?') ? '&' : '?'}scope=${encodeURIComponent(this.#places.scope)}`;
  }
}
