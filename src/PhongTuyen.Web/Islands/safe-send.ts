import { agreed, question } from './confirm.ts';
import { text, type TextKey } from './texts.ts';
import { isChanged } from './unsaved.ts';

/** Answers whoever is signed in, and says when nothing can be kept because the audit cannot be written. */
const ASK = '/api/entry';
/** Open to anybody and wakes no session: asked again and again until the audit can be written. */
const READY = '/health/ready';
/** Longer than the server waits for its audit (Audit:WriteSeconds), as it is unless somebody set it. */
const PATIENCE_MS = 15_000;
const AGAIN_MS = 10_000;

const checked = new WeakSet<HTMLFormElement>();
const asking = new WeakSet<HTMLFormElement>();

/** What keeps a form from being sent: no connection or no answer, nothing can be kept, the session has ended, or nothing. */
export function obstacle(status: number | null, code?: string): TextKey | null {
  if (code === 'audit.unavailable') return 'send-audit';
  if (status === null || status >= 500) return 'send-failed';
  return status === 401 ? 'send-expired' : null;
}

/**
 * Before a form with something typed is sent, asks whether the server is there and still knows who this is: a browser would replace the
 * page by an error or the sign-in page, and what was typed would be lost. Registered after confirm and before unsaved.
 */
export function safeSend(root: Document): void {
  root.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('data-resubmit') || checked.delete(form)) return;
    if (event.submitter?.hasAttribute('data-in-place') && !('natively' in form.dataset)) return; // its one request asks for all of it
    if (form.dataset['guard'] !== 'dirty' && ![...form.elements].some(isChanged)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!asking.has(form)) void ask(form, event.submitter);
  }, { capture: true });
}

async function ask(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  asking.add(form);
  form.setAttribute('aria-busy', 'true');
  const answer = await fetch(ASK, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  const code = answer?.status === 503 ? await answer.json().then((problem: { code?: string }) => problem.code, () => undefined) : undefined;
  asking.delete(form);
  form.removeAttribute('aria-busy');
  form.querySelector('[data-not-sent]')?.remove();
  const key = obstacle(answer?.status ?? null, code);
  if (key) {
    say(form, submitter, key);
    return;
  }
  checked.add(form);
  if (question(form, submitter)) agreed.add(form);
  form.requestSubmit(submitter);
}

function say(form: HTMLFormElement, submitter: HTMLElement | null, key: TextKey): void {
  const notice = document.createElement('div');
  notice.className = 'pt-notice pt-notice--urgent';
  notice.dataset['notSent'] = '';
  notice.setAttribute('role', 'alert');
  const sentence = document.createElement('p');
  sentence.textContent = text(key, form);
  if (key === 'send-expired') {
    const link = document.createElement('a');
    Object.assign(link, { href: '/sign-in', target: '_blank', textContent: text('sign-in-again', form) });
    sentence.append(' ', link);
  }
  notice.append(sentence);
  const before = (submitter?.closest('.pt-actions') ?? submitter) as HTMLElement | null;
  if (before?.closest('form') === form) before.before(notice); else form.append(notice);
  notice.scrollIntoView({ block: 'nearest' });
  if (key === 'send-audit') void untilBack(notice, sentence, form);
}

/** Says when it can be sent. It is not sent by itself: who typed it may have gone on typing. */
async function untilBack(notice: HTMLElement, sentence: HTMLElement, form: HTMLFormElement): Promise<void> {
  do await new Promise(next => setTimeout(next, AGAIN_MS));
  while (notice.isConnected && !await fetch(READY, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).then(answer => answer.ok, () => false));
  sentence.textContent = text('send-again', form);
  notice.classList.replace('pt-notice--urgent', 'pt-notice--ok');
}
