/** The answer of /api/imports/ID. */
export interface Progress { state: string; read: number; done: number; accepted: number; duplicate: number; rejected: number }

const POLL_MS = 700;
const POLL_MOST_MS = 10_000;
const BUSY = ['checking', 'committing', 'undoing', 'queued', 'waiting', 'running'];

/** Whether the server still works on it; every other state has a page of its own. */
export function isBusy(state: string, busy: readonly string[] = BUSY): boolean {
  return busy.includes(state.toLowerCase());
}

/** After a failure wait twice as long, up to ten seconds. */
export function nextWait(wait: number, failed: boolean): number {
  return failed ? Math.min(wait * 2, POLL_MOST_MS) : POLL_MS;
}

/** <pt-progress src="/api/imports/ID">: fills <progress> and [data-progress=done|read|accepted|duplicate|rejected], and loads the page again at the end. */
export class PtProgress extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = POLL_MS;

  connectedCallback(): void {
    this.#later();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #later(): void {
    this.#timer = setTimeout(() => void this.#ask(), this.#wait);
  }

  async #ask(): Promise<void> {
    let failed = document.hidden;
    try {
      if (!document.hidden) {
        const answer = await fetch(this.getAttribute('src') ?? '', { headers: { accept: 'application/json' } });
        failed = !answer.ok;
        if (answer.ok && this.#show(await answer.json() as Progress)) return;
      }
    } catch {
      failed = true;
    }
    this.#wait = document.hidden ? POLL_MS : nextWait(this.#wait, failed);
    if (this.isConnected) this.#later();
  }

  #show(progress: Progress): boolean {
    const bar = this.querySelector('progress');
    if (bar && progress.read > 0) {
      bar.max = progress.state === 'Undoing' ? progress.accepted : progress.read;
      bar.value = progress.done;
    }
    for (const place of this.querySelectorAll<HTMLElement>('[data-progress]')) {
      const value = progress[place.dataset['progress'] as keyof Progress];
      if (typeof value === 'number') place.textContent = new Intl.NumberFormat('vi-VN').format(value);
    }
    if (isBusy(progress.state, this.getAttribute('busy')?.split(' '))) return false;
    location.reload();
    return true;
  }
}

export function importProgress(): void {
  if (!customElements.get('pt-progress')) customElements.define('pt-progress', PtProgress);
}
