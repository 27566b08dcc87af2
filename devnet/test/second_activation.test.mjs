// Activation in one transaction: ids, bytes, logs and money of the second generation.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { encodeAbiParameters, encodeFunctionData, getAddress, keccak256, parseAbi, stringToHex } from 'viem';
import { toFunctionSelector, zeroAddress as zero } from 'viem';
import { reason } from './operator.mjs';
import { abi2, conserved, logsOf, machineOf, peaq, refuses, startSecond, uint, vectors } from './second.mjs';

let world, people, alice, bob, carol, control, time;
before(async () => {
  ({ world, people } = await startSecond());
  [alice, bob, carol] = people;
  control = world.control.generation2;
  time = async () => BigInt((await world.rpc('eth_getBlockByNumber', ['latest', false])).timestamp);
});
after(() => world.stop());

const at = (name) => world.addresses2[name];
const allow = (who, amount) => who.write('PeaqToken', 'approve', at('MachineSubscription'), amount);
const activate = (who, change) => who.write('MachineStateAndSync', 'activateMachine', ...machineOf(who, change));
const held = async (name) => BigInt(await world.rpc('eth_getBalance', [at(name), 'latest']));
const assertConserved = () => conserved(world, alice);
const refuseInWords = (call, words) => assert.rejects(call, reason(words));

test('the contracts are where they are in every world, and know one another', async () => {
  assert.equal(at('InfoDesk'), '0x034a685fb7aF6b3e4aD2F215dF99160E2598b21c');
  const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (\w+) +\| `(0x[0-9a-fA-F]{40})` \|$/gm)];
  assert.deepEqual(Object.fromEntries(rows.map(([, name, address]) => [name, address])), world.addresses2);
  for (const { name, calldata } of vectors.peerKeys) {
    const contract = name
      .toLowerCase()
      .split('_')
      .map((word) => word[0].toUpperCase() + word.slice(1))
      .join('');
    const answer = await alice.read('InfoDesk', 'peer', `0x${calldata.slice(10)}`);
    assert.equal(answer, at(contract), name);
  }
  assert.equal(await alice.read('InfoDesk', 'peaqToken'), '0x0000000000000000000000000000000000000809');
  assert.equal(await alice.read('InfoDesk', 'localChainId'), 1);
});

test('ids and DIDs are those of the vectors', async () => {
  for (const { machineType, credentialSubject, machineId, did, computeTokenIdCalldata } of vectors.machineIds) {
    const data = computeTokenIdCalldata;
    const id = BigInt(await world.rpc('eth_call', [{ to: at('MachineRegistry'), data }, 'latest']));
    assert.equal(String(id), machineId);
    assert.equal(await alice.read('MachineRegistry', 'computeTokenId', machineType, credentialSubject), id);
    assert.equal(await alice.read('MachineRegistry', 'didFromTokenId', id), did);
    assert.equal(await alice.read('MachineRegistry', 'tokenIdFromDid', did), id);
  }
  const { machineType, credentialSubject, machineId } = vectors.liveMachineId;
  const live = await alice.read('MachineRegistry', 'computeTokenId', machineType, credentialSubject);
  assert.equal(String(live), machineId);
  for (const id of [0n, 7n, 2n ** 256n - 1n])
    assert.equal(await alice.read('MachineRegistry', 'tokenIdFromDid', `did:peaq:${id}`), id);
  for (const did of [
    '',
    'did:peaq:',
    'did:peaq:01',
    'did:peaq:-1',
    'did:peaq:1x',
    'did:ethr:1',
    `did:peaq:${2n ** 256n}`,
  ])
    await refuses(alice.read('MachineRegistry', 'tokenIdFromDid', did), 'InvalidDIDFormat');
});

test('every error of the vectors has the selector of its signature', () => {
  for (const { name, signature, selector } of vectors.errors) {
    assert.equal(toFunctionSelector(signature), selector, name);
    assert.ok(signature.startsWith(`${name}(`), name);
  }
  assert.equal(vectors.errors.length, 155);
});

