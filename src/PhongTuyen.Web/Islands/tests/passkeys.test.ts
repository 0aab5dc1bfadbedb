import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, base64url, bytes, canUse, creationOptions, passkeys, reason, requestOptions } from '../passkeys.ts';

const raw = Uint8Array.from([0, 255, 62, 63, 250]);

describe('bytes and what stands for them', () => {
  it('go there and back without padding', () => {
    expect(base64url(raw.buffer)).toBe('AP8-P_o');
    expect([...bytes('AP8-P_o')]).toEqual([...raw]);
  });

  it('are made of the options of the server', () => {
    const made = creationOptions({ challenge: 'AP8-P_o', rp: { id: 'localhost' }, user: { id: 'AA', name: 'a' }, excludeCredentials: [{ id: 'AP8-P_o', type: 'public-key' }] });
    expect([...made.challenge as Uint8Array]).toEqual([...raw]);
    expect((made.excludeCredentials![0]!.id as Uint8Array).length).toBe(5);
    expect(requestOptions({ challenge: 'AA', rpId: 'localhost' }).allowCredentials).toEqual([]);
  });
});

describe('the answer', () => {
  const credential = (response: object) => ({ id: 'AA', rawId: raw.buffer, type: 'public-key', response: { clientDataJSON: raw.buffer, ...response }, getClientExtensionResults: () => ({}) }) as unknown as PublicKeyCredential;

  it('of a new passkey names its ways', () => {
    expect(answer(credential({ attestationObject: raw.buffer, getTransports: () => ['internal'] }))).toMatchObject({ rawId: 'AP8-P_o', response: { attestationObject: 'AP8-P_o', transports: ['internal'] } });
  });

  it('of one that signs in leaves out a handle that it has not', () => {
    expect(answer(credential({ authenticatorData: raw.buffer, signature: raw.buffer, userHandle: null }))).toMatchObject({ response: { signature: 'AP8-P_o' } });
    expect(answer(credential({ authenticatorData: raw.buffer, signature: raw.buffer, userHandle: null }))['response']).not.toHaveProperty('userHandle');
  });
});

describe('the page', () => {
  beforeEach(() => {
    document.body.innerHTML = `<form data-passkey="get" data-options-from="/ask" data-passkey-can hidden><input type="hidden" name="Credential" data-passkey-answer>
      <p hidden data-passkey-said data-cancelled="Chưa xong" data-no-answer="Máy chủ chưa trả lời"></p><button type="button" data-passkey-do>x</button></form><p data-passkey-cannot hidden>không</p>`;
  });

  it('cannot use them at addresses of numbers, nor where the browser has none', () => {
    const at = (hostname: string, has = true) => canUse({ ...(has ? { PublicKeyCredential: {} } : {}), location: { hostname } } as unknown as Window & typeof globalThis);
    expect([at('localhost'), at('127.0.0.1'), at('[::1]'), at('pt.gov.vn'), at('pt.gov.vn', false)]).toEqual([true, false, false, true, false]);
  });

  it('shows the sentence where there are none', () => {
    passkeys(document);
    expect(document.querySelector<HTMLElement>('[data-passkey-cannot]')!.hidden).toBe(false);
    expect(document.querySelector('form')!.hidden).toBe(true);
  });

  it('says why it was not done, and lets one press again', async () => {
    vi.stubGlobal('PublicKeyCredential', {});
    vi.stubGlobal('fetch', () => Promise.resolve({ ok: false, status: 500 }));
    passkeys(document);
    const button = document.querySelector<HTMLButtonElement>('button')!;
    button.click();
    await vi.waitFor(() => expect(document.querySelector('[data-passkey-said]')!.textContent).toBe('Máy chủ chưa trả lời'));
    expect(button.disabled).toBe(false);
    vi.unstubAllGlobals();
  });

  it('knows the faults of browsers', () => {
    expect([new DOMException('', 'NotAllowedError'), new DOMException('', 'InvalidStateError'), new TypeError('x'), new DOMException('', 'SecurityError'), null].map(reason)).toEqual(['cancelled', 'known', 'noAnswer', 'failed', 'failed']);
  });
});
