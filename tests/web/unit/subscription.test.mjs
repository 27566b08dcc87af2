// Machines with a subscription: what the chain says of them, when it is read, what is told, and what needs attention.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from '../../../web/src/activity/words.mjs';
import { isMachineDid, subscribedId } from '../../../web/src/format/did.mjs';
import { byAttention, filtered } from '../../../web/src/rooms/fleet/rows.mjs';
import { attention } from '../../../web/src/store/attention.mjs';
import { standardRules } from '../../../web/src/store/rules.mjs';
import { chainFacts, daysLeft, isRenewable, pauseWords, statusOf } from '../../../web/src/store/subscription.mjs';
import { ChainStates } from '../../../web/src/worker/store/chain_states.mjs';
import { Fleet } from '../../../web/src/worker/store/fleet.mjs';
import { pack, unpack } from '../../../web/src/worker/store/kept.mjs';

const now = 1_800_000_000_000;
const seconds = now / 1000;
const day = 86_400;
const id = (number) => `${'7'.repeat(70)}${number}`;
const did = (number) => `did:peaq:${id(number)}`;
const listed = (number) => ({
  did: did(number),
  machine_id: id(number),
  mcr: 'A',
  mcr_score: 66,
  negative_flag: false,
});
const state = (number, { status = 'active', ends = seconds + 100 * day, flags = {} } = {}) => ({
  machine_id: id(number),
  subscription: { status, tier_name: 'entry', period_end: String(ends), bonded_amount: '5' },
  pause_flags: { general: false, technical: false, operator: false, subscription: false, ...flags },
});

function fleetOf(count) {
  const fleet = new Fleet('did:peaq:0xAA');
  fleet.applyList({ machines: Array.from({ length: count }, (_, at) => listed(at)) }, standardRules, now);
  return fleet;
}
const apply = (fleet, number, facts) =>
  fleet.applyChain(did(number), chainFacts(state(number, facts)), standardRules, now);

test('DIDs by a decimal ID have a subscription; those by an address do not', () => {
  assert.equal(subscribedId(did(1)), id(1));
  assert.equal(subscribedId(`did:peaq:0x${'a'.repeat(40)}`), undefined);
  assert.equal(subscribedId('did:peaq:007'), undefined);
  assert.ok(isMachineDid(did(1)) && isMachineDid(`did:peaq:0x${'a'.repeat(40)}`));
  assert.ok(!isMachineDid('did:peaq:0x12') && !isMachineDid('charger'));
});

test('days that are left are whole ones, negative after the end', () => {
  assert.equal(daysLeft({ status: 'active', ends: seconds + 2.9 * day }, seconds), 2);
  assert.equal(daysLeft({ status: 'grace', ends: seconds - 1 }, seconds), -1);
  assert.equal(daysLeft({ status: 'not_activated', ends: 0 }, seconds), undefined);
  assert.equal(statusOf({ status: 'runoff' })[1], 'Losing its bond');
  assert.ok(isRenewable({ status: 'grace' }) && !isRenewable({ status: 'terminated' }) && !isRenewable(undefined));
  assert.equal(pauseWords(['operator', 'technical']), 'Suspended, Paused for technical reasons');
});

test('what needs attention of a subscription, the most urgent first', () => {
  const fleet = fleetOf(6);
  apply(fleet, 0);
  apply(fleet, 1, { ends: seconds + 10 * day });
  apply(fleet, 2, { status: 'grace', ends: seconds - day });
  apply(fleet, 3, { status: 'runoff', ends: seconds - 40 * day });
  apply(fleet, 4, { flags: { operator: true } });
  apply(fleet, 5, { flags: { technical: true } });
  const rows = [...fleet.rows.values()];
  const why = (row) => attention(row, standardRules, seconds);
  assert.deepEqual(rows.map(why), [undefined, 'Ends soon', 'In grace', 'Losing its bond', 'Suspended', 'Paused']);
  assert.deepEqual(byAttention(rows, standardRules, seconds).map(why), [
    'Losing its bond',
    'In grace',
    'Suspended',
    'Paused',
    'Ends soon',
    undefined,
  ]);
  const off = { ...standardRules, subscription: null };
  assert.equal(attention(rows[1], off, seconds), undefined);
});

test('the filter knows days and pauses', () => {
  const fleet = fleetOf(3);
  apply(fleet, 0, { ends: seconds + 5 * day });
  apply(fleet, 1, { flags: { operator: true } });
  const labels = { of: () => ({}), nameOfRow: (row) => row.machine_id };
  const found = (search) =>
    filtered([...fleet.rows.values()], { search, chosen: [] }, { rules: standardRules, now: seconds, labels }).map(
      (row) => row.did,
    );
  assert.deepEqual(found('days:<30'), [did(0)]);
  assert.deepEqual(found('paused:yes'), [did(1)]);
});