test('the PEAQ token is the native coin', async () => {
  const before = await bob.balance();
  assert.equal(await alice.read('PeaqToken', 'balanceOf', bob.address), before);
  await alice.write('PeaqToken', 'transfer', bob.address, peaq(3));
  assert.equal(await bob.balance(), before + peaq(3));
  await refuseInWords(
    alice.write('PeaqToken', 'transfer', bob.address, 10n ** 30n),
    'The balance is lower than the value',
  );
  const take = carol.write('PeaqToken', 'transferFrom', alice.address, carol.address, 1n);
  await refuseInWords(take, 'The allowance is lower than the value');
  await alice.write('PeaqToken', 'approve', carol.address, peaq(2));
  await carol.write('PeaqToken', 'transferFrom', alice.address, bob.address, peaq(2));
  assert.equal(await bob.balance(), before + peaq(5));
  assert.equal(await alice.read('PeaqToken', 'allowance', alice.address, carol.address), 0n);
});

test('without an allowance nothing happens, and nothing is taken', async () => {
  const before = await alice.balance();
  await refuseInWords(activate(alice), 'The allowance is lower than the value');
  await refuses(
    alice.read('MachineRegistry', 'ownerOf', BigInt(vectors.machineIds[0].machineId)),
    'ERC721NonexistentToken',
  );
  assert.equal(await alice.balance(), before);
});

test("the vector's bytes activate a machine, and its logs and document come back to the byte", async () => {
  const [{ calldata, machineId }] = vectors.activation;
  const id = BigInt(machineId);
  const bond = await alice.read('MachineSubscription', 'requiredPeaqAmount', 0);
  assert.equal(bond, peaq(0.4));
  // The vector's approval, with this world's spender.
  const [approval] = vectors.approvals;
  const spender = at('MachineSubscription').slice(2).toLowerCase();
  const data = approval.calldata.replace(approval.args[0].slice(2).toLowerCase(), spender);
  await alice.send('PeaqToken', data);
  const [money, start] = [await alice.balance(), await held('MachineSubscription')];
  const receipt = await alice.send('MachineStateAndSync', calldata);
  const { gasUsed, effectiveGasPrice, logs } = receipt;
  assert.equal(money - (await alice.balance()), bond + gasUsed * effectiveGasPrice);
  assert.equal((await held('MachineSubscription')) - start, bond);
  assert.equal(await alice.read('PeaqToken', 'allowance', alice.address, at('MachineSubscription')), 0n);

  const contracts = ['MachineRegistry', 'MachineSubscription', 'MachineStateAndSync'];
  for (const [place, expected] of vectors.activationLogs.entries()) {
    const found = logs.filter(({ topics }) => topics[0] === expected.topics[0]);
    assert.equal(found.length, 1);
    assert.deepEqual(found[0].topics, expected.topics);
    assert.equal(found[0].address, at(contracts[place]).toLowerCase());
    if (place !== 1) assert.equal(found[0].data, expected.data);
  }
  const [{ periodStart, periodEnd, ...activated }] = logsOf(receipt, 'Activated');
  assert.deepEqual(activated, { machineId: id, operator: alice.address, tier: 0, bondedAmount: bond });
  assert.deepEqual([periodStart, periodEnd - periodStart], [await time(), 365n * 86_400n]);

  const reply = vectors.replies.find(({ of }) => of.startsWith('didDocument'));
  const read = {
    to: at('MachineRegistry'),
    data: encodeFunctionData({ abi: abi2, functionName: 'didDocument', args: [id] }),
  };
  assert.equal(await world.rpc('eth_call', [read, 'latest']), reply.data);
  const subscription = {
    to: at('MachineSubscription'),
    data: vectors.reads.find(({ signature }) => signature.startsWith('subscriptions(')).calldata,
  };
  const types = ['uint8', 'uint64', 'uint64', 'uint256', 'uint256'].map((type) => ({ type }));
  const expected = encodeAbiParameters(types, [0, periodStart, periodEnd, bond, 0n]);
  assert.equal(await world.rpc('eth_call', [subscription, 'latest']), expected);
  await assertConserved();
});

