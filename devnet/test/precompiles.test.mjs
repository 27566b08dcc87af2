// The DID and batch precompiles: attributes belong to their account, and a batch acts as its caller.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hexToString, stringToHex } from 'viem';
import { batchOf, bond, eventOf, selector, startWorld } from './operator.mjs';

const entryNotFound = selector('0x4c92a369');
const add = (account, name, value) => ['addAttribute', [account.address, stringToHex(name), stringToHex(value), 0]];
const succeeded = '0xbf855484633929c3d6688eb3caf8eff910fb4bef030a8d7dbc9390d26759714d';
const failed = '0xdbc5d06f4f877f959b1ff12d2161cdd693fa8e442ee53f1790b2804b24881f05';

let world, alice, bob;
before(async () => {
  ({
    world,
    operators: [alice, bob],
  } = await startWorld());
});
after(() => world.stop());

const value = async (account, name) =>
  hexToString((await alice.read('Did', 'readAttribute', account.address, stringToHex(name))).value);
const batch = (by, calls, kind = 'batchAll') => by.write('Batch', kind, batchOf(world.addresses.Did, calls));
const outcomes = ({ logs }) =>
  logs.map(({ topics }) => topics[0]).filter((topic) => [succeeded, failed].includes(topic));

test("a batch writes its caller's attributes, empty values included", async () => {
  const receipt = await batch(alice, [add(alice, 'machineId', '42'), add(alice, 'operator', '')]);
  assert.deepEqual(outcomes(receipt), [succeeded, succeeded]);
  assert.equal(await value(alice, 'machineId'), '42');
  assert.equal(await value(alice, 'operator'), '');
});

test("nobody writes another account's attributes, in a batch or alone", async () => {
  await assert.rejects(batch(bob, [add(alice, 'data_api', 'x')]));
  await assert.rejects(bob.write('Did', ...add(alice, 'data_api', 'x')));
  await assert.rejects(value(alice, 'data_api'));
});

test('one duplicate undoes a whole batchAll', async () => {
  await assert.rejects(batch(alice, [add(alice, 'nftTokenId', '7'), add(alice, 'machineId', '42')]));
  await assert.rejects(value(alice, 'nftTokenId'));
});

test('batchSome goes on after a failure, batchSomeUntilFailure stops', async () => {
  const calls = (name) => [add(bob, `${name}1`, 'a'), add(bob, `${name}1`, 'b'), add(bob, `${name}2`, 'c')];
  assert.deepEqual(outcomes(await batch(bob, calls('some'), 'batchSome')), [succeeded, failed, succeeded]);
  assert.deepEqual(outcomes(await batch(bob, calls('until'), 'batchSomeUntilFailure')), [succeeded, failed]);
  assert.equal(await value(bob, 'some2'), 'c');
  await assert.rejects(value(bob, 'until2'));
});

test('update and removal need the attribute', async () => {
  const name = stringToHex('documentation_url');
  await assert.rejects(alice.write('Did', 'updateAttribute', [alice.address, name, '0x', 0]));
  await alice.write('Did', ...add(alice, 'documentation_url', 'http://a'));
  await alice.write('Did', 'updateAttribute', [alice.address, name, stringToHex('http://b'), 0]);
  assert.equal(await value(alice, 'documentation_url'), 'http://b');
  await alice.write('Did', 'removeAttribute', [alice.address, name]);
  await assert.rejects(alice.write('Did', 'removeAttribute', [alice.address, name]));
});

test('absence is told by selector or in words', async () => {
  const read = () => world.rpc('eth_call', [{ to: world.addresses.Did, data: absent }, 'latest']);
  const absent =
    '0xb2028b7d000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266' +
    '0000000000000000000000000000000000000000000000000000000000000040' +
    '0000000000000000000000000000000000000000000000000000000000000001' +
    '7a00000000000000000000000000000000000000000000000000000000000000';
  await assert.rejects(read(), entryNotFound);
  await world.control.setDidErrorsAsText(true);
  await assert.rejects(read(), /Cannot find the item/);
  await world.control.setDidErrorsAsText(false);
  await assert.rejects(read(), entryNotFound);
});

test('a batch submits events as its caller and passes a revert on', async () => {
  await alice.write('IdentityRegistry', 'register', [], bond);
  const events = batchOf(
    world.addresses.EventRegistry,
    [1230n, 99n].map((amount) => ['submitEvent', eventOf(1n, { value: amount })]),
  );
  await assert.rejects(bob.write('Batch', 'batchAll', events), selector('0x34a8dd7f'));
  await alice.write('Batch', 'batchAll', events);
  assert.equal(await alice.read('EventRegistry', 'getEventCount', 1n), 2n);
});
