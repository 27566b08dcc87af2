// A fleet that earns: an operator with machines of its own, each with a few weeks of events.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps/shell.mjs';

const day = 86_400;

// Per machine: how many events, how many days apart, how much each brings, and how far it can be trusted.
const lives = [
  { events: 6, every: 7, cents: 184_000, trust: 'hardware' },
  { events: 4, every: 9, cents: 42_300, trust: 'self' },
  { events: 8, every: 6, cents: 905_000, trust: 'hardware' },
  { events: 1, every: 6, cents: 7_450, trust: 'self' },
  { events: 4, every: 11, cents: 64_000, trust: 'hardware' },
  { events: 2, every: 35, cents: 23_000, trust: 'self' },
  { events: 0 },
  { events: 2, every: 10, cents: 12_800, trust: 'self' },
];
const best = 2;

// No two days are alike: within a quarter of what is usual.
const varied = (cents, count) => Math.round(cents * (1 + Math.sin(5 * count) / 4));

async function run(folder, words) {
  const child = spawn('node', [join(root, 'node-cli/dist/peaqos.cjs'), ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (said += part));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`peaqos ${words.join(' ')} exited with ${code}:\n${said}`);
  return said;
}

/** Makes it with the commands of a folder whose `.env` names the devnet and the operator; the DID of its best machine. */
export async function growFleet(world, folder) {
  const { privateKeyToAddress } = await import('viem/accounts');
  const urls = ['--doc-url', 'https://example.com/chargers', '--data-api', 'https://example.com/chargers/data'];
  await run(folder, ['activate', ...urls]);
  const now = Math.floor(Date.now() / 1000);
  const dids = [];
  for (const { events, every, cents, trust } of lives) {
    const key = `0x${randomBytes(32).toString('hex')}`;
    writeFileSync(join(folder, 'machine.key'), key, { mode: 0o600 });
    const machine = privateKeyToAddress(key);
    await world.rpc('anvil_setBalance', [machine, `0x${(10n ** 18n).toString(16)}`]);
    const said = await run(folder, ['activate', '--for', machine, '--machine-key', 'machine.key', ...urls]);
    const id = /Machine ID:\s+(\d+)/.exec(said)[1];
    for (let count = events; count > 0; --count) {
      const ts = String(now - count * every * day);
      const facts = ['--type', 'revenue', '--value', String(varied(cents, count)), '--trust', trust, '--ts', ts];
      await run(folder, ['qualify', 'event', '--machine-id', id, ...facts]);
    }
    dids.push(`did:peaq:${machine}`);
  }
  return dids[best];
}