test('every read of the vectors is answered', async () => {
  const contractOf = {
    MachineSubscription: [
      'requiredPeaqAmount',
      'pending',
      'subscriptions(',
      'subscriptionStatus',
      'isEconomicAuthority',
    ],
    MachineRegistry: ['ownerOf', 'controllerOf', 'didDocument'],
    CrossChainMirror: ['isHomedLocally', 'homeChainOf'],
    MachineStateAndSync: ['isTechnical'],
    SubscriptionTokenProvisionPool: ['usdtToken'],
    InfoDesk: ['peaqToken', 'subscriptionPeriodLength'],
  };
  for (const { signature, calldata: data } of vectors.reads) {
    if (signature.startsWith('quoteUsdtForPeaq')) continue; // has a test of its own
    const [contract] = Object.entries(contractOf).find(([, names]) => names.some((name) => signature.startsWith(name)));
    assert.match(await world.rpc('eth_call', [{ to: at(contract), data }, 'latest']), /^0x[0-9a-f]{64}/, signature);
  }
});

test('an id is activated once, whoever tries', async () => {
  await allow(bob, peaq(1));
  await refuses(activate(bob), 'AlreadyActivated');
  await control.onboardUnsubscribed(bob.address, { credentialSubject: '0x01' });
  assert.deepEqual(
    await refuses(activate(bob, { subject: '0x01' }), 'ERC721InvalidSender'),
    `0x73c6ac6e${'0'.repeat(64)}`,
  );
});

test('an operator controls a machine that owns itself', async () => {
  const [, { calldata, calldataUsdt, machineId, args }] = vectors.activation;
  await refuses(bob.send('MachineStateAndSync', calldataUsdt), 'ProvisionPoolNotConfigured');
  await allow(bob, peaq(1000));
  await bob.send('MachineStateAndSync', calldata);
  assert.equal(await bob.read('MachineRegistry', 'ownerOf', BigInt(machineId)), bob.address);
  assert.equal(await bob.read('MachineRegistry', 'controllerOf', BigInt(machineId)), args.doc.controller);
  assert.equal(await bob.read('MachineRegistry', 'machineTypeOf', BigInt(machineId)), args.machineType);
  assert.equal(await bob.read('MachineRegistry', 'credentialSubjectOf', BigInt(machineId)), args.credentialSubject);
  assert.equal(await bob.read('MachineRegistry', 'manufacturerOf', BigInt(machineId)), args.manufacturer);
});

test('tiers have prices in dollars, and a missing price stops everything', async () => {
  const required = (tier) => alice.read('MachineSubscription', 'requiredPeaqAmount', tier);
  assert.deepEqual(await Promise.all([0, 1, 2].map(required)), [peaq(0.4), peaq(20), peaq(800)]);
  await refuses(required(3), 'InvalidTier');
  await refuses(activate(alice, { tier: 3, subject: '0x02' }), 'InvalidTier');
  await control.setTierPrice(1, 2);
  assert.equal(await required(1), peaq(40));
  await control.setPrice(0);
  await refuses(required(0), 'PriceNotAvailable');
  await refuses(activate(alice, { subject: '0x02' }), 'PriceNotAvailable');
  await control.setPrice('0.1');
  assert.equal(await required(1), peaq(20));
  await control.setPrice('0.05');
  await control.setTierPrice(1, 1);
});

test("a voucher of the owner's pays for it, wholly or in part", async () => {
  await control.grantVoucher(carol.address, peaq(0.5));
  await assertConserved();
  assert.equal(await carol.read('MachineSubscription', 'pendingVoucherCredit', carol.address), peaq(0.5));
  // Nothing is left to pay: no allowance is needed.
  const whole = await activate(carol, { subject: '0x03' });
  assert.deepEqual(
    logsOf(whole, 'VoucherRedeemed').map(({ amount }) => amount),
    [peaq(0.4)],
  );
  await allow(carol, peaq(0.3));
  const part = await activate(carol, { subject: '0x04' });
  assert.deepEqual(
    logsOf(part, 'VoucherRedeemed').map(({ amount }) => amount),
    [peaq(0.1)],
  );
  assert.deepEqual(
    logsOf(part, 'Activated').map(({ bondedAmount }) => bondedAmount),
    [peaq(0.4)],
  );
  assert.equal(await carol.read('PeaqToken', 'allowance', carol.address, at('MachineSubscription')), 0n);
  await allow(carol, peaq(0.4));
  assert.deepEqual(logsOf(await activate(carol, { subject: '0x05' }), 'VoucherRedeemed'), []);
  await assertConserved();
});

