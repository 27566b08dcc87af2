// Wallet payments: an order is ready only when its exact transfer is on the chain, and one transfer pays one order.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { encodeFunctionData, parseAbi } from 'viem';
import { newAccount, refused, startMarket } from './market_client.mjs';

const abi = parseAbi(['function batchAll(address[],uint256[],bytes[],uint64[]) payable']);
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
  await world.control.setFault('UsdToken', '0x');
});

const intended = (serviceId = 'svc_price_signed', type = 'wdk-usdt-transfer') =>
  client.intended(buyer, serviceId, type);
const prove = ({ id, payment }, hash, changes) =>
  client.step(buyer, id, 'payment-proof', client.proofOf(payment, hash, changes));
const pay = ({ payment }, dollars = '1.5', changes = {}) =>
  client.transfer(buyer.account, payment.rail.payeeAddress, dollars, changes);
const paymentOf = async (id) => (await client.get(`/market/orders/${id}/payment`)).item;
const statusOf = async (id) => (await client.get(`/market/orders/${id}`)).item.status;

test('an order is paid by a transfer, executed, and its payment released', async () => {
  const purchase = await intended();
  const { id, order, payment } = purchase;
  assert.deepEqual([order.status, payment.status, payment.amount], ['payment_pending', 'intent_created', 1.5]);
  assert.deepEqual(payment.rail.metadata, { rawAmount: '1500000', tokenDecimals: 6 });
  assert.equal(payment.rail.type, 'wdk-usdt-transfer');
  assert.deepEqual(await paymentOf(id), payment);
  refused(await client.step(buyer, id, 'execute', {}), 402, 'PAYMENT_REQUIRED');
  const seller = await client.dollarsOf(payment.rail.payeeAddress);
  const hash = await pay(purchase);
  const proven = await prove(purchase, hash);
  assert.deepEqual([proven.http, proven.item.status, await statusOf(id)], [200, 'held', 'ready']);
  assert.equal(proven.item.rail.metadata.transactionHash, hash);
  assert.equal(await client.dollarsOf(payment.rail.payeeAddress), seller + 1.5);
  assert.equal((await client.step(buyer, id, 'execute', {})).order.status, 'delivered');
  const confirmed = await client.step(buyer, id, 'confirm');
  assert.deepEqual([confirmed.order.status, confirmed.payment.status], ['confirmed', 'release_pending']);
  await market.settled();
  assert.equal((await paymentOf(id)).status, 'released');
});

test('steps that are repeated change nothing', async () => {
  const purchase = await intended();
  const { id, payment } = purchase;
  const again = await client.step(buyer, id, 'payment-intent', { rail: { type: 'wdk-usdt-transfer' } });
  assert.equal(again.item.id, payment.id);
  const hash = await pay(purchase);
  const [first, second] = await Promise.all([
    prove(purchase, hash),
    prove(purchase, hash.toUpperCase().replace('X', 'x')),
  ]);
  assert.deepEqual([first.item.status, second.item], ['held', first.item]);
  assert.deepEqual((await client.step(buyer, id, 'payment-intent', { rail: { type: 'wallet' } })).item, first.item);
  const other = await pay(purchase);
  refused(await prove(purchase, other), 400, 'VALIDATION_ERROR');
  const twice = await intended();
  const hashes = [await pay(twice), await pay(twice)];
  const proofs = await Promise.all(hashes.map((one) => prove(twice, one)));
  assert.deepEqual(proofs.map(({ http }) => http).sort(), [200, 400]);
  // What was paid too much can pay for another order.
  assert.equal((await prove(await intended(), other)).item.status, 'held');
});

test('one transfer pays one order', async () => {
  const [first, second] = [await intended(), await intended()];
  const hash = await pay(first);
  const both = await Promise.all([prove(first, hash), prove(second, hash)]);
  const loser = both.find(({ http }) => http !== 200);
  assert.equal(both.filter(({ http }) => http === 200).length, 1);
  refused(loser, 422, 'PAYMENT_TRANSFER_NOT_FOUND');
  assert.match(loser.error.message, /another order/);
});

test('a transaction with two transfers pays two orders', async () => {
  const purchases = [await intended(), await intended(), await intended()];
  const data = client.transferData(purchases[0].payment.rail.payeeAddress, '1.5');
  const calls = [Array(2).fill(world.addresses.UsdToken), [0n, 0n], [data, data], [0n, 0n]];
  const batch = encodeFunctionData({ abi, functionName: 'batchAll', args: calls });
  const hash = await client.sendFrom(buyer.account, { to: world.addresses.Batch, data: batch, gas: 1_000_000n });
  const answers = [];
  for (const purchase of purchases) answers.push((await prove(purchase, hash)).http);
  assert.deepEqual(answers, [200, 200, 422]);
});

