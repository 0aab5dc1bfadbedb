/** What the server sends and takes: as WebAuthn says, with bytes in base64url. Browsers before 2025 cannot turn it around by themselves. */
type Json = Record<string, unknown>;

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
}

export function base64url(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function descriptors(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Json[]).map(one => ({ ...one, id: bytes(one['id'] as string) }) as unknown as PublicKeyCredentialDescriptor);
}

export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const user = json['user'] as Json;
  return { ...json, challenge: bytes(json['challenge'] as string), user: { ...user, id: bytes(user['id'] as string) }, excludeCredentials: descriptors(json['excludeCredentials']) } as unknown as PublicKeyCredentialCreationOptions;
}

export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  return { ...json, challenge: bytes(json['challenge'] as string), allowCredentials: descriptors(json['allowCredentials']) } as unknown as PublicKeyCredentialRequestOptions;
}

/** The answer of the browser as the server reads it. */
export function answer(credential: PublicKeyCredential): Json {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const said: Json = { clientDataJSON: base64url(response.clientDataJSON) };
  if (response.attestationObject) {
    said['attestationObject'] = base64url(response.attestationObject);
    said['transports'] = response.getTransports?.() ?? [];
  } else {
    said['authenticatorData'] = base64url(response.authenticatorData);
    said['signature'] = base64url(response.signature);
    if (response.userHandle) said['userHandle'] = base64url(response.userHandle);
  }
  return { id: credential.id, rawId: base64url(credential.rawId), type: credential.type, clientExtensionResults: credential.getClientExtensionResults(), response: said };
}

/** Browsers refuse addresses of numbers, and have none of it over plain http but on this machine. */
export function canUse(view: Window & typeof globalThis): boolean {
  return 'PublicKeyCredential' in view && !/^[\d.]+$|^\[/.test(view.location.hostname);
}

/** Which of the sentences on the page says what went wrong. */
export function reason(fault: unknown): 'cancelled' | 'known' | 'noAnswer' | 'failed' {
  const name = (fault as { name?: string } | null)?.name;
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  if (name === 'InvalidStateError') return 'known';
  return fault instanceof TypeError ? 'noAnswer' : 'failed';
}

async function optionsOf(form: HTMLFormElement): Promise<Json> {
  if (form.dataset['options']) return JSON.parse(form.dataset['options']) as Json;
  const got = await fetch(form.dataset['optionsFrom']!, { cache: 'no-store' });
  if (!got.ok) throw new TypeError(String(got.status));
  return await got.json() as Json;
}

/**
 * <form data-passkey="create|get"> with a hidden field [data-passkey-answer], a button [data-passkey-do] and a place for a sentence [data-passkey-said], which holds
 * the sentences themselves (data-cancelled …): this script stands alone on the pages to sign in, which have no other. The options stand in data-options, or are asked for at data-options-from. Parts [data-passkey-can] and [data-passkey-cannot] are shown as it is.
 */
export function passkeys(root: Document): void {
  const can = canUse(window);
  for (const part of root.querySelectorAll<HTMLElement>(can ? '[data-passkey-can]' : '[data-passkey-cannot]')) part.hidden = false;
  if (!can) return;
  root.querySelector<HTMLElement>('[data-passkey-can] [autofocus]')?.focus(); // it was hidden when the browser looked for it
  root.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-passkey-do]');
    if (button?.form) void run(button.form, button);
  });
}

async function run(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const said = form.querySelector<HTMLElement>('[data-passkey-said]')!;
  said.hidden = true;
  button.disabled = true;
  form.setAttribute('aria-busy', 'true');
  try {
    const options = await optionsOf(form);
    const made = form.dataset['passkey'] === 'create' ? await navigator.credentials.create({ publicKey: creationOptions(options) }) : await navigator.credentials.get({ publicKey: requestOptions(options) });
    form.querySelector<HTMLInputElement>('[data-passkey-answer]')!.value = JSON.stringify(answer(made as PublicKeyCredential));
    form.requestSubmit();
  } catch (fault) {
    said.textContent = said.dataset[reason(fault)] ?? '';
    said.hidden = false;
    button.disabled = false;
    button.focus();
  } finally {
    form.removeAttribute('aria-busy');
  }
}

passkeys(document);