test('pauses and a missing authority stop activations', async () => {
  const other = { subject: '0x06' };
  const id = await alice.read('MachineRegistry', 'computeTokenId', 'Sensor', '0x06');
  await allow(alice, peaq(1));
  for (const which of [[], [id]]) {
    await control.setTechnicalPause(true, ...which);
    assert.equal(await alice.read('MachineStateAndSync', 'isTechnicalPaused', id), true);
    await refuses(activate(alice, other), 'TechnicallyPaused');
    await control.setTechnicalPause(false, ...which);
  }
  await control.setEconomicAuthority(false);
  assert.equal(await alice.read('MachineSubscription', 'isEconomicAuthority'), false);
  await refuses(activate(alice, other), 'TierChosenOnSubscriptionChain');
  await control.setEconomicAuthority(true);
  await activate(alice, other);
  await refuses(alice.write('MachineStateAndSync', 'setTechnicalPausedGlobal', true), 'NotProtocolOwner');
});

test('USDT pays where the pool is configured', async () => {
  const byUsdt = (change, most) =>
    alice.write('MachineStateAndSync', 'activateMachineWithUsdt', ...machineOf(alice, change), most);
  const quote = (amount) => alice.read('SubscriptionTokenProvisionPool', 'quoteUsdtForPeaq', amount);
  await refuses(byUsdt({ subject: '0x07' }, 10n ** 9n), 'ProvisionPoolNotConfigured');
  await refuses(quote(peaq(0.4)), 'UsdtTokenNotSet');
  await control.setUsdt(true, { spreadBps: 50n });
  assert.equal(await alice.read('SubscriptionTokenProvisionPool', 'usdtToken'), getAddress(world.addresses.UsdToken));
  // 0.4 PEAQ at 0.05 dollars are 0.02 dollars; half a percent more is 20100 millionths. Rounded up.
  assert.deepEqual([await quote(peaq(0.4)), await quote(1n), await quote(0n)], [20_100n, 1n, 0n]);
  await refuses(byUsdt({ subject: '0x07' }, 20_099n), 'SlippageExceeded');
  await refuses(byUsdt({ subject: '0x07' }, 20_100n), 'InsufficientReserve');
  await control.setUsdt(true, { spreadBps: 50n, reserve: peaq(100) });
  await world.control.market.fund(alice.address, '1');
  await alice.write('UsdToken', 'approve', at('SubscriptionTokenProvisionPool'), 30_000n);
  const money = await alice.balance();
  const receipt = await byUsdt({ subject: '0x07' }, 30_000n);
  assert.deepEqual(logsOf(receipt, 'PaidWithUsdt'), [
    { operator: alice.address, peaqAmount: peaq(0.4), usdtAmount: 20_100n },
  ]);
  assert.equal(money - (await alice.balance()), receipt.gasUsed * receipt.effectiveGasPrice);
  assert.equal(await alice.read('UsdToken', 'balanceOf', alice.address), 979_900n);
  assert.equal(await held('SubscriptionTokenProvisionPool'), peaq(99.6));
  await refuses(
    alice.write('SubscriptionTokenProvisionPool', 'settle', alice.address, 1n, 1n),
    'NotMachineSubscription',
  );
  await refuses(world.control.send('SubscriptionTokenProvisionPool', 'setSpreadBps', [10_001n]), 'InvalidBps');
  await assertConserved();
  await control.setUsdt(false);
  await refuses(byUsdt({ subject: '0x08' }, 10n ** 9n), 'ProvisionPoolNotConfigured');
});
test('a fault of the token stops the approval, one of the subscription the activation', async () => {
  await world.control.setFault('PeaqToken', '0x1234');
  await assert.rejects(allow(alice, 1n), ({ data }) => data === '0x1234');
  await world.control.setFault('PeaqToken', '0x');
  await world.control.setFault('MachineSubscription', '0x5274afe7');
  await refuses(activate(alice, { subject: '0x09' }), 'SafeERC20FailedOperation');
  await world.control.setFault('MachineSubscription', '0x');
});

