/** The look that somebody chose on this device: nothing personal, so that it may be kept in a cookie. */
export interface Look { theme?: 'light' | 'dark'; density?: 'compact'; keys?: 'off' }

export const COOKIE = 'pt-look';

/** The value of the cookie: words joined by points, e.g. "dark.compact.nokeys". Unknown words are left out. */
export function parseLook(value: string): Look {
  const words = value.split('.');
  return {
    ...(words.includes('dark') ? { theme: 'dark' } : words.includes('light') ? { theme: 'light' } : {}),
    ...(words.includes('compact') ? { density: 'compact' } : {}),
    ...(words.includes('nokeys') ? { keys: 'off' } : {}),
  };
}

export function lookText(look: Look): string {
  return [look.theme, look.density, look.keys && 'nokeys'].filter(Boolean).join('.');
}

/** What a button with data-look="…" makes of the look: light, dark, system, compact, roomy, nokeys, keys, or two of them to switch between. */
export function chosen(look: Look, choice: string): Look {
  const { theme, density, keys } = look;
  const rest = { ...(theme && { theme }), ...(density && { density }), ...(keys && { keys }) };
  if (choice === 'light' || choice === 'dark') return { ...rest, theme: choice };
  if (choice === 'compact') return { ...rest, density: choice };
  if (choice === 'nokeys') return { ...rest, keys: 'off' };
  if (choice === 'system') delete rest.theme;
  if (choice === 'roomy') delete rest.density;
  if (choice === 'keys') delete rest.keys;
  return rest;
}

/** Whether that button shows the look that is on. */
export function isOn(look: Look, choice: string): boolean {
  return choice === 'system' ? !look.theme : choice === 'roomy' ? !look.density : choice === 'keys' ? !look.keys
    : choice === look.theme || choice === look.density || (choice === 'nokeys' && look.keys === 'off');
}

function current(): Look {
  const { bsTheme, density, keys } = document.documentElement.dataset;
  return parseLook([bsTheme, density, keys === 'off' ? 'nokeys' : ''].join('.'));
}

function apply(look: Look): void {
  const page = document.documentElement;
  set(page, 'data-bs-theme', look.theme);
  set(page, 'data-density', look.density);
  set(page, 'data-keys', look.keys);
  for (const button of document.querySelectorAll<HTMLElement>('[data-look]')) button.setAttribute('aria-pressed', String(isOn(look, button.dataset['look'] ?? '')));
}

function set(element: Element, name: string, value: string | undefined): void {
  if (value) element.setAttribute(name, value); else element.removeAttribute(name);
}

function keep(look: Look): void {
  // Two copies on one host share cookies: html data-look-cookie says this copy's name.
  const name = document.documentElement.dataset['lookCookie'] ?? COOKIE;
  const value = lookText(look);
  document.cookie = `${name}=${value}; path=/; max-age=${value ? 31_536_000 : 0}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
}

/** Buttons with data-look change theme, density and single keys at once; the server writes the attributes of <html> next time. */
export function theme(root: Document): void {
  for (const hidden of root.querySelectorAll<HTMLElement>('[data-look][hidden], [data-script][hidden]')) hidden.hidden = false;
  apply(current());
  root.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLElement>('[data-look]');
    if (!button) return;
    event.preventDefault(); // without script the button sends its form
    const look = chosen(current(), button.dataset['look'] ?? '');
    keep(look);
    apply(look);
  });
}
