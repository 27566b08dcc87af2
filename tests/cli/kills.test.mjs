// A writing command is killed with -9 at each of its requests, and run again: everything took effect once.
// scale_recovery.test.mjs does the same with orders.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands, scratch } from '../support/commands.mjs';
import { killedAt } from '../support/kill_at.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import {
  activate,
  eventCount,
  journal,
  newOperator,
  revenue,
  startWorld,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const names = Object.keys(commands);

/** No transaction of the log is left open: its last row is not "pending". */
function assertSettled(cwd, where) {
  const last = new Map(journal(cwd).map(({ tx_hash: hash, status }) => [hash, status]));
  assert.deepEqual(
    [...last.values()].filter((status) => status === 'pending'),
    [],
    where,
  );
}

/** Each request in turn, by both commands alternately, until a run is through before its number comes. */
async function killEverywhere(context, when, { prepare, check, least }) {
  for (let number = 1; ; ++number) {
    const command = names[(number + (when === 'after' ? 1 : 0)) % names.length];
    const { words, ...place } = await prepare(context, command);
    const { first, second } = await killedAt(number, when, command, words, place, ['PEAQOS_RPC_URL']);
    const where = `killed ${when} request ${number} [${command}]: ${second.stderr}`;
    assert.equal(second.code, 0, where);
    assertSettled(place.cwd, where);
    await check({ ...place, outcome: second, where });
    if (first.signal !== 'SIGKILL') {
      assert.ok(number > least, `${number} requests`);
      return;
    }
  }
}

const stories = {
  'an activation': {
    least: 6,
    async prepare(context) {
      const operator = await newOperator(world);
      return { operator, words: activate, cwd: scratch(context), env: operator.env };
    },
    async check({ operator, where }) {
      assert.equal(await transactionCount(world, operator.address), 3, where); // registration, NFT, DID
    },
  },
  'an activation for a machine': {
    least: 8,
    async prepare(context, command) {
      const [operator, machine] = [await operatorWithMachine(world, context, command), await newOperator(world)];
      const { cwd } = operator;
      operator.before = await transactionCount(world, operator.address);
      writeFileSync(join(cwd, 'machine.key'), machine.key, { mode: 0o600 });
      const words = [...activate, '--for', machine.address, '--machine-key', 'machine.key'];
      return { operator, machine, words, cwd, env: operator.env };
    },
    async check({ operator, machine, where }) {
      const sent = (await transactionCount(world, operator.address)) - operator.before;
      assert.equal(sent, 3, where); // registration, NFT, list of machines
      assert.equal(await transactionCount(world, machine.address), 1, where); // its DID
    },
  },
  'an event': {
    least: 2,
    async prepare(context, command) {
      const { id, cwd, env } = await operatorWithMachine(world, context, command);
      return { id, words: revenue(id), cwd, env };
    },
    async check({ id, where }) {
      assert.equal(await eventCount(world, id), 1, where);
    },
  },
};

for (const [name, story] of Object.entries(stories))
  for (const when of ['before', 'after'])
    test(`${name}, killed ${when} each request`, (context) => killEverywhere(context, when, story));
