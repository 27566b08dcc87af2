// Answers that prove nothing: an event is made once and an order is paid once, whatever an endpoint leaves out.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, scratch, testBoth } from '../support/commands.mjs';
import {
  anyOf,
  droppingReceipts,
  failingReceipts,
  lagging,
  losingSends,
  receiptsWithStatus,
  strangersReceipts,
  withoutReceipts,
} from '../support/endpoint_faults.mjs';
import { newBuyer, ordersOf, tokensOf } from '../support/market.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { newWallet } from '../support/wallets.mjs';
import {
  activate,
  eventCount,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const never = Infinity;
const anyHash = /0x[0-9a-f]{64}/;

async function meet(meddle, command, words, { cwd, env }) {
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    return await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
  } finally {
    await meddler.stop();
  }
}

/** One machine of one operator, whose events the tests of a command count. */
const operator = await newOperator(world);
let machineId;
async function newPlace(command, context, changes = {}) {
  const cwd = scratch(context);
  const env = { ...operator.env, ...changes };
  machineId ??= machineIdOf(await run(command, activate, { cwd, env }));
  return { cwd, env };
}

async function newPayer(context, changes = {}) {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  const wallet = await newWallet(buyer.cwd, buyer.agent.key);
  return { ...buyer, env: { ...buyer.env, ...wallet, PEAQOS_RPC_URL: world.rpcUrl, ...changes } };
}

// Troubles that end within a command's patience.
const passing = {
  'the answer to a send is lost, and look-ups lag': () => anyOf(losingSends(1), lagging(3)),
  'the answers to two sends are lost': () => losingSends(2),
  'receipts fail with an error in the body': () => failingReceipts(3, -32000, 'transaction indexing is in progress'),
  'receipts fail with HTTP 503': () => receiptsWithStatus(6, 503),
  'connections are dropped at receipts': () => droppingReceipts(3),
  'receipts are those of another transaction': () => strangersReceipts(3),
  'receipts lag behind': () => withoutReceipts(3),
};

for (const [what, trouble] of Object.entries(passing)) {
  testBoth(`one event: ${what}`, async (command, context) => {
    const place = await newPlace(command, context);
    const before = await eventCount(world, machineId);
    const { code, stdout, stderr } = await meet(trouble(), command, revenue(machineId), place);
    assert.equal(code, 0, stderr);
    assert.equal((await eventCount(world, machineId)) - before, 1);
    const [pending, confirmed, ...more] = journal(place.cwd).filter(({ step }) => step === 'submit_event');
    assert.deepEqual([pending.status, confirmed.status, more], ['pending', 'confirmed', []]);
    assert.match(stdout, new RegExp(confirmed.tx_hash), 'the hash that is printed is the recorded one');
  });
}

// Troubles that outlast the first run: it must say what it does not know, and the next ones look before they send.
const lasting = {
  'nothing is heard of it again': () => anyOf(losingSends(never), lagging(never)),
  'its receipt does not come': () => withoutReceipts(never),
  'receipts only fail': () => failingReceipts(never, -32000, 'transaction indexing is in progress'),
  'receipts are only those of another transaction': () => strangersReceipts(never),
};
const unsure = /Error: transaction 0x[0-9a-f]{64} (may have been sent|was submitted but is not yet mined)[^\n]*\n/;

for (const [nulls, [what, trouble]] of Object.entries(lasting).entries()) {
  testBoth(`one event: ${what}; then ${nulls} look-ups find no receipt`, async (command, context) => {
    const place = await newPlace(command, context, { PEAQOS_RECEIPT_TIMEOUT: '1' });
    const before = await eventCount(world, machineId);
    const first = await meet(trouble(), command, revenue(machineId), place);
    assert.equal(first.code, 2, first.stderr);
    assert.match(first.stderr, unsure);
    assert.match(first.stderr, /sends nothing twice\n$/);
    const patient = { ...place, env: { ...place.env, PEAQOS_RECEIPT_TIMEOUT: '30' } };
    const second = await meet(withoutReceipts(nulls), command, revenue(machineId), patient);
    assert.equal(second.code, 0, second.stderr);
    const [hash] = anyHash.exec(first.stderr);
    assert.match(second.stderr, new RegExp(`under way \\(submit_event, ${hash}\\); looking it up`));
    assert.match(second.stdout, new RegExp(hash));
    assert.equal((await eventCount(world, machineId)) - before, 1);
  });
}

testBoth('one payment: the answer to its send is lost, and look-ups lag', async (command, context) => {
  const buyer = await newPayer(context);
  const { code, stderr } = await meet(
    anyOf(losingSends(1), lagging(3)),
    command,
    buyer.words('svc_price_signed', '-y'),
    buyer,
  );
  assert.equal(code, 0, stderr);
  assert.equal(await tokensOf(world, buyer.agent.address), 1_500_000n);
  assert.equal(await transactionCount(world, buyer.agent.address), 1);
});

testBoth('one payment: nothing is heard of it again; then look-ups find no receipt', async (command, context) => {
  const buyer = await newPayer(context, { PEAQOS_RECEIPT_TIMEOUT: '1' });
  const words = buyer.words('svc_price_signed', '-y');
  const first = await meet(anyOf(losingSends(never), lagging(never)), command, words, buyer);
  assert.equal(first.code, 2, first.stderr);
  assert.match(first.stderr, anyHash);
  const patient = { ...buyer, env: { ...buyer.env, PEAQOS_RECEIPT_TIMEOUT: '30' } };
  const second = await meet(withoutReceipts(2), command, words, patient);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(await tokensOf(world, buyer.agent.address), 1_500_000n);
  assert.equal((await ordersOf(world, buyer.machine)).length, 1);
});
