import { Combobox, pickerUrl } from './combobox.ts';

/**
 * <div class="pt-area" data-src="/api/areas" data-as-of="2021-08-05" data-level="commune">: names as they were valid on that day.
 * With data-as-of-from="#field" the day is read from that field (dd/MM/yyyy) when looking up.
 */
export function areaPicker(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>('.pt-area[data-src]')) {
    new Combobox(box, query => pickerUrl(box.dataset['src'] ?? '', query, { asOf: asOf(box), level: box.dataset['level'], within: box.dataset['within'] }));
  }
}

function asOf(box: HTMLElement): string | undefined {
  const field = box.dataset['asOfFrom'] ? document.querySelector<HTMLInputElement>(box.dataset['asOfFrom']) : null;
  const day = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(field?.value ?? '');
  return day ? `${day[3]}-${day[2]}-${day[1]}` : box.dataset['asOf'];
}
