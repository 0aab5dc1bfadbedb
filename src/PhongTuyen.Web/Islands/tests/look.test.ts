import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const islands = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(islands, path), 'utf8');
const files = (folder: string, ending: string) => readdirSync(join(islands, folder)).filter(name => name.endsWith(ending)).map(name => `${folder}${name}`);

type Colours = Map<string, [light: string, dark: string]>;

function colours(css: string): Colours {
  return new Map([...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(match => [match[1]!.replace(/^pt-/, ''), [match[2]!, match[3]!]]));
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** What stands on what, and how clearly at least (WCAG 1.4.3 and 1.4.11). */
function tooFaint(palette: Colours): string[] {
  const grounds = ['bg', 'surface', 'raised', 'hover', 'accent-soft'].filter(name => palette.has(name));
  const pairs: [string, string, number][] = [
    ...['text', 'muted', 'accent', 'accent-strong'].flatMap(ink => grounds.map((ground): [string, string, number] => [ink, ground, 4.5])),
    ...['ok', 'watch', 'urgent', 'info'].flatMap(state => [`${state}-soft`, 'surface', 'bg'].map((ground): [string, string, number] => [state, ground, 4.5])),
    ...['ok-soft', 'watch-soft', 'urgent-soft', 'info-soft'].map((ground): [string, string, number] => ['text', ground, 4.5]),
    ['accent-text', 'accent', 4.5], ['accent-text', 'accent-strong', 4.5], ['line-strong', 'surface', 3], ['focus', 'surface', 3], ['focus', 'bg', 3],
  ];
  return pairs.flatMap(([ink, ground, least]) => [0, 1].flatMap(theme => {
    const [a, b] = [palette.get(ink)?.[theme], palette.get(ground)?.[theme]];
    if (!a || !b) return [`${ink} on ${ground}: not a colour`];
    return contrast(a, b) < least ? [`${ink} on ${ground}, ${theme ? 'dark' : 'light'}: ${contrast(a, b).toFixed(2)}`] : [];
  }));
}

it.each(['styles/tokens.css', 'styles/citizen.css'])('Every text of %s stands out, in both themes', path => {
  expect(tooFaint(colours(read(path)))).toEqual([]);
});

it('A faint colour is found', () => {
  const palette = colours(read('styles/tokens.css'));
  palette.set('muted', ['#9aa5a3', '#a6b4b1']);
  expect(tooFaint(palette)).toContain('muted on bg, light: 2.33');
});

it('The gallery needs no inline style or script, as the content policy allows none', () => {
  for (const page of files('gallery/', '.html')) expect(read(page).match(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/g) ?? [], page).toEqual([]);
});

it('Every class that the gallery uses is styled, and every icon is drawn', () => {
  const css = files('styles/', '.css').map(read).join('\n');
  const sprite = new Set([...read('icons.svg').matchAll(/id="([\w-]+)"/g)].map(match => match[1]));
  for (const page of files('gallery/', '.html').map(read)) {
    const classes = [...page.matchAll(/class="([^"]*)"/g)].flatMap(match => match[1]!.split(' ')).filter(name => /^(pt|ct|vb)-/.test(name));
    expect([...new Set(classes)].filter(name => !new RegExp(`\\.${name}(?![\\w-])`).test(css))).toEqual([]);
    expect([...page.matchAll(/icons\.svg#([\w-]+)/g)].map(match => match[1]).filter(name => !sprite.has(name))).toEqual([]);
  }
});

it('Nothing is kept in the storage of the browser', () => {
  for (const source of files('', '.ts')) expect(read(source).match(/localStorage|sessionStorage|indexedDB|caches\./g) ?? [], source).toEqual([]);
});
