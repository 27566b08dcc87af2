// What is done with a machine of the second generation: its token, its DID document, pauses, events, and leaving.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { zeroAddress as zero } from 'viem';
import { eventOf } from './operator.mjs';
import { logsOf, refuses, startSecond, uint, vectors } from './second.mjs';

let world, people, owner, second, stranger, control, id;
before(async () => {
  ({ world, people } = await startSecond());
  [owner, , stranger] = people;
  control = world.control.generation2;
  id = await control.activate(owner.address, { credentialSubject: '0xdeadbeef' });
  // The vectors' other account, whose key nobody has.
  second = `0x${'22'.repeat(20)}`;
});
after(() => world.stop());

const bytesOf = (signature) => vectors.management.find((row) => row.signature.startsWith(signature)).calldata;
const registry = (who, name, ...args) => who.write('MachineRegistry', name, ...args);
const read = (name, ...args) => owner.read('MachineRegistry', name, ...args);
const bare = (name) => name.slice(0, name.indexOf('('));

test("the vectors' bytes of a machine's management do what they say", async () => {
  const proofs = {
    'suspend(': ['OperatorPausedSet', () => owner.read('MachineStateAndSync', 'isOperatorPaused', id), true],
    'resume(': ['OperatorPausedSet', () => owner.read('MachineStateAndSync', 'isOperatorPaused', id), false],
    'approve(': [null, () => read('getApproved', id), second],
    'setApprovalForAll(': [null, () => read('isApprovedForAll', owner.address, second), true],
    'setVerificationMethods(': [
      'VerificationMethodsUpdated',
      async () => (await read('verificationMethodsOf', id)).length,
      1,
    ],
    'setAuthentication(': ['AuthenticationUpdated', () => read('authenticationOf', id), [0n]],
    'setServiceEndpoints(': [
      'ServiceEndpointsUpdated',
      async () => (await read('serviceEndpointsOf', id))[0].id,
      '#svc',
    ],
    'setController(': ['ControllerUpdated', () => read('controllerOf', id), second],
    'safeTransferFrom(address,address,uint256)': [null, () => read('ownerOf', id), second],
  };
  const chain = await world.rpc('evm_snapshot');
  for (const [name, [event, state, expected]] of Object.entries(proofs)) {
    const row = vectors.management.find(({ signature }) => signature.startsWith(name));
    const contract = ['suspend', 'resume'].includes(bare(row.signature)) ? 'MachineStateAndSync' : 'MachineRegistry';
    const receipt = await owner.send(contract, row.calldata);
    if (event) assert.equal(logsOf(receipt, event).length, 1, name);
    assert.deepEqual(await state(), expected, name);
  }
  await world.rpc('evm_revert', [chain]);
  for (const name of ['safeTransferFrom(address,address,uint256,bytes)', 'transferFrom(']) {
    const again = await world.rpc('evm_snapshot');
    await owner.send('MachineRegistry', bytesOf(name));
    assert.equal(await read('ownerOf', id), second);
    await world.rpc('evm_revert', [again]);
  }
});

test('suspending and resuming change something, or are refused', async () => {
  const state = (who, name) => who.write('MachineStateAndSync', name, id);
  await refuses(state(stranger, 'suspend'), 'NotOwnerOrController');
  await refuses(state(owner, 'resume'), 'NotSuspended');
  assert.equal(await owner.read('MachineStateAndSync', 'isMachineAvailable', id), true);
  const receipt = await state(owner, 'suspend');
  assert.deepEqual(logsOf(receipt, 'OperatorPausedSet'), [{ machineId: id, value: true }]);
  assert.equal(await owner.read('MachineStateAndSync', 'isMachineAvailable', id), false);
  await refuses(state(owner, 'suspend'), 'NotActive');
  await control.setRelocating(id, true);
  await refuses(state(owner, 'resume'), 'MachineRelocating');
  await control.setRelocating(id, false);
  await state(owner, 'resume');
  await refuses(owner.write('MachineStateAndSync', 'suspend', 99n), 'ERC721NonexistentToken');
});

