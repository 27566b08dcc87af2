// The table of faults in docs/reliability.md, from the matrix that commands are tested with: `node tests/docs/faults.mjs`
// writes it there.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faultsOf } from '../cli/faults/faults.mjs';

const page = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
const [begin, end] = ['<!-- faults -->\n', '<!-- end of faults -->\n'];

const chain = (method) => ({ name: `chain ${method}`, service: 'chain', calls: [{ method }], text: '{}' });
const requests = {
  'a read of the node': chain('eth_getBalance'),
  'a broadcast': chain('eth_sendRawTransaction'),
  'every look for a receipt': chain('eth_getTransactionReceipt'),
  'a read of an API': { name: 'mcr /mcr', service: 'mcr', calls: [], text: '{}' },
  'a funding request': { name: 'station /faucet/fund', service: 'station', calls: [], text: '{}' },
};

const once = ', once';
const columns = [...Object.keys(requests), 'one look for a receipt'];

// Faults that differ in a member's name only are one row.
const rowOf = (name) =>
  name
    .replace(once, '')
    .replace(/^\w+ answers (\w+: )?true$/, (_, member) => `${member ? 'a field' : 'a result'} of another type`);

function outcome({ killed, code }) {
  if (killed) return 'the next run goes on';
  return code === 0 ? '0' : '2';
}

function table() {
  const rows = new Map();
  for (const [column, request] of Object.entries(requests)) {
    for (const fault of faultsOf(request)) {
      const row = rowOf(fault.name);
      if (!rows.has(row)) rows.set(row, {});
      rows.get(row)[fault.name.endsWith(once) ? columns.at(-1) : column] = outcome(fault);
    }
  }
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return (
    `\n${line(['Fault', ...columns])}${line(['---', ...columns.map(() => '---')])}` +
    [...rows].map(([row, cells]) => line([row, ...columns.map((column) => cells[column] ?? '')])).join('') +
    '\n'
  );
}

/** The page as it is, and as it should be. */
export function current() {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  return { text, wanted: text.slice(0, from) + table() + text.slice(text.indexOf(end)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, current().wanted);