test('only the exact transfer counts', async () => {
  const purchase = await intended();
  const { payeeAddress } = purchase.payment.rail;
  const stranger = newAccount();
  await market.fund(stranger.address, '10');
  const wrong = {
    'too little': await pay(purchase, '1.499999'),
    'too much': await pay(purchase, '1.500001'),
    'another recipient': await client.transfer(buyer.account, stranger.address, '1.5'),
    'another payer': await client.transfer(stranger, payeeAddress, '1.5'),
    'no transfer': await client.sendFrom(buyer.account, { to: stranger.address }),
    'another token': await otherToken(payeeAddress),
  };
  for (const [name, hash] of Object.entries(wrong)) {
    const answer = await prove(purchase, hash);
    refused(answer, 422, 'PAYMENT_TRANSFER_NOT_FOUND');
    assert.equal(answer.details.value, '1500000', name);
  }
  assert.equal((await paymentOf(purchase.id)).status, 'intent_created');
  assert.equal((await prove(purchase, await pay(purchase))).item.status, 'held');
});

// The same transfer of a second token, which the buyer has as much of.
async function otherToken(to) {
  const code = await world.rpc('eth_getCode', [world.addresses.UsdToken, 'latest']);
  const token = newAccount().address;
  await world.rpc('anvil_setCode', [token, code]);
  const slotOwner = `0x${'0'.repeat(64)}`;
  await world.rpc('anvil_setStorageAt', [token, slotOwner, `0x${'0'.repeat(24)}${world.accounts[0].address.slice(2)}`]);
  const mint = encodeFunctionData({
    abi: parseAbi(['function mint(address,uint256)']),
    args: [buyer.account.address, 9_000_000n],
  });
  const transaction = { from: world.accounts[0].address, to: token, data: mint };
  const made = await world.rpc('eth_sendTransaction', [transaction]);
  assert.equal((await client.receiptOf(made)).status, '0x1');
  const hash = await client.sendFrom(buyer.account, { to: token, data: client.transferData(to, '1.5') });
  assert.equal((await client.receiptOf(hash)).status, '0x1');
  return hash;
}

test('a failed transaction pays nothing', async () => {
  const purchase = await intended();
  await world.control.setFault('UsdToken', '0x3a81d6fc');
  const hash = await pay(purchase);
  assert.equal((await client.receiptOf(hash)).status, '0x0');
  refused(await prove(purchase, hash), 422, 'PAYMENT_TX_FAILED');
});

test('a payment must be mined', async () => {
  const purchase = await intended();
  refused(await prove(purchase, `0x${'ab'.repeat(32)}`), 409, 'PAYMENT_NOT_MINED');
  await world.rpc('evm_setAutomine', [false]);
  try {
    const hash = await pay(purchase, '1.5', { mined: false });
    refused(await prove(purchase, hash), 409, 'PAYMENT_NOT_MINED');
    await world.rpc('evm_mine');
    assert.equal((await prove(purchase, hash)).item.status, 'held');
  } finally {
    await world.rpc('evm_setAutomine', [true]);
  }
});

test('a node is needed to check a payment', async () => {
  const purchase = await intended();
  const hash = await pay(purchase);
  for (const [chainNode, http, code] of [
    ['missing', 422, 'PAYMENT_RPC_REQUIRED'],
    ['down', 502, 'PAYMENT_RPC_ERROR'],
  ]) {
    market.set({ chainNode });
    refused(await prove(purchase, hash), http, code);
  }
  market.set();
  assert.equal((await prove(purchase, hash)).item.status, 'held');
});

