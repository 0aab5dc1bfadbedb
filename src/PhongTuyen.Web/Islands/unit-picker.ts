import { Combobox, pickerUrl } from './combobox.ts';

/** The line below a unit's name is its telephone, which does not belong into the field. <div class="pt-unit" data-src="/api/units" data-kind="quarantine">: units that this person may see. */
export function unitPicker(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>('.pt-unit[data-src]')) {
    new Combobox(box, query => pickerUrl(box.dataset['src'] ?? '', query, { kind: box.dataset['kind'] }), choice => choice.name);
  }
}
