/**
 * The address under which the browser keeps a page that was the answer to a form, so that back and reload show it instead of asking whether
 * to send the form again: [data-address], else the page's own address without the act that was asked for.
 */
export function keptAddress(root: ParentNode, here: string): string | null {
  const own = root.querySelector<HTMLElement>('[data-address]')?.dataset['address'];
  if (own) return own;
  if (!root.querySelector('.pt-errors, form[data-guard="dirty"]')) return null;
  const address = new URL(here);
  address.searchParams.delete('handler');
  return address.pathname + address.search;
}

export function keepHistory(root: Document): void {
  const address = keptAddress(root, location.href);
  if (address) history.replaceState(history.state, '', address);
}