test('the first sight is no news; a change is, in words', () => {
  const fleet = fleetOf(1);
  assert.deepEqual(apply(fleet, 0, { ends: seconds + 10 * day }), []);
  const kinds = (entries) => entries.map(({ kind, tone }) => `${kind} ${tone}`);
  assert.deepEqual(kinds(apply(fleet, 0, { status: 'grace', ends: seconds - 1 })), ['subscription warn']);
  assert.deepEqual(kinds(apply(fleet, 0, { ends: seconds + 90 * day })), ['subscription good']);
  assert.deepEqual(kinds(apply(fleet, 0, { ends: seconds + 120 * day })), ['renewed good']);
  assert.deepEqual(kinds(apply(fleet, 0, { ends: seconds + 120 * day, flags: { operator: true } })), ['paused warn']);
  // Time passes, and the rule tells of the end.
  const later = now + 95 * day * 1000;
  const [ending] = fleet.judgeAll(standardRules, later);
  assert.equal(ending.kind, 'ending');
  assert.equal(wordsOf({ ...ending, at: later }, () => 'Sensor 7').title, 'The subscription of Sensor 7 ends in 25 d');
  assert.match(wordsOf({ kind: 'paused', paused: ['operator'], name: 'Sensor' }).text, /Suspended/);
});

test('the vault keeps it', async () => {
  const fleet = fleetOf(1);
  apply(fleet, 0);
  const rows = [...fleet.rows.values()];
  const { fleets } = await unpack(await pack({ fleets: [{ operator: 'x', asOf: now, rows }] }));
  assert.deepEqual(fleets[0].rows[0].chain, rows[0].chain);
  assert.equal(fleets[0].rows[0].chainAt, now);
});

/** A reader whose node answers with `answer(machineIds)`; `asked` are the groups of IDs. */
function reader(answer) {
  const world = { now, asked: [], answers: [] };
  world.reader = new ChainStates(
    {
      call: async (operation, { machineIds }) => {
        assert.equal(operation, 'machineStatuses');
        world.asked.push(machineIds);
        return answer(machineIds);
      },
      clock: () => world.now,
      random: () => 1,
      timers: { setTimeout: () => {}, clearTimeout: () => {} },
    },
    (fleet, answers) => {
      for (const { did: own, chain } of answers) fleet.applyChain(own, chain, standardRules, world.now);
    },
  );
  world.tick = async (fleet, view = [], visible = true) => {
    world.reader.tick(fleet, { visible, view, every: 30_000 }, world.now);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return world;
}
const answerAll = (ids) => ids.map((one) => state(0, {}) && { ...state(0), machine_id: one });

test('states are read in groups, rows in view first, and again after ten minutes', async () => {
  const fleet = fleetOf(100);
  const world = reader(answerAll);
  await world.tick(fleet, [did(99)]);
  assert.equal(world.asked[0].length, 90);
  assert.equal(world.asked[0][0], id(99));
  await world.tick(fleet);
  assert.equal(world.asked[1].length, 10);
  await world.tick(fleet);
  assert.equal(world.asked.length, 2, 'everything is known');
  world.now += 61_000;
  await world.tick(fleet, [did(5)]);
  assert.deepEqual(world.asked[2], [id(5)]);
  world.now += 601_000;
  await world.tick(fleet, [], false);
  assert.equal(world.asked.length, 3, 'slower while nobody looks');
  await world.tick(fleet);
  assert.equal(world.asked.length, 4);
  world.reader.again(fleet, [did(7)]);
  await world.tick(fleet);
  assert.ok(world.asked[4].includes(id(7)));
});

test('a node that does not answer is asked again later, and what is known stays', async () => {
  const fleet = fleetOf(1);
  let broken = false;
  const world = reader((ids) => {
    if (broken) throw Object.assign(new Error('reset'), { kind: 'network', code: 'CONNECTION_RESET' });
    return answerAll(ids);
  });
  await world.tick(fleet);
  broken = true;
  world.now += 700_000;
  await world.tick(fleet);
  assert.equal(world.reader.problem.code, 'CONNECTION_RESET');
  await world.tick(fleet);
  assert.equal(world.asked.length, 2, 'not before the pause');
  assert.equal(fleet.rows.get(did(0)).chain.status, 'active');
  broken = false;
  world.now += 3000;
  await world.tick(fleet);
  assert.equal(world.reader.problem, undefined);
});

test('machines by address are never asked about, and one that the chain does not have is not asked again at once', async () => {
  const fleet = new Fleet('did:peaq:0xAA');
  const first = { ...listed(0), did: `did:peaq:0x${'a'.repeat(40)}`, machine_id: 1 };
  fleet.applyList({ machines: [first, listed(1)] }, standardRules, now);
  const world = reader((ids) => ids.map((one) => ({ machine_id: one, error: { code: 'MACHINE_NOT_FOUND' } })));
  await world.tick(fleet);
  await world.tick(fleet);
  assert.deepEqual(world.asked, [[id(1)]]);
  assert.equal(fleet.rows.get(did(1)).chain, undefined);
});
