// A machine's life: activated, its events recorded, one by one and 500 from a file, rated; then a second one, funded and
// activated for its owner, and ten more at once.
// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const urls = '--doc-url https://example.com/robot --data-api https://example.com/robot/data';

// What a charger records in a day: a line for each session.
function sessions(count) {
  const first = Math.floor(Date.now() / 1000) - 86_400;
  const lines = Array.from({ length: count }, (_, i) => ({
    machine_id: 1,
    type: 'revenue',
    value: 350 + (i % 97),
    currency: 'EUR',
    ts: first + 120 * i,
    id: `session-${i + 1}`,
  }));
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

// Ten chargers whose keys come from one phrase.
function chargers() {
  const rows = Array.from({ length: 10 }, (_, index) => {
    const site = `https://example.com/chargers/${index + 1}`;
    return `chargers,${index},${site},${site}/data`;
  });
  return `wallet,index,doc_url,data_api\n${rows.join('\n')}\n`;
}

/** Plays it; `machine` is the address of the second machine, its key in machine.key. */
export async function live(run, { folder, operator, machine }) {
  const did = `did:peaq:${operator}`;
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+/, '');
  writeFileSync(join(folder, 'invoice.json'), '{"invoice": 17, "kWh": 31.4}\n');
  const event = `qualify event --machine-id 1 --ts ${yesterday}`;
  await run('--version');
  await run('whoami');
  await run(`activate ${urls}`);
  await run(`activate ${urls}`);
  await run(`${event} --type revenue --value 125000 --currency EUR --raw-data invoice.json`);
  await run(`${event} --type activity --value 1 --trust hardware`);
  writeFileSync(join(folder, 'sessions.jsonl'), sessions(500));
  await run('qualify events sessions.jsonl -y');
  await run(`qualify mcr ${did}`);
  await run(`show machine ${did}`);
  await run(`activate --for ${machine} --machine-key machine.key ${urls}`);
  await run('wallet create chargers');
  writeFileSync(join(folder, 'chargers.csv'), chargers());
  await run('activate --fleet chargers.csv --gas-per-machine 0.1 -y');
  await run(`show operator machines ${did}`);
}
