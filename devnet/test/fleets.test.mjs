// The load aid of the MCR API: long lists of machines, in pages, at once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bond, startWorld } from './operator.mjs';

let world, operator, machine, stranger;
before(async () => {
  ({
    world,
    operators: [operator, machine, stranger],
  } = await startWorld());
});
after(() => world.stop());

const list = async ({ did }, query = '') => (await fetch(`${world.urls.mcr}/operator/${did}/machines${query}`)).json();

test('ten thousand machines are listed, the real ones first', async () => {
  await operator.write('IdentityRegistry', 'registerFor', [machine.address], bond);
  world.control.addFleet(operator.address, 10_000);
  const machines = [];
  for (let total = 1; machines.length < total;) {
    const page = await list(operator, `?offset=${machines.length}&limit=1000`);
    machines.push(...page.machines);
    total = page.pagination.total;
  }
  assert.equal(machines.length, 10_001);
  assert.equal(machines[0].did, machine.did);
  for (const name of ['did', 'machine_id']) assert.equal(new Set(machines.map((item) => item[name])).size, 10_001);
  for (const { did, mcr_score: score } of machines) {
    assert.match(did, /^did:peaq:0x[0-9a-fA-F]{40}$/);
    assert.ok(Number.isInteger(score) && score >= 0 && score <= 100);
  }
  assert.ok(new Set(machines.map(({ mcr }) => mcr)).size > 3);
});

test('a page has a hundred machines unless asked otherwise, and at most a thousand', async () => {
  const total = 10_001;
  const first = await list(operator);
  assert.deepEqual([first.machines.length, first.pagination], [100, { offset: 0, limit: 100, total }]);
  const most = await list(operator, '?offset=5&limit=5000');
  assert.deepEqual([most.machines.length, most.pagination], [1000, { offset: 5, limit: 1000, total }]);
  const last = await list(operator, '?offset=9999');
  assert.deepEqual([last.machines.length, last.pagination.total], [2, total]);
});

test('a fleet grows, and is its own operator only', async () => {
  assert.deepEqual((await list(stranger)).machines, []);
  world.control.addFleet(stranger.address.toLowerCase(), 2);
  world.control.addFleet(stranger.address, 1);
  const { machines } = await list(stranger);
  assert.deepEqual(
    machines.map(({ machine_id: id }) => id),
    [1_010_000, 1_010_001, 1_010_002],
  );
  // It is in the list only.
  assert.equal((await fetch(`${world.urls.mcr}/mcr/${machines[0].did}`)).status, 404);
});
