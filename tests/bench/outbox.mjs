// Sends per second through the Outbox, beside the same transactions signed beforehand: the node's own ceiling.
// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { privateKeyToAccount } from 'viem/accounts';
import { newOperator, transactionCount } from '../support/world.mjs';
import { spawnTimed } from './spawn_timed.mjs';

const program = fileURLToPath(new URL('../../build/native/tests/bench/outbox_bench', import.meta.url));
const recipient = '0x5E11e10000000000000000000000000000000000';
const COUNT = 1000;
const PER_REQUEST = 100; // as many as the Outbox sends in one array

// Seconds from the first byte sent to the last receipt, by transactions that were signed before.
async function presigned(world) {
  const { key, address } = await newOperator(world);
  const account = privateKeyToAccount(key);
  const fees = { gas: 25_200n, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 10n ** 9n };
  const signed = await Promise.all(
    Array.from({ length: COUNT }, (_, nonce) =>
      account.signTransaction({ chainId: world.chainId, type: 'eip1559', to: recipient, nonce, ...fees }),
    ),
  );
  const post = async (calls) =>
    (
      await fetch(world.rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))),
      })
    ).json();
  const start = performance.now();
  for (let at = 0; at < COUNT; at += PER_REQUEST) {
    const part = signed.slice(at, at + PER_REQUEST);
    await post(part.map((raw) => ({ method: 'eth_sendRawTransaction', params: [raw] })));
  }
  while ((await transactionCount(world, address)) < COUNT) await setTimeout(5);
  return (performance.now() - start) / 1000;
}

async function throughOutbox(world) {
  const { key } = await newOperator(world);
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-bench-'));
  try {
    const words = [program, world.rpcUrl, String(world.chainId), String(COUNT), recipient];
    const { stdout, stderr } = await spawnTimed(words, { cwd, env: { HOME: cwd }, input: `${key}\n` });
    if (!stdout) throw new Error(`outbox_bench failed: ${stderr}`);
    const { seconds, confirmed } = JSON.parse(stdout);
    if (confirmed !== COUNT) throw new Error(`${confirmed} of ${COUNT} transactions were confirmed`);
    return seconds;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Adds its rows to the table. */
export async function measureOutbox(world, row) {
  const [own, ceiling] = [await throughOutbox(world), await presigned(world)];
  const rate = (seconds) => `${(COUNT / seconds).toFixed(0)} a second`;
  row(`${COUNT} transactions, presigned: the node's ceiling`, rate(ceiling));
  row(
    'the same through the Outbox: estimated, signed, journalled, confirmed',
    `${rate(own)}, ${(ceiling / own).toFixed(2)}x`,
  );
}
