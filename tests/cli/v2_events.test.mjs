// Events of machines of generation 2.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { env2, newMachine2, newOperator2, operatorWithMachine2, read2 } from '../support/machines2.mjs';
import { eventCount, journal, revenue, startWorld, story } from '../support/world.mjs';

const world = await startWorld();
const control = world.control.generation2;
const DAY = 86_400;
const errorOf = ({ stdout }) => JSON.parse(stdout).error;
const countOf = async (id) => Number(await read2(world, 'EventRegistry2', 'getEventCount', BigInt(id)));

async function placeOf(context, options) {
  const operator = await operatorWithMachine2(world, options);
  return { ...operator, cwd: scratch(context) };
}

testBoth('an event goes to the registry of its generation', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  const outcome = await run(command, revenue(id, '--json'), { env, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  const result = JSON.parse(outcome.stdout);
  assert.deepEqual([result.machineId, result.value, result.type], [id, '125', 'revenue']);
  assert.equal(await countOf(id), 1);
  assert.equal(journal(cwd)[0].machine_id, id);
  assert.deepEqual(story(cwd), ['submit_event pending', 'submit_event confirmed']);
  const text = await run(command, revenue(id, '--idempotency-key', 'a'), { env, cwd });
  assert.match(text.stdout, new RegExp(`Machine ID: +${id}\n`));
  const again = await run(command, revenue(id, '--idempotency-key', 'a'), { env, cwd });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await countOf(id), 2);
});

testBoth('the controller may submit as well', async (command, context) => {
  const [owner, controller] = [await newOperator2(world), await newOperator2(world)];
  const id = await newMachine2(world, owner.address, { controller: controller.address });
  const outcome = await run(command, revenue(id), { env: controller.env, cwd: scratch(context) });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(await countOf(id), 1);
});

testBoth('what the registry refuses is told before anything is sent', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  const stranger = await newOperator2(world);
  const unknown = '37222119991172734666417834614057038604272620479060376051357544533066358509356';
  const refused = async (words, there, code, exit) => {
    const outcome = await run(command, [...words, '--json'], there);
    assert.deepEqual([outcome.code, errorOf(outcome).code], [exit, code], outcome.stderr);
    assert.equal(errorOf(outcome).sent, 'nothing');
  };
  await refused(revenue(unknown), { env, cwd }, 'MACHINE_NOT_FOUND', 2);
  await refused(revenue(id), { env: stranger.env, cwd }, 'NOT_OWNER_OR_CONTROLLER', 2);
  writeFileSync(join(cwd, 'large'), 'x'.repeat(4097));
  await refused(revenue(id, '--metadata', 'large'), { env, cwd }, 'METADATA_TOO_LARGE', 1);
  await control.setRelocating(BigInt(id), true);
  await refused(revenue(id), { env, cwd }, 'MACHINE_HOMED_ELSEWHERE', 2);
  await control.setRelocating(BigInt(id), false);
  await control.moveAway(BigInt(id));
  await refused(revenue(id), { env, cwd }, 'MACHINE_HOMED_ELSEWHERE', 2);
});

testBoth('a machine without a subscription has no events', async (command, context) => {
  const operator = await newOperator2(world);
  const id = String(await control.onboardUnsubscribed(operator.address, { credentialSubject: operator.key }));
  const outcome = await run(command, [...revenue(id), '--json'], { env: operator.env, cwd: scratch(context) });
  assert.deepEqual([outcome.code, errorOf(outcome).code], [1, 'SUBSCRIPTION_NOT_ELIGIBLE']);
  assert.match(outcome.stderr, /not_activated/);
});

testBoth('a deployment without a registry says so', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  const agung = { ...env, PEAQOS_NETWORK: 'testnet', PEAQOS_DEPLOYMENT_ID: 'agung-2026-08-28' };
  const outcome = await run(command, [...revenue(id), '--json'], { env: agung, cwd });
  assert.deepEqual([outcome.code, errorOf(outcome).code], [3, 'ADDRESSES_UNSET']);
});

