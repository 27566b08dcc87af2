// The Machine Market's operations in Node: typed results, and questions that a program answers.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, PeaqosError } from '@peaqos/core';
import { marketEnv, newKey, newMachine, payByHand } from '../../tests/support/market.mjs';
import { startWorld } from '../../tests/support/world.mjs';

const bytes = (text) => new TextEncoder().encode(text);

const world = await startWorld();
const { market } = world.control;

/** A client that keeps its files in memory. */
function newClient(changes = {}) {
  const files = new Map();
  return createClient({
    env: { ...marketEnv(world), ...changes },
    readFile(path) {
      if (!files.has(path)) throw Object.assign(new Error(path), { failure: 'missing' });
      return files.get(path);
    },
    async appendFile(path, bytes) {
      files.set(path, Buffer.concat([files.get(path) ?? Buffer.of(), bytes]));
    },
  });
}

const agentOf = ({ address }) => ({
  agentAddress: address,
  agentProvider: 'teneo',
  agentRole: 'machine-market-buyer',
});

test('a machine is onboarded: who signs is asked, and so is whether to go on', async () => {
  const account = newKey();
  await market.activate(account.address, world.accounts[1].address);
  const asked = [];
  const onQuestion = async (question) => {
    asked.push(question.name);
    return question.name === 'signature' ? account.signMessage({ message: question.message }) : 'y';
  };
  const request = {
    identityRef: `did:peaq:${account.address}`,
    displayName: 'rover-014',
    ownerId: 'op_xyz',
    machineType: 'qvac',
    runtimeProfile: 'machine-runtime-agent',
    labels: { foo_bar: 'x' },
    capabilities: ['nav'],
  };
  const client = newClient();
  assert.equal(
    await client.onboardMachine(request, { onQuestion: (q) => (q.name === 'signature' ? onQuestion(q) : 'n') }),
    null,
  );
  const machine = await client.onboardMachine(request, { onQuestion });
  assert.deepEqual(asked, ['signature', 'signature', 'confirm_onboarding']);
  assert.equal(machine.status, 'active');
  assert.deepEqual(machine.labels, { foo_bar: 'x' });
  assert.deepEqual(await client.machine(machine.id), machine);
  const { items } = await client.machines();
  assert.ok(items.some(({ id }) => id === machine.id));
});

test('an agent is paired, its token rotated, and it buys, confirms and disputes', async () => {
  const machine = await newMachine(world);
  const agent = newKey();
  await market.fund(agent.address, '5');
  const client = newClient();
  const onQuestion = (question) => (question.name === 'signature' ? agent.signMessage(question) : 'yes');
  const pairing = await client.pairAgent(
    { machineId: machine.id, ...agentOf(agent), perTransactionLimit: 2.5, currency: 'USD' },
    { onQuestion },
  );
  assert.equal(pairing.delegation_policy.per_transaction_limit, 2.5);
  const session = await client.createAgentPairingSession(
    { machineId: machine.id, agentPairingId: pairing.id, ...agentOf(agent) },
    { onQuestion },
  );
  assert.equal(session.id, pairing.id);
  assert.notEqual(session.pairing_token, pairing.pairing_token);
  const wanted = { machineId: machine.id, serviceType: 'oracle.price-feed', nativeOnly: true, budgetAmount: 5 };
  await assert.rejects(client.search({ ...wanted, pairingToken: bytes(pairing.pairing_token) }), (error) => {
    assert.ok(error instanceof PeaqosError);
    assert.deepEqual([error.kind, error.code], ['network', 'AGENT_AUTH_INVALID']);
    return true;
  });
  const pairingToken = () => bytes(session.pairing_token); // a call overwrites it
  const found = await client.search({ ...wanted, pairingToken: pairingToken() });
  const quote = found.quotes.find(({ service_id }) => service_id === 'svc_price_signed');

  let due;
  const placed = await client.placeOrder(
    {
      serviceId: quote.service_id,
      quoteId: quote.id,
      searchId: found.id,
      machineId: machine.id,
      agentPairingId: pairing.id,
      pairingToken: pairingToken(),
      input: { symbol: 'EUR/USD', snake_key: 1.5 },
    },
    {
      onQuestion: (question) => {
        if (question.name === 'payment_hash') return payByHand(world, { agent }, due.recipient, '1.5');
        due = question.payment;
        return 'y';
      },
    },
  );
  assert.deepEqual([due.amount, due.token, due.payer, due.escrow], [1.5, 'USDC', agent.address, false]);
  assert.equal(placed.order.status, 'delivered');
  assert.equal(placed.execution.outcome.status, 'completed');
  assert.deepEqual(placed.order.input_payload, { symbol: 'EUR/USD', snake_key: 1.5 });
  assert.equal((await client.order(placed.order.id)).payment.status, 'held');
  const { order } = await client.confirmOrder({ orderId: placed.order.id, pairingToken: pairingToken() });
  assert.equal(order.status, 'confirmed');

  const free = { serviceId: 'svc_block', machineId: machine.id, agentPairingId: pairing.id, yes: true };
  const second = await client.placeOrder({ ...free, pairingToken: pairingToken() });
  const request = { orderId: second.order.id, reason: 'late', evidence: { log_url: 'https://x' } };
  const dispute = (more, options) =>
    client.disputeOrder({ ...request, ...more, pairingToken: pairingToken() }, options);
  assert.equal(await dispute({}, { onQuestion: () => '' }), null);
  const disputed = await dispute({ yes: true });
  assert.deepEqual(disputed.dispute.evidence, { log_url: 'https://x' });
  const page = await client.orders({ machineId: machine.id, limit: 1 });
  assert.equal(page.items[0].id, second.order.id);
  const next = await client.orders({ machineId: machine.id, limit: 1, cursor: page.next_cursor });
  assert.equal(next.items[0].id, placed.order.id);
});

test('what is wrong with a request is said by its member', async () => {
  const client = newClient();
  const request = { machineId: 'm', serviceId: 's', agentPairingId: 'p' };
  for (const [changes, code, expected] of [
    [{ machineId: '' }, 'MISSING_FIELD', /machineId/],
    [{ input: '[1]' }, 'BAD_JSON', /input is a list/],
    [{ skipPayment: true }, 'BAD_FIELD', /skipPayment needs paymentTxHash/],
    [{ serviceld: 'x' }, 'UNKNOWN_FIELD', /serviceld/],
  ]) {
    await assert.rejects(client.placeOrder({ ...request, ...changes, pairingToken: bytes('t') }), (error) => {
      assert.deepEqual([error.kind, error.code], ['input', code]);
      assert.match(error.message, expected);
      return true;
    });
  }
  const bare = createClient({ env: {} });
  await assert.rejects(bare.machines(), ({ kind }) => kind === 'configuration');
});
