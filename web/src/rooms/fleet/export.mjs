// A fleet as files.
// SPDX-License-Identifier: Apache-2.0

const fields = ['machine_id', 'did', 'mcr', 'mcr_score', 'negative_flag'];
const more = { name: 'name', bond_status: 'bond', event_count: 'events', last_updated: 'updated' };

/** Rows as objects with the members of the files; what is not known is null. */
export const exported = (rows) =>
  rows.map((row) => {
    const details = row.details ?? {};
    return Object.fromEntries([
      ...fields.map((name) => [name, row[name]]),
      ...Object.entries(more).map(([name, own]) => [name, details[own] ?? null]),
    ]);
  });

// RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises.
function cell(value) {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(objects) {
  const names = Object.keys(objects[0] ?? {});
  return [names, ...objects.map(Object.values)].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
