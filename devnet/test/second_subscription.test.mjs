// The life of a subscription: active, grace, runoff, terminated, by a clock that the test moves; and renewals.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { conserved, day, logsOf, peaq, refuses, startSecond, vectors } from './second.mjs';

const [active, grace, runoff, terminated] = [1, 2, 3, 4];
let world, people, owner, controller, stranger, control, id, chain;
before(async () => {
  ({ world, people } = await startSecond());
  [owner, controller, stranger] = people;
  control = world.control.generation2;
  id = await control.activate(owner.address, { credentialSubject: '0xdeadbeef', controller: controller.address });
  for (const who of [owner, controller, stranger])
    await who.write('PeaqToken', 'approve', world.addresses2.MachineSubscription, peaq(5000));
});
after(() => world.stop());

// Each test has the machine as it was activated.
beforeEach(async () => (chain = await world.rpc('evm_snapshot')));
afterEach(() => world.rpc('evm_revert', [chain]));

const status = () => owner.read('MachineSubscription', 'subscriptionStatus', id);
const subscription = () => owner.read('MachineSubscription', 'subscriptions', id);
const renew = (who, ...args) => who.write('MachineSubscription', 'renew', id, ...args);
const advance = (days) => control.advance(Number(days * day));
const balanceOf = async (address) => BigInt(await world.rpc('eth_getBalance', [address, 'latest']));
const burned = '0x000000000000000000000000000000000000dEaD';
const treasury = '0x7Ea5000000000000000000000000000000000002';

test('time makes it active, then in grace, in runoff, and terminated', async () => {
  assert.equal(await status(), active);
  for (const [days, expected] of [
    [364n, active],
    [1n, grace],
    [29n, grace],
    [1n, runoff],
    [59n, runoff],
    [1n, terminated],
    [1000n, terminated],
  ]) {
    await advance(days);
    assert.equal(await status(), expected, `after ${days} more days`);
    await conserved(world, owner);
  }
});

test('runoff takes the bond evenly, half of it for the treasury', async () => {
  await advance(395n);
  const full = (await subscription()).bondedAmount;
  assert.ok(full <= peaq(0.4) && full > peaq(0.399));
  await advance(30n);
  const { bondedAmount } = await subscription();
  assert.ok(bondedAmount <= peaq(0.2) && bondedAmount > peaq(0.199));
  assert.equal((await balanceOf(burned)) + (await balanceOf(treasury)), peaq(0.4) - bondedAmount);
  await conserved(world, owner);
  await advance(30n);
  assert.equal((await subscription()).bondedAmount, 0n);
  // Odd amounts of wei go to the treasury.
  const [fire, chest] = [await balanceOf(burned), await balanceOf(treasury)];
  assert.equal(fire + chest, peaq(0.4));
  assert.ok(chest >= fire && chest - fire <= 2n);
  await conserved(world, owner);
});

test('the end of a subscription is said once', async () => {
  await world.rpc('evm_increaseTime', [`0x${(456n * day).toString(16)}`]);
  await world.rpc('evm_mine');
  const settle = () => stranger.write('MachineSubscription', 'settleLifecycle');
  const first = await settle();
  assert.deepEqual(logsOf(first, 'SubscriptionTerminated'), [{ machineId: id, operator: owner.address }]);
  const [decay] = logsOf(first, 'RunoffDecayApplied');
  assert.deepEqual(decay, { machineId: id, burned: peaq(0.2), toTreasury: peaq(0.2), remainingBonded: 0n });
  assert.deepEqual((await settle()).logs, []);
  await refuses(renew(owner), 'AlreadyTerminated');
});

test('a renewal adds a bond and a year to what there is', async () => {
  const before = await subscription();
  const money = await owner.balance();
  const { calldata } = vectors.subscription.find(({ signature }) => signature === 'renew(uint256)');
  const receipt = await owner.send('MachineSubscription', calldata);
  const periodEnd = before.periodEnd + 365n * day;
  assert.deepEqual(logsOf(receipt, 'Renewed'), [
    { machineId: id, operator: owner.address, tier: 0, bondedAmount: peaq(0.4), periodEnd },
  ]);
  assert.deepEqual(await subscription(), { ...before, bondedAmount: peaq(0.8), periodEnd });
  assert.equal(money - (await owner.balance()), peaq(0.4) + receipt.gasUsed * receipt.effectiveGasPrice);
  await conserved(world, owner);
});

test('a renewal in grace or runoff makes it active again, for what is left of the year', async () => {
  for (const days of [370n, 400n]) {
    const snapshot = await world.rpc('evm_snapshot');
    const { periodEnd } = await subscription();
    await advance(days);
    const { bondedAmount } = await subscription();
    await renew(controller);
    assert.equal(await status(), active);
    const after = await subscription();
    assert.equal(after.periodEnd, periodEnd + 365n * day);
    // A few seconds of runoff lie between the settlement and the renewal.
    assert.ok(after.bondedAmount <= bondedAmount + peaq(0.4) && after.bondedAmount > bondedAmount + peaq(0.399));
    await conserved(world, owner);
    await world.rpc('evm_revert', [snapshot]);
  }
});

