// The DID and batch precompiles: attributes belong to their account, and a batch acts as its caller.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeEventLog, encodeFunctionData, hexToString, parseAbi, stringToHex } from 'viem';
import { abi, batchOf, bond, eventOf, reason, selector, startWorld } from './operator.mjs';

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

const didEvents = parseAbi([
  'event AddAttribute(address indexed sender, address indexed didAccount, bytes name, bytes value, uint32 indexed validity)',
  'event UpdateAttribute(address indexed sender, address indexed didAccount, bytes name, bytes value, uint32 indexed validity)',
  'event RemoveAttribute(address indexed didAccount, bytes name)',
]);

test('attribute logs can be searched by sender, account and validity', async () => {
  const name = stringToHex('logged');
  const both = { sender: bob.address, didAccount: bob.address, name };
  const logOf = async (...call) => {
    const [{ data, topics }] = (await bob.write('Did', ...call)).logs;
    return { ...decodeEventLog({ abi: didEvents, data, topics }), topics: topics.length };
  };
  assert.deepEqual(await logOf('addAttribute', [bob.address, name, '0x01', 7]), {
    eventName: 'AddAttribute',
    args: { ...both, value: '0x01', validity: 7 },
    topics: 4,
  });
  assert.deepEqual(await logOf('updateAttribute', [bob.address, name, '0x02', 8]), {
    eventName: 'UpdateAttribute',
    args: { ...both, value: '0x02', validity: 8 },
    topics: 4,
  });
  assert.deepEqual(await logOf('removeAttribute', [bob.address, name]), {
    eventName: 'RemoveAttribute',
    args: { didAccount: bob.address, name },
    topics: 2,
  });
});

test('names have at most 64 bytes, values 2560', async () => {
  await alice.write('Did', ...add(alice, 'n'.repeat(64), 'v'.repeat(2560)));
  await assert.rejects(alice.write('Did', ...add(alice, 'n'.repeat(65), 'v')), reason('Name too long'));
  await assert.rejects(alice.write('Did', ...add(alice, 'n', 'v'.repeat(2561))), reason('Value too long'));
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

// A batch of one call, `depth` batches inside it, the innermost writing an attribute.
function nested(account, depth, name) {
  let [to, call] = [world.addresses.Did, add(account, name, 'deep')];
  for (; depth > 0; depth--) [to, call] = [world.addresses.Batch, ['batchAll', batchOf(to, [call])]];
  return batchOf(to, [call]);
}

test('a batch inside a batch acts for the same caller, two deep', async () => {
  for (const depth of [1, 2]) {
    const { logs } = await bob.write('Batch', 'batchAll', nested(bob, depth, `depth${depth}`));
    assert.deepEqual(outcomes({ logs }), Array(depth + 1).fill(succeeded));
    assert.equal(await value(bob, `depth${depth}`), 'deep');
  }
  const tooDeep = bob.write('Batch', 'batchAll', nested(bob, 3, 'depth3'));
  await assert.rejects(tooDeep, reason('Precompile is called with too high nesting'));
  await assert.rejects(bob.write('Batch', 'batchAll', nested(alice, 1, 'foreign')));
});

test('a failure inside an inner batch undoes that one only', async () => {
  const inner = ['batchAll', batchOf(world.addresses.Did, [add(bob, 'inner', '1'), add(bob, 'inner', '2')])];
  const calls = batchOf(world.addresses.Batch, [inner]);
  assert.deepEqual(outcomes(await bob.write('Batch', 'batchSome', calls)), [failed]);
  await assert.rejects(value(bob, 'inner'));
  // The count of batches under way is undone with it.
  await bob.write('Batch', 'batchAll', nested(bob, 2, 'after'));
});

test('a batch takes no money', async () => {
  const calls = batchOf(world.addresses.IdentityRegistry, [['register', []]]);
  const [to, , data, gas] = calls;
  for (const kind of ['batchAll', 'batchSome', 'batchSomeUntilFailure']) {
    await assert.rejects(bob.write('Batch', kind, calls, bond), reason('Function is not payable'), kind);
    await assert.rejects(bob.write('Batch', kind, [to, [bond], data, gas]), /moves no money/, kind);
  }
  assert.equal(BigInt(await world.rpc('eth_getBalance', [world.addresses.Batch, 'latest'])), 0n);
});

test('contracts cannot call the batch', async () => {
  const data = encodeFunctionData({ abi, functionName: 'batchAll', args: batchOf(world.addresses.Did, []) });
  const from = (account) => world.rpc('eth_call', [{ from: account, to: world.addresses.Batch, data }, 'latest']);
  await from(bob.address);
  await assert.rejects(from(world.addresses.EventRegistry), reason('Function not callable by smart contracts'));
});

test('a subcall whose gas limit is above what is left fails', async () => {
  const [to, values, data] = batchOf(world.addresses.Did, [add(bob, 'gas', '1'), add(bob, 'gas', '2')]);
  const calls = [to, values, data, [2n ** 63n, 0n]];
  assert.deepEqual(outcomes(await bob.write('Batch', 'batchSome', calls)), [failed, succeeded]);
  assert.equal(await value(bob, 'gas'), '2');
  await assert.rejects(bob.write('Batch', 'batchAll', calls));
});
