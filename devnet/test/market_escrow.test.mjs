// Escrow payments: locked by the contract for an order, paid out or frozen, on the chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { encodeFunctionData, decodeFunctionResult, parseAbi, stringToHex } from 'viem';
import { refused, startMarket } from './market_client.mjs';

const abi = parseAbi([
  'function deposits(bytes32) view returns (address token, address payer, address payee, uint256 amount, uint8 state)',
]);
const states = ['none', 'locked', 'frozen', 'released', 'refunded'];

let client, world, market, machine, buyer;
before(async () => {
  client = await startMarket();
  ({ world } = client);
  ({ market } = world.control);
  machine = await client.onboard();
  buyer = await client.buyerOf(machine, '1000');
});
after(() => world.stop());
afterEach(async () => {
  market.set();
  await world.control.setFault('Escrow', '0x');
});

const intended = () => client.intended(buyer, 'svc_price_escrow');
const deposit = ({ payment }, dollars = '2') => client.transfer(buyer.account, payment.rail.escrowAddress, dollars);
const lock = ({ id, payment }, transactionHash, changes = {}) => {
  const { chain, escrowAddress } = payment.rail;
  return client.step(buyer, id, 'payment/escrow-lock', { transactionHash, chain, escrowAddress, ...changes });
};
const paymentOf = async ({ id }) => (await client.get(`/market/orders/${id}/payment`)).item;
async function depositOf({ id }) {
  const data = encodeFunctionData({ abi, functionName: 'deposits', args: [stringToHex(id, { size: 32 })] });
  const answer = await world.rpc('eth_call', [{ to: world.addresses.Escrow, data }, 'latest']);
  const [token, payer, payee, amount, state] = decodeFunctionResult({ abi, functionName: 'deposits', data: answer });
  return { token: token.toLowerCase(), payer, payee, amount, state: states[state] };
}
async function delivered() {
  const purchase = await intended();
  assert.equal((await lock(purchase, await deposit(purchase))).item.status, 'held');
  assert.equal((await client.step(buyer, purchase.id, 'execute', {})).order.status, 'delivered');
  return purchase;
}

test('money is locked for an order, and paid to the seller when it is confirmed', async () => {
  const purchase = await intended();
  const { id, payment } = purchase;
  const { rail } = payment;
  assert.equal(rail.escrowAddress.toLowerCase(), world.addresses.Escrow);
  assert.deepEqual([rail.type, rail.metadata], ['escrow', {}]);
  const seller = await client.dollarsOf(rail.payeeAddress);
  const locked = await lock(purchase, await deposit(purchase));
  assert.deepEqual([locked.http, locked.item.status], [200, 'held']);
  assert.deepEqual(await depositOf(purchase), {
    token: world.addresses.UsdToken,
    payer: buyer.account.address,
    payee: rail.payeeAddress,
    amount: 2_000_000n,
    state: 'locked',
  });
  await client.step(buyer, id, 'execute', {});
  const confirmed = await client.step(buyer, id, 'confirm');
  assert.deepEqual([confirmed.order.status, confirmed.payment.status], ['confirmed', 'release_pending']);
  await market.settled();
  assert.equal((await paymentOf(purchase)).status, 'released');
  assert.equal((await depositOf(purchase)).state, 'released');
  assert.equal(await client.dollarsOf(rail.payeeAddress), seller + 2);
});

test('a release can wait, and be tried again after a failure', async () => {
  const purchase = await delivered();
  const { payeeAddress } = purchase.payment.rail;
  const seller = await client.dollarsOf(payeeAddress);
  await world.control.setFault('Escrow', '0x3a81d6fc');
  await client.step(buyer, purchase.id, 'confirm');
  await market.settled();
  const failed = await paymentOf(purchase);
  assert.equal(failed.status, 'release_pending');
  assert.match(failed.notes[0], /^The release failed: Escrow\.release/);
  await world.control.setFault('Escrow', '0x');
  await market.release(purchase.id);
  assert.equal((await paymentOf(purchase)).status, 'released');
  assert.equal(await client.dollarsOf(payeeAddress), seller + 2);
  await assert.rejects(market.release(purchase.id), /waits for no release/);

  market.set({ release: 'manual' });
  const later = await delivered();
  await client.step(buyer, later.id, 'confirm');
  await market.settled();
  assert.equal((await depositOf(later)).state, 'locked');
  await market.release(later.id);
  assert.equal((await depositOf(later)).state, 'released');
});

test('payouts at the same time are all made', async () => {
  const purchases = [];
  for (let count = 0; count < 10; ++count) purchases.push(await delivered());
  await Promise.all(purchases.map(({ id }) => client.step(buyer, id, 'confirm')));
  await market.settled();
  const payments = await Promise.all(purchases.map(paymentOf));
  assert.deepEqual([...new Set(payments.map(({ status }) => status))], ['released']);
});

test('a dispute freezes the money, until it is resolved', async () => {
  for (const [way, status, share] of [
    ['release', 'released', [2, 0]],
    ['refund', 'refunded', [0, 2]],
  ]) {
    const purchase = await delivered();
    const accounts = [purchase.payment.rail.payeeAddress, buyer.account.address];
    const before = await Promise.all(accounts.map(client.dollarsOf));
    const { order, payment, dispute } = await client.step(buyer, purchase.id, 'dispute', { reason: 'wrong price' });
    assert.deepEqual([order.status, payment.status, dispute.status], ['disputed', 'frozen', 'open']);
    assert.equal((await depositOf(purchase)).state, 'frozen');
    refused(await client.step(buyer, purchase.id, 'confirm'), 409, 'ORDER_CLOSED');
    await assert.rejects(market.resolve(purchase.id, 'burn'), /'release' or 'refund'/);
    await market.resolve(purchase.id, way);
    assert.equal((await paymentOf(purchase)).status, status);
    assert.equal((await depositOf(purchase)).state, status);
    const after = await Promise.all(accounts.map(client.dollarsOf));
    assert.deepEqual(
      after.map((sum, index) => sum - before[index]),
      share,
    );
    await assert.rejects(market.resolve(purchase.id, way), /no open dispute/);
  }
});

