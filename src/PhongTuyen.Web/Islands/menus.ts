/** Closes details[data-menu] on Escape, on a click outside, and when the focus leaves. They open and close without script as well. */
export function menus(root: Document): void {
  const close = (but: Node | null) => {
    for (const menu of root.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) if (!menu.contains(but)) menu.open = false;
  };
  root.addEventListener('click', event => close(event.target as Node));
  root.addEventListener('focusin', event => close(event.target as Node));
  root.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const menu = (root.activeElement ?? root.body).closest<HTMLDetailsElement>('details[data-menu][open]');
    close(null);
    menu?.querySelector('summary')?.focus();
  });
}
