import { Combobox, pickerUrl } from './combobox.ts';

/** <div class="pt-unit" data-src="/api/units" data-kind="quarantine">: units that this person may see. */
export function unitPicker(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>('.pt-unit[data-src]')) {
    new Combobox(box, query => pickerUrl(box.dataset['src'] ?? '', query, { kind: box.dataset['kind'] }));
  }
}