test('an order can be disputed before it is delivered', async () => {
  const paid = await intended();
  await lock(paid, await deposit(paid));
  const { order, payment } = await client.step(buyer, paid.id, 'dispute', { reason: 'too late' });
  assert.deepEqual([order.status, payment.status], ['disputed', 'frozen']);
  refused(await client.step(buyer, paid.id, 'execute', {}), 409, 'ORDER_CLOSED');
  const unpaid = await intended();
  const second = await client.step(buyer, unpaid.id, 'dispute', { reason: 'a mistake' });
  assert.deepEqual([second.order.status, second.payment.status], ['disputed', 'intent_created']);
});

test('confirmed or disputed, not both', async () => {
  const purchase = await delivered();
  const answers = await Promise.all([
    client.step(buyer, purchase.id, 'dispute', { reason: 'hm' }),
    client.step(buyer, purchase.id, 'confirm'),
  ]);
  assert.deepEqual(answers.map(({ http }) => http).sort(), [200, 409]);
  await market.settled();
  const { state } = await depositOf(purchase);
  assert.equal(state, answers[0].http === 200 ? 'frozen' : 'released');
});

test('a failed execution gives the money back', async () => {
  const { item } = await client.order(buyer, 'svc_price_escrow', { input: { symbol: 'NIL/USD' } });
  const { item: payment } = await client.step(buyer, item.id, 'payment-intent', { rail: { type: 'onchain-escrow' } });
  const purchase = { id: item.id, payment };
  const before = await client.dollarsOf(buyer.account.address);
  await lock(purchase, await deposit(purchase));
  assert.equal(await client.dollarsOf(buyer.account.address), before - 2);
  assert.equal((await client.step(buyer, item.id, 'execute', {})).order.status, 'failed');
  assert.deepEqual([(await paymentOf(purchase)).status, (await depositOf(purchase)).state], ['refunded', 'refunded']);
  assert.equal(await client.dollarsOf(buyer.account.address), before);
});

test('only a deposit of the exact amount is locked, once', async () => {
  const [first, second] = [await intended(), await intended()];
  refused(await lock(first, await deposit(first, '1.99')), 422, 'PAYMENT_TRANSFER_NOT_FOUND');
  const toSeller = await client.transfer(buyer.account, first.payment.rail.payeeAddress, '2');
  refused(await lock(first, toSeller), 422, 'PAYMENT_TRANSFER_NOT_FOUND');
  refused(await lock(first, `0x${'ab'.repeat(32)}`), 409, 'PAYMENT_NOT_MINED');
  const hash = await deposit(first);
  const answers = await Promise.all([lock(first, hash), lock(first, hash)]);
  assert.deepEqual(
    answers.map(({ item }) => item.status),
    ['held', 'held'],
  );
  refused(await lock(second, hash), 422, 'PAYMENT_TRANSFER_NOT_FOUND');
  for (const [changes, field] of [
    [{ escrowAddress: buyer.account.address }, 'escrowAddress'],
    [{ chain: 'eip155:1' }, 'chain'],
  ]) {
    const answer = await lock(second, hash, changes);
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
});

test('each rail is paid in its own way', async () => {
  const [escrowed, direct] = [await intended(), await client.intended(buyer, 'svc_price_signed')];
  const hash = `0x${'ab'.repeat(32)}`;
  const proof = client.proofOf(escrowed.payment, hash);
  refused(await client.step(buyer, escrowed.id, 'payment-proof', proof), 400, 'VALIDATION_ERROR');
  refused(await lock({ ...direct, payment: escrowed.payment }, hash), 400, 'VALIDATION_ERROR');
});

test('a lock that the contract refuses leaves the deposit for another try', async () => {
  const purchase = await intended();
  const hash = await deposit(purchase);
  await world.control.setFault('Escrow', '0x3a81d6fc');
  refused(await lock(purchase, hash), 502, 'PAYMENT_RPC_ERROR');
  await world.control.setFault('Escrow', '0x');
  assert.equal((await lock(purchase, hash)).item.status, 'held');
});

test('the contract keeps every deposit apart', async () => {
  const { send } = world.control;
  const order = stringToHex('ord_by_hand', { size: 32 });
  const [payer, payee] = world.accounts.map(({ address }) => address);
  const { UsdToken: token } = world.addresses;
  const call = (name, ...args) => send('Escrow', name, args);
  const free = BigInt(Math.round((await client.dollarsOf(world.addresses.Escrow)) * 1e6));
  // All that is there may be another order's.
  await assert.rejects(call('lock', order, token, payer, payee, free + 1n), /reverted/);
  await assert.rejects(call('lock', order, token, payer, payee, 0n), /reverted/);
  await assert.rejects(call('release', order), /reverted/);
  await send('UsdToken', 'mint', [world.addresses.Escrow, 1_000_000n]);
  await call('lock', order, token, payer, payee, 1_000_000n);
  await assert.rejects(call('lock', order, token, payer, payee, 1n), /reverted/);
  await call('freeze', order);
  await assert.rejects(call('freeze', order), /reverted/);
  const stranger = { from: world.accounts[0].address };
  await assert.rejects(send('Escrow', 'refund', [order], stranger), /reverted/);
  await call('refund', order);
  await assert.rejects(call('release', order), /reverted/);
  assert.equal(await client.dollarsOf(payer), 1);
});