testBoth('ids of generation 2 are not sent to the registry of generation 1', async (command, context) => {
  const { id, env } = await operatorWithMachine(world, context, command);
  const second = await newMachine2(world, (await newOperator2(world)).address);
  const outcome = await run(command, [...revenue(second), '--json'], { env, cwd: scratch(context) });
  assert.deepEqual([outcome.code, errorOf(outcome).code], [3, 'OTHER_GENERATION']);
  const first = await run(command, revenue(id), { env, cwd: scratch(context) });
  assert.equal(first.code, 0, first.stderr);
  assert.equal(await eventCount(world, id), 1);
});

testBoth('a file of events goes out in groups, and once', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  const second = await newMachine2(world, address);
  const line = (machine, value) => ({ machine_id: machine, type: 'revenue', value: String(value), ts: '1776945600' });
  const stranger = await newMachine2(world, (await newOperator2(world)).address);
  const lines = [...Array.from({ length: 10 }, (_, i) => line(i % 2 ? id : second, i)), line(stranger, 99)];
  writeFileSync(join(cwd, 'day.jsonl'), lines.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const words = ['qualify', 'events', 'day.jsonl', '-y', '--json'];
  const outcome = await run(command, words, { env, cwd });
  assert.equal(outcome.code, 2, outcome.stderr);
  const results = outcome.stdout
    .trim()
    .split('\n')
    .map((entry) => JSON.parse(entry));
  assert.equal(results.filter(({ status }) => status === 'confirmed').length, 10);
  assert.match(results.find(({ status }) => status === 'rejected').reason, /neither the machine's owner nor/);
  await run(command, words, { env, cwd });
  assert.deepEqual([await countOf(id), await countOf(second)], [5, 5]);
});

testBoth('grace still counts, runoff does not', async (command, context) => {
  const own = await startWorld({ generations: [2] });
  const operator = await newOperator2(own);
  const env = env2(own, operator);
  const id = await newMachine2(own, operator.address);
  const cwd = scratch(context);
  await own.control.generation2.advance(366 * DAY);
  const grace = await run(command, revenue(id), { env, cwd });
  assert.equal(grace.code, 0, grace.stderr);
  await own.control.generation2.advance(31 * DAY);
  const runoff = await run(command, [...revenue(id), '--json'], { env, cwd });
  assert.deepEqual([runoff.code, errorOf(runoff).code], [1, 'SUBSCRIPTION_NOT_ELIGIBLE']);
  const renewed = await run(command, ['machine', 'subscription', 'renew', id, '-y', '--json'], { env, cwd });
  assert.equal(renewed.code, 0, renewed.stderr);
  await own.control.generation2.advance(2000 * DAY);
  const over = await run(command, ['machine', 'subscription', 'renew', id, '-y', '--json'], { env, cwd });
  assert.deepEqual([over.code, errorOf(over).code], [2, 'ALREADY_TERMINATED']);
});

testBoth('an event is prepared, signed without a network, and sent', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  for (const settings of [env, { ...env, PEAQOS_DEPLOYMENT_ID: '' }]) {
    const before = await countOf(id);
    const file = `event-${before}.json`;
    const prepared = await run(command, revenue(id, '--unsigned', file), { env: settings, cwd });
    assert.equal(prepared.code, 0, prepared.stderr);
    const { PEAQOS_RPC_URL: _node, ...alone } = settings;
    const signed = await run(command, ['sign', file, '-y'], { env: alone, cwd });
    assert.equal(signed.code, 0, signed.stderr);
    assert.match(signed.stderr, new RegExp(`machineId: +${id}\n`));
    const sent = await run(command, ['send', file, '--json'], { env: settings, cwd });
    assert.equal(sent.code, 0, sent.stderr);
    assert.equal(await countOf(id), before + 1);
    assert.equal(journal(cwd).at(-1).machine_id, id);
    const again = await run(command, ['send', file, '--json'], { env: settings, cwd });
    assert.equal(JSON.parse(again.stdout).earlier, true);
    assert.equal(await countOf(id), before + 1);
  }
  // A file for the other generation's registry is none of these settings.
  const first = await operatorWithMachine(world, context, command);
  const words = revenue(first.id, '--unsigned', 'first.json');
  assert.equal((await run(command, words, { env: first.env, cwd })).code, 0);
  const other = await run(command, ['sign', 'first.json', '-y'], { env, cwd });
  assert.equal(other.code, 3);
  assert.match(other.stderr, /and the event registry is 0x/);
});
