// The rules of the registry, the NFT and the events, against a real chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeEventLog, parseAbi } from 'viem';
import { batchOf, bond, eventOf, selector, startWorld } from './operator.mjs';

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
  OffsetOutOfBounds: '0x9605a010',
  EnforcedPause: '0xd93c0665',
  ExpectedPause: '0x8dfc202b',
  InvalidStatus: '0xf525e320',
  IdentityNFTSoulbound: '0x8ae4eb0a',
  ERC721NonexistentToken: '0x7e273289',
  ERC721InvalidReceiver: '0x64a0ae92',
  ERC721IncorrectOwner: '0x64283d7b',
  ERC721InsufficientApproval: '0x177e802f',
  OwnableUnauthorizedAccount: '0x118cdaa7',
};
const zero = `0x${'0'.repeat(40)}`;
const refuses = (call, name) => assert.rejects(call, selector(reverts[name]), name);

let world, operators, self, owner, machine, stranger;
before(async () => {
  ({ world, operators } = await startWorld());
  [self, owner, machine, stranger] = operators;
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

test('events come in pages of at most 100', async () => {
  const events = Array.from({ length: 103 }, (_, index) => ['submitEvent', eventOf(2n, { value: BigInt(index) })]);
  const before = Number(await owner.read('EventRegistry', 'getEventCount', 2n));
  await owner.write('Batch', 'batchAll', batchOf(world.addresses.EventRegistry, events));
  const page = async (offset, limit) =>
    (await owner.read('EventRegistry', 'getEvents', 2n, BigInt(before + offset), limit)).map(({ value }) =>
      Number(value),
    );
  const range = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);
  assert.deepEqual(await page(0, 2n), [0, 1]);
  assert.deepEqual(await page(50, 50n), range(50, 100));
  assert.deepEqual(await page(0, 2n ** 256n - 1n), range(0, 100));
  assert.deepEqual(await page(100, 100n), [100, 101, 102]);
  assert.deepEqual(await page(102, 0n), []);
  assert.deepEqual(await page(103, 10n), []);
  await refuses(page(104, 10n), 'OffsetOutOfBounds');
  await refuses(page(2 ** 40, 10n), 'OffsetOutOfBounds');
});

test('a deactivated or unbonded machine reports nothing', async () => {
  await refuses(stranger.write('IdentityRegistry', 'deactivateMachine', [1n]), 'NotMachineOwner');
  await self.write('IdentityRegistry', 'deactivateMachine', [1n]);
  await refuses(self.write('EventRegistry', 'submitEvent', eventOf(1n)), 'MachineDeactivated');
  await refuses(self.write('IdentityRegistry', 'deactivateMachine', [1n]), 'InvalidStatus');
  await self.write('IdentityRegistry', 'reactivateMachine', [1n]);
  await refuses(self.write('IdentityRegistry', 'reactivateMachine', [1n]), 'InvalidStatus');
  await refuses(self.write('IdentityRegistry', 'deactivateMachine', [99n]), 'MachineNotFound');
  await world.control.send('IdentityStaking', 'release', [1n]);
  await refuses(self.write('EventRegistry', 'submitEvent', eventOf(1n)), 'MachineNotBonded');
});

test('a fault makes a contract answer with any error, until it ends', async () => {
  for (const name of ['AmountZero', 'AlreadyStaked', 'AlreadyRegistered']) {
    await world.control.setFault('IdentityRegistry', reverts[name]);
    await refuses(stranger.write('IdentityRegistry', 'register', [], bond), name);
  }
  await world.control.setFault('IdentityRegistry', '0x');
  await stranger.write('IdentityRegistry', 'register', [], bond);
});

test('a fault of the staking contract stops a registration', async () => {
  const newcomer = operators[5];
  await world.control.setFault('IdentityStaking', reverts.AlreadyStaked);
  await refuses(newcomer.write('IdentityRegistry', 'register', [], bond), 'AlreadyStaked');
  await world.control.setFault('IdentityStaking', '0x');
});

test('a paused contract takes no writes', async () => {
  const newcomer = operators[5];
  const writes = {
    IdentityStaking: () => newcomer.write('IdentityRegistry', 'register', [], bond),
    MachineNFT: () => newcomer.write('MachineNFT', 'mint', [4n, newcomer.address]),
    EventRegistry: () => newcomer.write('EventRegistry', 'submitEvent', eventOf(4n)),
  };
  for (const [contract, write] of Object.entries(writes)) {
    await refuses(world.control.send(contract, 'pause', [], { from: newcomer.address }), 'OwnableUnauthorizedAccount');
    await refuses(world.control.send(contract, 'unpause'), 'ExpectedPause');
    await world.control.send(contract, 'pause');
    assert.equal(await newcomer.read(contract, 'paused'), true);
    await refuses(write(), 'EnforcedPause');
    await world.control.send(contract, 'unpause');
    await write();
  }
});

test('an owner mints to anyone and the holder hands the token on; the identity stays', async () => {
  const [to, thief] = [operators[6].address, operators[7]];
  assert.equal(await stranger.read('IdentityRegistry', 'machineIdOfOwner', stranger.address), 3n);
  await stranger.write('MachineNFT', 'mint', [3n, to]);
  const token = await stranger.read('MachineNFT', 'tokenIdOf', 3n);
  const move = (by, ...args) => by.write('MachineNFT', 'transferFrom', args);
  await refuses(move(thief, to, thief.address, token), 'ERC721InsufficientApproval');
  await refuses(move(operators[6], thief.address, to, token), 'ERC721IncorrectOwner');
  await refuses(move(operators[6], to, zero, token), 'ERC721InvalidReceiver');
  await refuses(move(operators[6], to, thief.address, 99n), 'ERC721NonexistentToken');
  await move(operators[6], to, thief.address, token);
  assert.equal(await stranger.read('MachineNFT', 'ownerOf', token), thief.address);
  const identity = stranger.write('IdentityRegistry', 'transferFrom', [stranger.address, to, 3n]);
  await refuses(identity, 'IdentityNFTSoulbound');
  await refuses(stranger.read('IdentityRegistry', 'ownerOf', 99n), 'ERC721NonexistentToken');
});

test('contracts are connected to real addresses only', async () => {
  const { IdentityRegistry } = world.addresses;
  for (const [contract, set, args] of [
    ['IdentityStaking', 'setRegistry', [zero]],
    ['IdentityRegistry', 'setStaking', [zero]],
    ['MachineNFT', 'setRegistry', [zero]],
    ['EventRegistry', 'setContracts', [IdentityRegistry, zero]],
  ]) {
    await refuses(world.control.send(contract, set, args), 'InvalidAddress');
  }
});
