// Comma-separated values as RFC 4180 has them; semicolons and tabs part them as well, as spreadsheets like to write.
// SPDX-License-Identifier: Apache-2.0

const separators = [',', ';', '\t'];

// The separator that the first line has most of.
function separatorOf(text) {
  const [line] = text.split(/\r?\n/, 1);
  return separators.toSorted((a, b) => line.split(b).length - line.split(a).length)[0];
}

/** Rows of fields; blank lines are left out. Throws for a quote without its end. */
export function parseCsv(text) {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows = [[]];
  let at = 0;
  while (at < source.length) {
    let field = '';
    if (source[at] === '"') {
      const quoted = /^"((?:[^"]|"")*)"/.exec(source.slice(at));
      if (!quoted) throw new Error('a quoted field has no closing quote');
      field = quoted[1].replaceAll('""', '"');
      at += quoted[0].length;
    }
    while (at < source.length && source[at] !== separator && !'\r\n'.includes(source[at])) field += source[at++];
    rows.at(-1).push(field.trim());
    if (source[at] === separator) {
      at++;
      if (at === source.length || '\r\n'.includes(source[at])) rows.at(-1).push('');
    }
    if ('\r\n'.includes(source[at] ?? ' ')) {
      at += source.startsWith('\r\n', at) ? 2 : 1;
      rows.push([]);
    }
  }
  return rows.filter((row) => row.some((field) => field !== ''));
}