test('general and technical pauses are of one machine or of all', async () => {
  for (const [set, get] of [
    ['setGeneralPause', 'isGeneralPaused'],
    ['setTechnicalPause', 'isTechnicalPaused'],
  ]) {
    for (const which of [[], [id]]) {
      await control[set](true, ...which);
      assert.equal(await owner.read('MachineStateAndSync', get, id), true);
      assert.equal(await owner.read('MachineStateAndSync', get, 99n), which.length === 0);
      assert.equal(await owner.read('MachineStateAndSync', 'isMachineAvailable', id), false);
      await control[set](false, ...which);
    }
  }
  assert.equal(await owner.read('MachineStateAndSync', 'isMachineAvailable', id), true);
});

test('the token is one of EIP-721, with its errors', async () => {
  const chain = await world.rpc('evm_snapshot');
  assert.equal(await read('supportsInterface', '0x80ac58cd'), true);
  assert.equal(await read('supportsInterface', '0xffffffff'), false);
  assert.equal(await read('balanceOf', owner.address), 1n);
  await refuses(read('balanceOf', zero), 'ERC721InvalidOwner');
  await refuses(read('getApproved', 99n), 'ERC721NonexistentToken');
  await refuses(registry(stranger, 'approve', stranger.address, id), 'ERC721InvalidApprover');
  await refuses(registry(stranger, 'setApprovalForAll', zero, true), 'ERC721InvalidOperator');
  const move = (who, from, to, token = id) => registry(who, 'transferFrom', from, to, token);
  await refuses(move(stranger, owner.address, stranger.address), 'ERC721InsufficientApproval');
  await refuses(move(owner, stranger.address, owner.address), 'ERC721IncorrectOwner');
  await refuses(move(owner, owner.address, zero), 'ERC721InvalidReceiver');
  await refuses(move(owner, owner.address, stranger.address, 99n), 'ERC721NonexistentToken');
  const contract = world.addresses2.InfoDesk; // takes no tokens
  await refuses(registry(owner, 'safeTransferFrom', owner.address, contract, id), 'ERC721InvalidReceiver');
  await control.setRelocating(id, true);
  await refuses(move(owner, owner.address, stranger.address), 'MachineRelocating');
  await control.setRelocating(id, false);
  await registry(owner, 'approve', stranger.address, id);
  await move(stranger, owner.address, stranger.address);
  assert.equal(await read('getApproved', id), zero);
  // The controller stays who it was: the former owner still writes the DID.
  assert.equal(await read('controllerOf', id), owner.address);
  await registry(owner, 'setServiceEndpoints', id, []);
  await refuses(registry(owner, 'setController', id, owner.address), 'NotMachineOwner');
  await world.rpc('evm_revert', [chain]);
});

test('a controller is set and cleared by the owner only', async () => {
  await refuses(registry(stranger, 'setController', id, stranger.address), 'NotMachineOwner');
  const set = await registry(owner, 'setController', id, stranger.address);
  assert.deepEqual(logsOf(set, 'ControllerUpdated'), [
    { tokenId: id, oldController: owner.address, newController: stranger.address },
  ]);
  await registry(stranger, 'setServiceEndpoints', id, []);
  await registry(owner, 'setController', id, zero);
  await refuses(registry(stranger, 'setServiceEndpoints', id, []), 'NotOwnerOrController');
  await registry(owner, 'setController', id, owner.address);
});

test('authentication names methods that are there', async () => {
  await registry(owner, 'setVerificationMethods', id, []);
  await refuses(registry(owner, 'setAuthentication', id, [0n]), 'InvalidAuthenticationIndex');
  await owner.send('MachineRegistry', bytesOf('setVerificationMethods('));
  await registry(owner, 'setAuthentication', id, [0n, 0n]);
  await refuses(registry(owner, 'setAuthentication', id, [1n]), 'InvalidAuthenticationIndex');
  // Nothing keeps the methods from shrinking below it.
  await registry(owner, 'setVerificationMethods', id, []);
  assert.deepEqual(await read('authenticationOf', id), [0n, 0n]);
});

test("events are written by the vectors' bytes", async () => {
  for (const { calldata } of vectors.events) await owner.send('EventRegistry2', calldata);
  assert.equal(await owner.read('EventRegistry2', 'getEventCount', id), BigInt(vectors.events.length));
});

