// CSV as the lists are written: UTF-8 without a mark, commas, quotes only where needed, one line feed a row.

/** The rows of a text as objects, by the names of its first line. */
export function read(text) {
  const rows = [];
  for (const line of text.split('\n').filter(Boolean)) {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(m => m[1]?.replaceAll('""', '"') ?? m[2]);
    rows.push(cells);
  }
  const [names, ...rest] = rows;
  return rest.map(cells => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
}

export function write(names, rows) {
  const cell = value => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return [names, ...rows.map(row => names.map(name => row[name]))].map(row => row.map(cell).join(',') + '\n').join('');
}
