// One key in many places at once: its transactions take their nonces in turn, and none is refused or lost.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands, run, scratch, start } from '../support/commands.mjs';
import { newBuyer, ordersOf, tokensOf } from '../support/market.mjs';
import { newWallet } from '../support/wallets.mjs';
import {
  activate,
  eventCount,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const names = Object.keys(commands);
const four = [0, 1, 2, 3];

/** Four runs of both commands at once, each with an event of its own; folderOf(i) is where the run i works. */
async function fourEvents(context, env, folderOf) {
  const operator = await newOperator(world);
  const all = { ...operator.env, ...env };
  const machineId = machineIdOf(await run('peaqos-native', activate, { cwd: scratch(context), env: all }));
  const before = await transactionCount(world, operator.address);
  const words = (i) => revenue(machineId, '--idempotency-key', `event ${i}`);
  const runs = four.map((i) => start(names[i % names.length], words(i), { cwd: folderOf(i), env: all }));
  for (const { code, stderr } of await Promise.all(runs.map(({ done }) => done))) {
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /rejected|Warning/);
  }
  assert.equal((await transactionCount(world, operator.address)) - before, 4);
  assert.equal(await eventCount(world, machineId), 4);
  return before;
}

const nonces = (rows) => rows.filter(({ status }) => status === 'pending').map(({ nonce }) => nonce);

test('four runs with one key in four folders', async (context) => {
  const folders = four.map(() => scratch(context));
  const first = await fourEvents(context, { HOME: scratch(context) }, (i) => folders[i]);
  const used = folders.flatMap((folder) => nonces(journal(folder)));
  assert.deepEqual(
    used.sort(),
    four.map((i) => first + i),
    'each took a nonce of its own, at the first try',
  );
});

test('four runs with one key in one folder, without a home directory', async (context) => {
  const folder = scratch(context);
  const first = await fourEvents(context, {}, () => folder);
  assert.deepEqual(
    nonces(journal(folder)).sort(),
    four.map((i) => first + i),
  );
});

test('two equal orders from two folders at once are two payments', async (context) => {
  const buyer = await newBuyer(world, context, { dollars: '6' });
  const wallet = await newWallet(scratch(context), buyer.agent.key);
  const env = { ...buyer.env, ...wallet, PEAQOS_RPC_URL: world.rpcUrl };
  const words = buyer.words('svc_price_signed', '-y').map((word) => (word === 'agent.token' ? buyer.tokenFile : word));
  const runs = names.map((name) => start(name, words, { cwd: scratch(context), env }));
  for (const { code, stderr } of await Promise.all(runs.map(({ done }) => done))) assert.equal(code, 0, stderr);
  const orders = await ordersOf(world, buyer.machine);
  assert.deepEqual(
    orders.map(({ status }) => status),
    ['delivered', 'delivered'],
  );
  assert.equal(await transactionCount(world, buyer.agent.address), 2);
  assert.equal(await tokensOf(world, buyer.agent.address), 3_000_000n);
});