test('the contracts serve one another only', async () => {
  const { MachineRegistry, MachineSubscription, CrossChainMirror } = world.addresses2;
  const call = (to, signature, args) =>
    world.rpc('eth_call', [
      { from: bob.address, to, data: encodeFunctionData({ abi: parseAbi([signature]), args }) },
      'latest',
    ]);
  const hook = 'function onMachineOnboarded(uint256,address,bytes)';
  for (const to of [MachineRegistry, MachineSubscription, CrossChainMirror])
    await refuses(call(to, hook, [1n, bob.address, uint(0n)]), 'NotMachineStateAndSync');
  await refuses(call(MachineRegistry, 'function bridgeBurn(uint256)', [1n]), 'NotBridgeAdapter');
  await refuses(call(CrossChainMirror, 'function updateHomeChain(uint256,uint16)', [1n, 3]), 'NotBridgeAdapter');
  await refuses(
    call(at('InfoDesk'), 'function setPeer(bytes32,address)', [uint(1n), bob.address]),
    'OwnableUnauthorizedAccount',
  );
  await refuses(world.control.send('InfoDesk', 'setPeaqToken', [bob.address]), 'PeaqTokenAlreadySet');
  await refuses(world.control.send('InfoDesk', 'setPeer', [uint(1n), zero]), 'InvalidAddress');
  await refuses(world.control.send('PriceOracle', 'commitPrices', [[uint(1n)], [], 0n]), 'LengthMismatch');
});

test('what only a peer can do wrong is refused by rule, too', async () => {
  const call = (contract, signature, args) => {
    const data = encodeFunctionData({ abi: parseAbi([signature]), args });
    return world.rpc('eth_call', [{ from: bob.address, to: at(contract), data }, 'latest']);
  };
  const hook = 'function onMachineOnboarded(uint256,address,bytes)';
  const move = 'function updateHomeChain(uint256,uint16)';
  const id = BigInt(vectors.activation[0].machineId);
  await control.setPeer('MACHINE_BRIDGE_ADAPTER', bob.address);
  await refuses(call('CrossChainMirror', move, [id, 0]), 'InvalidChainId');
  await refuses(call('CrossChainMirror', move, [99n, 3]), 'MachineNotRegistered');
  await control.setPeer('MACHINE_BRIDGE_ADAPTER');
  await control.setPeer('MACHINE_STATE_AND_SYNC', bob.address);
  await refuses(call('CrossChainMirror', hook, [id, bob.address, '0x']), 'AlreadyRegistered');
  // The data of an activation, without its tier, for another id.
  const types = ['string', 'bytes', 'address'].map((type) => ({ type }));
  const data = encodeAbiParameters([documentType, ...types], machineOf(bob).slice(0, 4));
  await refuses(call('MachineRegistry', hook, [id + 1n, bob.address, data]), 'CredentialSubjectMismatch');
  await control.setPeer('MACHINE_STATE_AND_SYNC');
});
const documentType = abi2.find(({ name }) => name === 'activateMachine').inputs[0];

test('a peer can be wrong or missing, and right again', async () => {
  const key = keccak256(stringToHex('MACHINE_SUBSCRIPTION'));
  const peer = () => alice.read('InfoDesk', 'peer', key);
  await control.setPeer('MACHINE_SUBSCRIPTION', bob.address);
  assert.equal(await peer(), bob.address);
  await control.setPeer('MACHINE_SUBSCRIPTION', null);
  assert.equal(await peer(), zero);
  await control.setPeer('MACHINE_SUBSCRIPTION');
  assert.equal(await peer(), at('MachineSubscription'));
});

test('a fleet is there at once', async () => {
  const ids = await control.addMachines(bob.address, 40, { prefix: 'hall 7', controller: carol.address });
  assert.equal(new Set(ids).size, 40);
  assert.equal(await bob.read('MachineRegistry', 'ownerOf', ids[39]), bob.address);
  assert.equal(await bob.read('MachineRegistry', 'controllerOf', ids[39]), carol.address);
  assert.equal(await bob.read('MachineSubscription', 'subscriptionStatus', ids[0]), 1);
  assert.equal(await bob.read('PeaqToken', 'allowance', bob.address, at('MachineSubscription')), 0n);
  await assertConserved();
});
