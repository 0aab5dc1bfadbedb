import { beforeEach, expect, it } from 'vitest';
import { chosen, lookText, parseLook, theme } from '../theme.ts';

theme(document);
beforeEach(() => {
  for (const name of ['data-bs-theme', 'data-density', 'data-keys']) document.documentElement.removeAttribute(name);
  document.body.innerHTML = '<button data-look="dark"></button><button data-look="compact"></button><button data-look="system"></button>';
});

it('The cookie holds words and nothing else', () => {
  expect(parseLook('dark.compact.nokeys')).toEqual({ theme: 'dark', density: 'compact', keys: 'off' });
  expect(parseLook('nguyen-van-a.<script>')).toEqual({});
  expect(lookText(parseLook('nokeys.light.x'))).toBe('light.nokeys');
  expect(lookText({})).toBe('');
});

it('A choice replaces what it contradicts and keeps the rest', () => {
  expect(chosen({ theme: 'dark', density: 'compact' }, 'light')).toEqual({ theme: 'light', density: 'compact' });
  expect(chosen({ theme: 'dark', density: 'compact' }, 'system')).toEqual({ density: 'compact' });
  expect(chosen({ keys: 'off' }, 'keys')).toEqual({});
});

it('A button changes the page at once, keeps the choice, and shows that it is on', () => {
  const [dark, compact, system] = [...document.querySelectorAll('button')];
  dark!.click();
  compact!.click();
  expect(document.documentElement.getAttribute('data-bs-theme')).toBe('dark');
  expect(document.documentElement.getAttribute('data-density')).toBe('compact');
  expect(document.cookie).toContain('pt-look=dark.compact');
  expect([dark, compact, system].map(button => button!.getAttribute('aria-pressed'))).toEqual(['true', 'true', 'false']);
  system!.click();
  expect(document.documentElement.hasAttribute('data-bs-theme')).toBe(false);
});