test('an intent takes the recommended rail only', async () => {
  const { item: order } = await client.order(buyer, 'svc_price_signed');
  const intent = (rail) => client.step(buyer, order.id, 'payment-intent', { rail });
  for (const [rail, field] of [
    [{ type: 'x402' }, 'rail.type'],
    [{}, 'rail.type'],
    [{ type: 'wallet', chain: 'eip155:1' }, 'rail.chain'],
    [{ type: 'wallet', token: 'DAI' }, 'rail.token'],
    [{ type: 'wallet', tokenAddress: world.addresses.Escrow }, 'rail.tokenAddress'],
    [{ type: 'wallet', payeeAddress: buyer.account.address }, 'rail.payeeAddress'],
  ]) {
    const answer = await intent(rail);
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
  // Another account may pay, and may change until it did.
  const payer = newAccount();
  const own = await intent({ type: 'wallet' });
  const other = await intent({ type: 'wallet', payerAddress: payer.address });
  assert.deepEqual([own.item.rail.payerAddress, other.item.rail.payerAddress], [buyer.account.address, payer.address]);
  assert.equal(other.item.rail.paymentIntentId, own.item.rail.paymentIntentId);
  await market.fund(payer.address, '1.5');
  const hash = await client.transfer(payer, other.item.rail.payeeAddress, '1.5');
  const proof = client.proofOf(other.item, hash);
  assert.equal((await client.step(buyer, order.id, 'payment-proof', proof)).item.status, 'held');
});

test('a proof must say what the rail says', async () => {
  const purchase = await intended();
  const hash = await pay(purchase);
  for (const [changes, field] of [
    [{ chain: 'eip155:1' }, 'chain'],
    [{ token: 'DAI' }, 'token'],
    [{ payerAddress: world.addresses.Escrow }, 'payerAddress'],
    [{ payeeAddress: world.addresses.Escrow }, 'payeeAddress'],
    [{ tokenAddress: world.addresses.Escrow }, 'tokenAddress'],
    [{ amount: '1.6' }, 'amount'],
    [{ rawAmount: '15' }, 'rawAmount'],
    [{ tokenDecimals: 18 }, 'tokenDecimals'],
    [{ transactionHash: '0xab' }, 'transactionHash'],
    [{ transactionHash: null }, 'transactionHash'],
    [{ transactionSignature: '5Sig' }, 'transactionHash'],
    [{ verificationMode: 'trust-me' }, 'verificationMode'],
  ]) {
    const answer = await prove(purchase, hash, changes);
    refused(answer, 400, 'VALIDATION_ERROR');
    assert.equal(answer.details.field, field);
  }
  const plain = { token: '', tokenAddress: null, tokenDecimals: null, rawAmount: null, verificationMode: 'rpc' };
  assert.equal((await prove(purchase, hash, plain)).item.status, 'held');
});

test('a proof comes after the intent, and not for a free order', async () => {
  const { item: order } = await client.order(buyer, 'svc_price_signed');
  const { payment } = await intended();
  refused(await prove({ id: order.id, payment }, `0x${'ab'.repeat(32)}`), 404, 'NOT_FOUND');
  const free = await client.intended(buyer, 'svc_block');
  assert.deepEqual([free.payment.status, free.payment.amount], ['not_required', undefined]);
  const proof = { ...client.proofOf(payment, `0x${'ab'.repeat(32)}`) };
  refused(await client.step(buyer, free.id, 'payment-proof', proof), 400, 'VALIDATION_ERROR');
});

test('what is paid elsewhere is not paid here', async () => {
  const { id } = (await client.order(buyer, 'svc_price_desk')).item;
  const payment = await paymentOf(id);
  assert.deepEqual([payment.status, payment.rail.type, payment.amount], ['not_required', 'external', undefined]);
  assert.deepEqual((await client.step(buyer, id, 'payment-intent', { rail: { type: 'external' } })).item, payment);
  assert.equal((await client.step(buyer, id, 'execute', {})).order.status, 'handoff');
  const confirmed = await client.step(buyer, id, 'confirm');
  assert.deepEqual([confirmed.order.status, confirmed.payment.status], ['confirmed', 'not_required']);
});

test('payments on other chains are refused, unless they are to be believed', async () => {
  const rail = { chain: 'solana:mainnet', tokenAddress: undefined, tokenMint: 'EPjF' };
  market.addService({ ...market.service('svc_price_signed'), id: 'svc_solana', payment: { rail } });
  const purchase = await intended('svc_solana');
  const changes = { transactionHash: null, transactionSignature: '5Sig', tokenMint: 'EPjF' };
  refused(await prove(purchase, null, changes), 422, 'PAYMENT_RPC_REQUIRED');
  market.set({ otherChains: 'recorded' });
  refused(await prove(purchase, `0x${'ab'.repeat(32)}`), 400, 'VALIDATION_ERROR');
  assert.equal((await prove(purchase, null, changes)).item.status, 'held');
  assert.equal((await client.step(buyer, purchase.id, 'execute', {})).order.status, 'delivered');
});

test('a disputed wallet payment is frozen; a failed execution keeps it', async () => {
  const { item } = await client.order(buyer, 'svc_price_signed', { input: { symbol: 'NIL/USD' } });
  const { item: payment } = await client.step(buyer, item.id, 'payment-intent', { rail: { type: 'wallet' } });
  await prove({ id: item.id, payment }, await pay({ payment }));
  assert.equal((await client.step(buyer, item.id, 'execute', {})).order.status, 'failed');
  assert.equal((await paymentOf(item.id)).status, 'held');
  const reason = 'no price came';
  const disputed = await client.step(buyer, item.id, 'dispute', { reason, evidence: { log_url: 'https://x' } });
  assert.deepEqual([disputed.order.status, disputed.payment.status], ['disputed', 'frozen']);
  const { dispute } = disputed;
  assert.deepEqual([dispute.status, dispute.reason, dispute.evidence], ['open', reason, { log_url: 'https://x' }]);
  refused(await client.step(buyer, item.id, 'dispute', { reason }), 409, 'ORDER_CLOSED');
});