test("the owner's reward for bonding pays for a renewal, whoever sends it", async () => {
  await control.grantBondingReward(owner.address, peaq(0.3));
  assert.equal(await owner.read('MachineSubscription', 'pendingBondingReward', owner.address), peaq(0.3));
  const before = await controller.balance();
  const receipt = await renew(controller);
  assert.deepEqual(logsOf(receipt, 'BondingRewardRedeemed'), [
    { machineId: id, operator: owner.address, discount: peaq(0.3) },
  ]);
  assert.equal(before - (await controller.balance()), peaq(0.1) + receipt.gasUsed * receipt.effectiveGasPrice);
  await conserved(world, owner);
});

test('who may renew, and what may be renewed', async () => {
  await refuses(renew(stranger), 'NotOwnerOrController');
  await refuses(owner.write('MachineSubscription', 'renew', 99n), 'ERC721NonexistentToken');
  const bare = await control.onboardUnsubscribed(owner.address, { credentialSubject: '0x01' });
  await refuses(owner.write('MachineSubscription', 'renew', bare), 'NotActivated');
  await control.setTechnicalPause(true, id);
  await refuses(renew(owner), 'TechnicallyPaused');
  await control.setTechnicalPause(false, id);
  await control.setRelocating(id, true);
  await refuses(renew(owner), 'MachineRelocating');
  await control.setRelocating(id, false);
  await control.setPrice(0);
  await refuses(renew(owner), 'PriceNotAvailable');
  await control.setPrice('0.05');
  await renew(owner);
});

test('a tier is chosen at a renewal only where the deployment has that', async () => {
  await assert.rejects(renew(owner, 1), ({ data }) => data === undefined || data === '0x');
  await control.setRenewalTierSelection(true);
  await refuses(renew(owner, 1), 'TierChangeWhileActive');
  await advance(366n);
  await refuses(renew(owner, 3), 'InvalidTier');
  await renew(owner, 1);
  const { tier, bondedAmount } = await subscription();
  assert.deepEqual([tier, bondedAmount], [1, peaq(20.4)]);
});

test('a renewal is paid in USDT, too', async () => {
  await refuses(owner.write('MachineSubscription', 'renewWithUsdt', id, 10n ** 9n), 'ProvisionPoolNotConfigured');
  await control.setUsdt(true, { reserve: peaq(10) });
  await world.control.market.fund(owner.address, '1');
  await owner.write('UsdToken', 'approve', world.addresses2.SubscriptionTokenProvisionPool, 10n ** 6n);
  await refuses(owner.write('MachineSubscription', 'renewWithUsdt', id, 19_999n), 'SlippageExceeded');
  const receipt = await owner.write('MachineSubscription', 'renewWithUsdt', id, 20_000n);
  assert.deepEqual(logsOf(receipt, 'PaidWithUsdt'), [
    { operator: owner.address, peaqAmount: peaq(0.4), usdtAmount: 20_000n },
  ]);
  assert.equal((await subscription()).bondedAmount, peaq(0.8));
  await conserved(world, owner);
});

test("a machine without a subscription gets one, with its owner's voucher and the sender's money", async () => {
  const machine = { credentialSubject: '0x02', controller: controller.address };
  const bare = await control.onboardUnsubscribed(owner.address, machine);
  assert.equal(await owner.read('MachineSubscription', 'subscriptionStatus', bare), 0);
  await control.grantVoucher(owner.address, peaq(0.15));
  await control.grantVoucher(controller.address, peaq(7));
  await refuses(stranger.write('MachineSubscription', 'activate', bare, 0), 'NotOwnerOrController');
  await refuses(controller.write('MachineSubscription', 'activate', bare, 3), 'InvalidTier');
  await refuses(controller.write('MachineSubscription', 'activate', id, 0), 'AlreadyActivated');
  const before = await controller.balance();
  const receipt = await controller.write('MachineSubscription', 'activate', bare, 0);
  const spent = before - (await controller.balance()) - receipt.gasUsed * receipt.effectiveGasPrice;
  assert.equal(spent, peaq(0.25));
  const [{ operator, bondedAmount }] = logsOf(receipt, 'Activated');
  assert.deepEqual([operator, bondedAmount], [owner.address, peaq(0.4)]);
  assert.deepEqual(logsOf(receipt, 'VoucherRedeemed'), [
    { machineId: bare, operator: owner.address, amount: peaq(0.15) },
  ]);
  await conserved(world, owner);
});

test('periods can be short', async () => {
  await control.setDurations({ period: 100n, grace: 50n, runoff: 50n });
  id = await control.activate(owner.address, { credentialSubject: '0x03' });
  for (const [seconds, expected] of [
    [90, active],
    [20, grace],
    [50, runoff],
    [60, terminated],
  ]) {
    await control.advance(seconds);
    assert.equal(await status(), expected);
  }
});
