// The rules of the registry, the NFT and the events, against a real chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeEventLog, parseAbi } from 'viem';
import { bond, eventOf, selector, startWorld } from './operator.mjs';

const reverts = {
  AlreadyRegistered: '0x3a81d6fc',
  InvalidMachineAddress: '0x050cd25b',
  AmountZero: '0xcbca5aa2',
  AlreadyStaked: '0x0ae3514d',
  MachineNotBonded: '0xc2322582',
  MachineNotFound: '0x70436860',
  AlreadyMinted: '0xddefae28',
  NotMachineOwner: '0x96995981',
  RecipientMustBeMachineOwner: '0xcd13a65b',
  InvalidAddress: '0xe6c4247b',
  MachineDeactivated: '0x22c74367',
  NotAuthorizedSubmitter: '0x34a8dd7f',
  InvalidEventType: '0x2e8c904e',
  InvalidTrustLevel: '0x18dcb7d6',
  FutureTimestamp: '0x0ff02cef',
  InvalidCurrencyShape: '0x65596104',
  MetadataTooLarge: '0xa197fa01',
  IncorrectBondAmount: '0x8620aa19',
};
const zero = `0x${'0'.repeat(40)}`;
const refuses = (call, name) => assert.rejects(call, selector(reverts[name]), name);

let world, mined, self, owner, machine, stranger;
before(async () => {
  ({
    world,
    mined,
    operators: [self, owner, machine, stranger],
  } = await startWorld());
});
after(() => world.stop());

test('registration takes exactly the bond, once, and names the machine in its log', async () => {
  await refuses(self.write('IdentityRegistry', 'register', [], bond - 1n), 'IncorrectBondAmount');
  const { logs } = await self.write('IdentityRegistry', 'register', [], bond);
  const topic = '0xca52e62c367d81bb2e328eb795f7c7ba24afb478408a26c0e201d155c449bc4a';
  const log = logs.find(({ topics }) => topics[0] === topic);
  const registered = parseAbi([
    'event Registered(uint256 indexed machineId, string machineURI, address indexed owner)',
  ]);
  const { args } = decodeEventLog({ abi: registered, ...log });
  assert.deepEqual([args.machineId, args.owner, typeof args.machineURI], [1n, self.address, 'string']);
  assert.equal(await self.read('IdentityRegistry', 'machineIdOfOwner', self.address), 1n);
  assert.equal(await self.read('IdentityStaking', 'isStaked', 1n), true);
  await refuses(self.write('IdentityRegistry', 'register', [], bond), 'AlreadyRegistered');
});

test('an operator registers a machine for its owner', async () => {
  await refuses(owner.write('IdentityRegistry', 'registerFor', [zero], bond), 'InvalidMachineAddress');
  await owner.write('IdentityRegistry', 'registerFor', [machine.address], bond);
  assert.equal(await owner.read('IdentityRegistry', 'machineIdOfOwner', machine.address), 2n);
  assert.equal(await owner.read('IdentityRegistry', 'operatorOf', 2n), owner.address);
  assert.equal(await owner.read('IdentityRegistry', 'machineIdOfOwner', stranger.address), 0n);
});

test('a token is minted once, by owner or operator, to the machine owner', async () => {
  assert.equal(await owner.read('MachineNFT', 'tokenIdOf', 2n), 0n);
  await refuses(owner.write('MachineNFT', 'mint', [99n, owner.address]), 'MachineNotFound');
  await refuses(owner.write('MachineNFT', 'mint', [2n, zero]), 'InvalidAddress');
  await refuses(stranger.write('MachineNFT', 'mint', [2n, machine.address]), 'NotMachineOwner');
  await refuses(owner.write('MachineNFT', 'mint', [2n, owner.address]), 'RecipientMustBeMachineOwner');
  const { logs } = await owner.write('MachineNFT', 'mint', [2n, machine.address]);
  assert.deepEqual(logs.map(({ topics }) => topics[0]).sort(), [
    '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
    '0xec08303fe836d06164a5fb12eeca39b8afe5f218462220ab781728b2346e2457',
  ]);
  const token = await owner.read('MachineNFT', 'tokenIdOf', 2n);
  assert.equal(await owner.read('MachineNFT', 'ownerOf', token), machine.address);
  assert.equal(await owner.read('MachineNFT', 'machineIdOf', token), 2n);
  await refuses(machine.write('MachineNFT', 'mint', [2n, machine.address]), 'AlreadyMinted');
});

test('an event is checked field by field', async () => {
  const submit = (change, by = self) => by.write('EventRegistry', 'submitEvent', eventOf(1n, change));
  await refuses(self.write('EventRegistry', 'submitEvent', eventOf(99n)), 'MachineNotFound');
  await refuses(submit({}, stranger), 'NotAuthorizedSubmitter');
  await refuses(submit({ type: 2 }), 'InvalidEventType');
  await refuses(submit({ trust: 3 }), 'InvalidTrustLevel');
  await refuses(submit({ timestamp: 1n << 40n }), 'FutureTimestamp');
  for (const currency of ['', 'US', 'usd', 'US$', 'ABCDEFGHIJK'])
    await refuses(submit({ currency }), 'InvalidCurrencyShape');
  await refuses(submit({ type: 1 }), 'InvalidCurrencyShape');
  await refuses(submit({ metadata: `0x${'00'.repeat(4097)}` }), 'MetadataTooLarge');
  const { logs } = await submit({ metadata: `0x${'00'.repeat(4096)}` });
  assert.equal(logs[0].topics[0], '0x43cf4ee187795b573b3f38e97f7944f1354ded4b87a5703aaf904465a981a081');
  await submit({ type: 1, currency: '' });
  await owner.write('EventRegistry', 'submitEvent', eventOf(2n));
  assert.equal(await self.read('EventRegistry', 'getEventCount', 1n), 2n);
  assert.equal(await self.read('EventRegistry', 'totalEventCount'), 3n);
});

test('a deactivated or unbonded machine reports nothing', async () => {
  await refuses(stranger.write('IdentityRegistry', 'deactivateMachine', [1n]), 'NotMachineOwner');
  await self.write('IdentityRegistry', 'deactivateMachine', [1n]);
  await refuses(self.write('EventRegistry', 'submitEvent', eventOf(1n)), 'MachineDeactivated');
  await self.write('IdentityRegistry', 'reactivateMachine', [1n]);
  await mined(world.control.send('IdentityStaking', 'release', [1n]));
  await refuses(self.write('EventRegistry', 'submitEvent', eventOf(1n)), 'MachineNotBonded');
});

test('a fault makes a contract answer with any error, until it ends', async () => {
  for (const name of ['AmountZero', 'AlreadyStaked', 'AlreadyRegistered']) {
    await mined(world.control.setFault('IdentityRegistry', reverts[name]));
    await refuses(stranger.write('IdentityRegistry', 'register', [], bond), name);
  }
  await mined(world.control.setFault('IdentityRegistry', '0x'));
  await stranger.write('IdentityRegistry', 'register', [], bond);
});
