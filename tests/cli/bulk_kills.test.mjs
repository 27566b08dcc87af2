// Commands over many lines, killed with -9 a hundred times at random moments, take effect once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { privateKeyToAddress } from 'viem/accounts';
import { commands, run, scratch } from '../support/commands.mjs';
import { killOften } from '../support/kill_often.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { journal, startWorld } from '../support/world.mjs';

const world = await startWorld(); // a block for each transaction, at once
const names = Object.keys(commands);

const linesOf = (text) =>
  text
    .split('\n')
    .slice(0, -1) // what a kill has cut off is no result
    .map((line) => JSON.parse(line));

/** No transaction that the log knows is left open. */
function assertSettled(cwd) {
  const last = new Map(journal(cwd).flatMap(({ tx_hash, status }) => (tx_hash ? [[tx_hash, status]] : [])));
  assert.deepEqual(
    [...last].filter(([, status]) => status === 'pending'),
    [],
  );
}

/** The machine's events on the chain: [{value, tx, block}]; an event's data begins with its type and its value. */
async function eventsOf(id) {
  const topics = [null, `0x${BigInt(id).toString(16).padStart(64, '0')}`];
  const filter = { address: world.addresses.EventRegistry, fromBlock: '0x0', topics };
  const logs = await world.rpc('eth_getLogs', [filter]);
  return logs.map(({ data, transactionHash, blockNumber }) => ({
    value: Number(BigInt(`0x${data.slice(66, 130)}`)),
    tx: transactionHash,
    block: Number(blockNumber),
  }));
}

test('2,000 events in a file, 100 kills', async (context) => {
  const count = 2000;
  const { id, env } = await operatorWithMachine(world, context, 'peaqos-native');
  const place = { cwd: scratch(context), env };
  const event = (value) => ({ machine_id: Number(id), type: 'revenue', value, ts: 1_776_945_600 });
  const text = Array.from({ length: count }, (_, index) => `${JSON.stringify(event(index + 1))}\n`).join('');
  writeFileSync(join(place.cwd, 'day.jsonl'), text);
  const words = ['qualify', 'events', 'day.jsonl', '-y', '--json', '--results', 'results.jsonl'];
  const told = [];
  await killOften({
    names,
    words: [...words, '--batch', '8', '--in-flight', '3'],
    place,
    kills: 100,
    reach: 18,
    seed: 20_261_127,
    each: ({ stdout }) => told.push(...linesOf(stdout)),
  });
  const before = (await eventsOf(id)).length;
  context.diagnostic(`${before} events were on the chain after 100 kills`);
  assert.ok(before > count / 4, 'most kills were in the middle of the work');

  const outcome = await run('peaqos-native', words, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(readFileSync(join(place.cwd, 'results.jsonl'), 'utf8'), outcome.stdout);
  assertSettled(place.cwd);
  const onChain = new Map((await eventsOf(id)).map((each) => [each.value, each]));
  assert.equal((await eventsOf(id)).length, count);
  assert.equal(onChain.size, count, 'each once');
  const results = linesOf(outcome.stdout);
  assert.deepEqual(new Set(results.map(({ line }) => line)).size, count);
  // What any run has said of a line is so: line n has the value n.
  for (const { line, status, tx_hash, block } of [...told, ...results]) {
    if (status === 'pending') continue;
    assert.equal(status, 'confirmed');
    assert.deepEqual(
      [tx_hash, block ?? onChain.get(line).block],
      [onChain.get(line).tx, onChain.get(line).block],
      `${line}`,
    );
  }
  const again = await run('peaqos', words, place);
  assert.deepEqual([again.code, linesOf(again.stdout).length], [0, count], again.stderr);
  assert.equal((await eventsOf(id)).length, count);
});

test('100 machines of a fleet, 20 kills', async (context) => {
  const count = 100;
  const operator = await operatorWithMachine(world, context, 'peaqos-native');
  await world.rpc('anvil_setBalance', [operator.address, `0x${(10n ** 21n).toString(16)}`]);
  const place = { cwd: operator.cwd, env: { ...operator.env, HOME: operator.cwd } };
  const machines = Array.from({ length: count }, (_, index) => {
    const key = `0x${randomBytes(32).toString('hex')}`;
    writeFileSync(join(place.cwd, `${index}.key`), key, { mode: 0o600 });
    return privateKeyToAddress(key);
  });
  const rows = machines.map((_, index) => `${index}.key,https://example.com/docs,https://example.com/data\n`);
  writeFileSync(join(place.cwd, 'fleet.csv'), `machine_key,doc_url,data_api\n${rows.join('')}`);
  const words = ['activate', '--fleet', 'fleet.csv', '--skip-funding', '--gas-per-machine', '0.05', '-y', '--json'];
  await killOften({ names, words, place, kills: 20, reach: 26, seed: 20_261_128 });

  const outcome = await run('peaqos-native', [...words, '--results', 'results.jsonl'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(readFileSync(join(place.cwd, 'results.jsonl'), 'utf8'), outcome.stdout);
  assertSettled(place.cwd);
  const logs = await world.rpc('eth_getLogs', [{ address: world.addresses.IdentityRegistry, fromBlock: '0x0' }]);
  const registered = new Map();
  for (const { topics } of logs) {
    if (topics.length !== 3) continue; // Registered(uint256 indexed, string, address indexed)
    const owner = `0x${topics[2].slice(26)}`;
    registered.set(owner, [...(registered.get(owner) ?? []), Number(BigInt(topics[1]))]);
  }
  const results = linesOf(outcome.stdout);
  assert.equal(results.length, count);
  for (const { line, machine, machine_id, token_id, status } of results) {
    assert.equal(machine, machines[line - 2], `line ${line}`);
    assert.deepEqual(registered.get(machine.toLowerCase()), [machine_id], machine);
    assert.deepEqual([status, token_id > 0], ['confirmed', true]);
    const balance = BigInt(await world.rpc('eth_getBalance', [machine, 'latest']));
    assert.ok(balance > 0n && balance <= 5n * 10n ** 16n, 'topped up once');
  }
  const planned = await run('peaqos-native', [...words, '--plan'], place);
  assert.deepEqual(JSON.parse(planned.stdout).plan.transactions, [], 'nothing is left to be done');
});
