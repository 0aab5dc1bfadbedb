import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FigureFeed, type FeedListener, type Figures } from '../live-feed.ts';

const figures = (version: number, n: number): Figures => ({ asOf: '2026-11-21T03:00:00+07:00', version, values: { n } });

class Stream extends EventTarget {
  static all: Stream[] = [];
  readyState = 0;
  constructor(readonly url: string) { super(); Stream.all.push(this); }
  close(): void { this.readyState = 2; }
  say(kind: string, data?: unknown): void { this.dispatchEvent(data === undefined ? new Event(kind) : new MessageEvent(kind, { data: JSON.stringify(data) })); }
  static get open(): Stream[] { return Stream.all.filter(stream => stream.readyState !== 2); }
}

class Channel {
  static all: Channel[] = [];
  onmessage: ((event: { data: unknown }) => void) | undefined;
  constructor(readonly name: string) { Channel.all.push(this); }
  postMessage(data: unknown): void { for (const other of [...Channel.all]) if (other !== this && other.name === this.name) other.onmessage?.({ data }); }
  close(): void { Channel.all = Channel.all.filter(other => other !== this); }
}

/** One holder at a time, the next one when its promise settles. */
class Locks {
  #queue = new Map<string, Promise<unknown>>();
  request(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>): Promise<unknown> {
    const turn = (this.#queue.get(name) ?? Promise.resolve()).then(() => signal.aborted ? undefined : work());
    this.#queue.set(name, turn);
    return turn;
  }
}

function tab() {
  const seen = { figures: [] as number[], live: false, ended: false };
  const listener: FeedListener = {
    figures: f => seen.figures.push(f.values['n'] as number),
    live: live => { seen.live = live; },
    ended: () => { seen.ended = true; },
  };
  const feed = new FigureFeed({ scope: 'province/12', stream: '/api/live', poll: '/api/figures' }, listener);
  feed.start();
  tabs.push(feed);
  return { seen, feed };
}

let tabs: FigureFeed[] = [];
let locks: Locks | undefined;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  locks = new Locks();
  [Stream.all, Channel.all, tabs] = [[], [], []];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('fetch', vi.fn(async () => new Response(JSON.stringify(figures(50, 50)))));
  Object.defineProperty(navigator, 'locks', { configurable: true, get: () => locks });
  vi.spyOn(performance, 'now').mockReturnValue(60_000);
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});

afterEach(() => {
  tabs.forEach(feed => feed.stop());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('Several tabs share one stream', async () => {
  const [a, b] = [tab(), tab()];
  await settle();
  expect(Stream.open.map(stream => stream.url)).toEqual(['/api/live?scope=province%2F12']);
  Stream.open[0]!.say('figures', figures(1, 120));
  expect([a.seen.figures, b.seen.figures]).toEqual([[120], [120]]);
  expect([a.seen.live, b.seen.live]).toEqual([true, true]);
});

it('A tab that comes later hears the last figures at once', async () => {
  tab();
  await settle();
  Stream.open[0]!.say('figures', figures(1, 120));
  const late = tab();
  expect(late.seen).toMatchObject({ figures: [120], live: true });
});

it('When the tab with the stream goes, another one takes over', async () => {
  const [a, b] = [tab(), tab()];
  await settle();
  Stream.open[0]!.say('figures', figures(1, 120));
  a.feed.stop();
  await settle();
  expect(Stream.open).toHaveLength(1);
  Stream.open[0]!.say('figures', figures(2, 121));
  expect(b.seen.figures).toEqual([120, 121]);
  expect(a.seen.figures).toEqual([120]);
});

it('Without locks each tab asks every five seconds and opens no stream', async () => {
  locks = undefined;
  const a = tab();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(Stream.all).toHaveLength(0);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(a.seen).toMatchObject({ figures: [50], live: false });
});

it('While the stream speaks nobody asks, and after it broke they do', async () => {
  const a = tab();
  await settle();
  Stream.open[0]!.say('open');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(fetch).not.toHaveBeenCalled();
  Stream.open[0]!.say('error');
  expect(a.seen.live).toBe(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('A stream that the server refused is opened again, later each time', async () => {
  tab();
  await settle();
  const refuse = () => { const stream = Stream.all.at(-1)!; stream.close(); stream.say('error'); };
  refuse();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(Stream.all).toHaveLength(2);
  refuse();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(Stream.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Stream.all).toHaveLength(3);
});

it('A stream that is silent while the figures move is opened again', async () => {
  tab();
  await settle();
  Stream.open[0]!.say('figures', figures(1, 120));
  await vi.advanceTimersByTimeAsync(65_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(Stream.all).toHaveLength(2);
});

it('Older figures never replace newer ones', async () => {
  const a = tab();
  await settle();
  Stream.open[0]!.say('figures', figures(7, 70));
  Stream.open[0]!.say('figures', figures(6, 60));
  expect(a.seen.figures).toEqual([70]);
});

it('When the rights end, every tab loads its page again', async () => {
  const [a, b] = [tab(), tab()];
  await settle();
  Stream.open[0]!.say('bye');
  expect([a.seen.ended, b.seen.ended]).toEqual([true, true]);
  expect(Stream.open).toHaveLength(0);
});

it('A refused poll ends it as well, but a page just loaded is not loaded again', async () => {
  locks = undefined;
  vi.mocked(fetch).mockResolvedValue(new Response('', { status: 403 }));
  vi.mocked(performance.now).mockReturnValue(1_000);
  const young = tab();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(young.seen.ended).toBe(false);
  vi.mocked(performance.now).mockReturnValue(60_000);
  const old = tab();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(old.seen.ended).toBe(true);
});