test('an event is checked: who, when, and what', async () => {
  const submit = (who, change, machine = id) => who.write('EventRegistry2', 'submitEvent', ...eventOf(machine, change));
  await refuses(submit(stranger), 'NotOwnerOrController');
  await refuses(submit(owner, {}, 99n), 'ERC721NonexistentToken');
  await refuses(submit(owner, { type: 2 }), 'InvalidEventType');
  await refuses(submit(owner, { trust: 3 }), 'InvalidTrustLevel');
  await refuses(submit(owner, { timestamp: 1n << 40n }), 'FutureTimestamp');
  await refuses(submit(owner, { currency: 'US' }), 'InvalidCurrencyShape');
  await refuses(submit(owner, { type: 1 }), 'InvalidCurrencyShape');
  await refuses(submit(owner, { metadata: `0x${'00'.repeat(4097)}` }), 'MetadataTooLarge');
  await registry(owner, 'setController', id, stranger.address);
  await submit(stranger);
  await registry(owner, 'setController', id, owner.address);
  await world.control.send('EventRegistry2', 'pause');
  await refuses(submit(owner), 'EnforcedPause');
  await world.control.send('EventRegistry2', 'unpause');
  await refuses(world.control.send('EventRegistry2', 'unpause'), 'ExpectedPause');
  await refuses(owner.read('EventRegistry2', 'getEventAt', id, 99n), 'OffsetOutOfBounds');
  const chain = await world.rpc('evm_snapshot');
  await control.advance(370 * 86_400);
  await submit(owner);
  await control.advance(30 * 86_400);
  assert.equal(await refuses(submit(owner), 'SubscriptionNotEligible'), `0xac36d666${uint(3n).slice(2)}`);
  await world.rpc('evm_revert', [chain]);
  const unsubscribed = await control.onboardUnsubscribed(owner.address, { credentialSubject: '0x0a' });
  assert.equal(
    await refuses(submit(owner, {}, unsubscribed), 'SubscriptionNotEligible'),
    `0xac36d666${uint(0n).slice(2)}`,
  );
});

test('a machine is reissued under another id, with its subscription', async () => {
  const old = await control.activate(owner.address, { credentialSubject: '0x0b' });
  const before = await owner.read('MachineSubscription', 'subscriptions', old);
  await refuses(control.reissue(old, owner.address, { credentialSubject: '0x0b' }), 'SameMachineId');
  const next = await control.reissue(old, stranger.address, { credentialSubject: '0x0c' });
  await refuses(read('ownerOf', old), 'ERC721NonexistentToken');
  assert.equal(await read('ownerOf', next), stranger.address);
  assert.deepEqual(await owner.read('MachineSubscription', 'subscriptions', next), before);
  assert.equal(await owner.read('MachineSubscription', 'subscriptionStatus', old), 0);
  // One that this registry never had, such as a machine of the first generation.
  const filter = { fromBlock: 'earliest', address: world.addresses2.MachineRegistry };
  await control.reissue(1n, owner.address, { credentialSubject: '0x0d' });
  const logs = await world.rpc('eth_getLogs', [filter]);
  assert.deepEqual(
    logsOf({ logs }, 'LegacyMachineReissued').map(({ oldId, to }) => [oldId, to]),
    [
      [old, stranger.address],
      [1n, owner.address],
    ],
  );
});

test('a machine that left has no owner here, and says where it lives', async () => {
  const gone = await control.activate(owner.address, { credentialSubject: '0x0e' });
  assert.equal(await owner.read('CrossChainMirror', 'isHomedLocally', gone), true);
  await control.moveAway(gone);
  assert.equal(await owner.read('CrossChainMirror', 'isHomedLocally', gone), false);
  assert.equal(await owner.read('CrossChainMirror', 'homeChainOf', gone), 3);
  await refuses(read('ownerOf', gone), 'ERC721NonexistentToken');
  await refuses(owner.write('EventRegistry2', 'submitEvent', ...eventOf(gone)), 'ERC721NonexistentToken');
  await refuses(control.moveAway(99n), 'ERC721NonexistentToken');
});
