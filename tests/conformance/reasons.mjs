// The accepted differences by their reasons, as README.md shows them: `node tests/conformance/reasons.mjs` writes the
// table there.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accepted } from './accepted/index.mjs';
import { cases } from './cases/index.mjs';

const readme = fileURLToPath(new URL('README.md', import.meta.url));
const [begin, end] = ['<!-- reasons -->\n', '<!-- end of reasons -->\n'];

function table() {
  const counts = new Map();
  for (const { reason } of accepted) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const key = (reason) => reason.replace(/^decision (\d+)/, (_, number) => number.padStart(3, '0'));
  const rows = [...counts].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
  const sum = `${cases.length} cases; ${accepted.length} accepted differences for ${rows.length} reasons:`;
  return `\n${sum}\n\n| Reason | Rows |\n| --- | --- |\n${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}\n`;
}

/** README.md as it should be. */
export function current() {
  const text = readFileSync(readme, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  return { text, wanted: text.slice(0, from) + table() + text.slice(text.indexOf(end)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(readme, current().wanted);
