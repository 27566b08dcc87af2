// Searches and orders: ranked quotes that expire, delegation, free and handed-off work, and lists.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { refused, startMarket } from './market_client.mjs';

let world, market, machine, pairing, get, post, onboard, pair, search, order, step;
before(async () => {
  ({ world, get, post, onboard, pair, search, order, step } = await startMarket());
  ({ market } = world.control);
  machine = await onboard();
  pairing = await pair(machine);
});
after(() => world.stop());
afterEach(() => market.set());

const idsOf = ({ item }) => item.quotes.map(({ serviceId }) => serviceId);
const prices = (changes) => search(pairing, 'oracle.price-feed', changes);

test('a search answers ranked quotes with their reasons, and can be read again', async () => {
  const { http, item } = await prices();
  assert.deepEqual(
    [http, item.status, item.machineId, item.agentPairingId],
    [201, 'completed', machine.id, pairing.id],
  );
  assert.deepEqual(item.requestPayload, { machineId: machine.id, serviceType: 'oracle.price-feed' });
  assert.deepEqual(item.normalizedTask, {
    serviceType: 'oracle.price-feed',
    requiredCapabilities: [],
    allowExternalHandoff: false,
    requireNativeExecution: false,
  });
  assert.deepEqual(idsOf({ item }), ['svc_price_open', 'svc_price_signed', 'svc_price_escrow']);
  const [open, signed] = item.quotes;
  assert.deepEqual([open.score, open.operation, open.pricing.amount], [0.9, 'get-latest-price', 0]);
  assert.deepEqual(open.reasons.at(-1), 'free of charge');
  assert.deepEqual([open.payment.defaultRail, open.payment.required], ['not-required', false]);
  assert.deepEqual(signed.pricing, { mode: 'fixed', amount: 1.5, currency: 'USD', notes: [] });
  const { payment } = signed;
  assert.deepEqual(
    [payment.defaultRail, payment.supportedRails, payment.required, payment.chain, payment.token],
    ['wallet', ['wallet', 'wdk-usdt-transfer'], true, 'eip155:31338', 'USDC'],
  );
  assert.equal(payment.tokenAddress.toLowerCase(), world.addresses.UsdToken);
  assert.equal(payment.payerAddress, pairing.account.address);
  assert.deepEqual((await get(`/market/searches/${item.id}`, pairing)).item, item);
  refused(await get(`/market/searches/${item.id}`, await pair(machine)), 404, 'NOT_FOUND');
  assert.deepEqual((await get(`/market/searches/${item.id}`)).item, item, 'with the key of the platform');
  refused(await get('/market/searches/msearch_0'), 404, 'NOT_FOUND');
});

test('a search is narrowed by what it asks for', async () => {
  for (const [changes, ids] of [
    [{ maxResults: 1 }, ['svc_price_open']],
    [{ requiredCapabilities: ['signed'] }, ['svc_price_signed', 'svc_price_escrow']],
    [{ operation: 'get-signed-price' }, ['svc_price_signed']],
    [{ budget: { amount: 1 } }, ['svc_price_open']],
    [{ budget: { amount: 1, max: 1.5, currency: 'USD' } }, ['svc_price_open', 'svc_price_signed']],
    [{ budget: { max: 9, currency: 'EUR' } }, ['svc_price_open']],
    [{ region: 'us' }, ['svc_price_open', 'svc_price_escrow', 'svc_price_signed']],
    [{ allowExternalHandoff: true }, ['svc_price_open', 'svc_price_signed', 'svc_price_escrow', 'svc_price_desk']],
    [
      { allowExternalHandoff: true, requireNativeExecution: true },
      ['svc_price_open', 'svc_price_signed', 'svc_price_escrow'],
    ],
    [{ requiredCapabilities: ['none'] }, []],
  ])
    assert.deepEqual(idsOf(await prices(changes)), ids, JSON.stringify(changes));
  assert.equal((await search(pairing, 'no.such-type')).item.status, 'no_match');
  for (const changes of [{ maxResults: 0 }, { maxResults: 1.5 }, { requiredCapabilities: 'x' }, { budget: 5 }])
    refused(await prices(changes), 400, 'VALIDATION_ERROR');
});

test('credentials open a service, and are not kept', async () => {
  const rtk = (changes) => search(pairing, 'positioning.rtk', changes);
  assert.equal((await rtk()).item.quotes[0].integrationStatus, 'credentials-required');
  assert.deepEqual(idsOf(await rtk({ requireNativeExecution: true })), []);
  const providerCredentials = { geodnet: { appId: 'a', appKey: 'canary' } };
  const found = await rtk({ requireNativeExecution: true, providerCredentials });
  assert.equal(found.item.quotes[0].integrationStatus, 'native');
  assert.ok(!JSON.stringify(found).includes('canary'));
  const missing = await order(pairing, 'svc_rtk', { providerCredentials: { geodnet: { appId: 'a' } } });
  refused(missing, 400, 'VALIDATION_ERROR');
  assert.deepEqual(missing.details, { provider: 'geodnet', missing: ['appKey'] });
  const made = await order(pairing, 'svc_rtk', { providerCredentials });
  assert.equal(made.item.integrationStatus, 'native');
  assert.ok(!JSON.stringify(made).includes('canary'));
  assert.equal((await step(pairing, made.item.id, 'execute', {})).execution.outcome.status, 'completed');
});

test('a free order is executed, confirmed and closed', async () => {
  const { item: found } = await prices();
  const [quote] = found.quotes;
  const input = { symbol: 'GBP/USD', user_key: null };
  const made = await order(pairing, quote.serviceId, { searchId: found.id, quoteId: quote.id, input });
  const { id } = made.item;
  assert.deepEqual([made.http, made.item.status, made.item.input], [201, 'ready', input]);
  assert.deepEqual([made.item.searchId, made.item.quoteId], [found.id, quote.id]);
  refused(await get(`/market/orders/${id}/payment`), 404, 'NOT_FOUND');
  market.set({ noPayment: 'null' });
  assert.equal((await get(`/market/orders/${id}/payment`)).item, null);
  refused(await step(pairing, id, 'confirm'), 409, 'ORDER_NOT_DELIVERED');
  const done = await step(pairing, id, 'execute', { input });
  assert.deepEqual([done.http, done.order.status, done.execution.statusCode], [200, 'delivered', 200]);
  const { run, outcome } = done.execution;
  assert.deepEqual([run.status, run.outcomeId, outcome.status], ['completed', outcome.id, 'completed']);
  assert.deepEqual([outcome.result.symbol, typeof outcome.result.price], ['GBP/USD', 'number']);
  // The same execution, not another.
  assert.deepEqual((await step(pairing, id, 'execute', { input })).execution, done.execution);
  const confirmed = await step(pairing, id, 'confirm');
  assert.deepEqual([confirmed.order.status, confirmed.payment], ['confirmed', null]);
  for (const [path, body] of [['confirm'], ['execute', {}], ['dispute', { reason: 'late' }]])
    refused(await step(pairing, id, path, body), 409, 'ORDER_CLOSED');
  assert.equal((await get(`/market/orders/${id}`)).item.status, 'confirmed');
});

test('services do their work', async () => {
  const { item } = await order(pairing, 'svc_block');
  const { number, hash } = await world.rpc('eth_getBlockByNumber', ['latest', false]);
  const { result } = (await step(pairing, item.id, 'execute', {})).execution.outcome;
  assert.deepEqual([result.height, result.hash], [Number(number), hash]);
  const { item: failing } = await order(pairing, 'svc_price_open', { input: { symbol: 'NIL/USD' } });
  const { order: failed, execution } = await step(pairing, failing.id, 'execute', {});
  assert.deepEqual([failed.status, execution.outcome.status], ['failed', 'failed']);
  assert.equal(failed.errorMessage, execution.outcome.errorMessage);
  refused(await step(pairing, failing.id, 'confirm'), 409, 'ORDER_CLOSED');
});

test('work takes its time, and is done once for all who ask', async () => {
  market.set({ executeMs: 300 });
  const { item } = await order(pairing, 'svc_price_open');
  const both = [1, 2].map(() => step(pairing, item.id, 'execute', {}));
  const statusOf = async () => (await get(`/market/orders/${item.id}`)).item.status;
  let status;
  while ((status = await statusOf()) === 'ready');
  assert.ok(['executing', 'delivered'].includes(status), status);
  const [first, second] = await Promise.all(both);
  assert.deepEqual(first.execution, second.execution);
});

test('work is handed off, or not offered here', async () => {
  const { item } = await order(pairing, 'svc_price_desk');
  assert.deepEqual([item.executionMode, item.payment.defaultRail], ['external-handoff', 'external']);
  const done = await step(pairing, item.id, 'execute', {});
  assert.deepEqual([done.http, done.order.status, done.execution.statusCode], [202, 'handoff', 202]);
  assert.equal(done.execution.handoff.url, 'https://desk.example.com/quotes');
  assert.equal((await step(pairing, item.id, 'confirm')).order.status, 'confirmed');
  const { item: documented } = await order(pairing, 'svc_weather');
  refused(await step(pairing, documented.id, 'execute', {}), 422, 'EXECUTION_UNSUPPORTED');
});

test('a quote expires', async () => {
  const { item } = await prices();
  const [, { id, serviceId }] = item.quotes;
  const request = { searchId: item.id, quoteId: id };
  const made = await order(pairing, serviceId, request);
  market.advance(600);
  refused(await order(pairing, serviceId, request), 410, 'QUOTE_EXPIRED');
  const intent = () => step(pairing, made.item.id, 'payment-intent', { rail: { type: 'wallet' } });
  refused(await intent(), 410, 'QUOTE_EXPIRED');
});

test('what is wrong with an order is said', async () => {
  const { item } = await prices();
  const other = item.quotes[1].id;
  for (const [serviceId, changes, http, code] of [
    ['svc_none', {}, 404, 'NOT_FOUND'],
    ['svc_price_open', { quoteId: 'quote_none' }, 404, 'NOT_FOUND'],
    ['svc_price_open', { searchId: 'msearch_none' }, 404, 'NOT_FOUND'],
    ['svc_price_open', { quoteId: other }, 400, 'VALIDATION_ERROR'],
    ['svc_price_open', { operation: 'fly' }, 400, 'VALIDATION_ERROR'],
    ['svc_price_signed', { budget: { amount: 1 } }, 400, 'VALIDATION_ERROR'],
    ['svc_price_signed', { budget: { amount: 5, currency: 'EUR' } }, 400, 'VALIDATION_ERROR'],
    ['svc_price_open', { input: [] }, 400, 'VALIDATION_ERROR'],
    ['svc_price_open', { machineId: 'mach_none' }, 404, 'MACHINE_NOT_FOUND'],
  ])
    refused(await order(pairing, serviceId, changes), http, code);
  refused(await get('/market/orders/ord_none'), 404, 'NOT_FOUND');
  const mine = (await order(pairing, 'svc_block')).item.id;
  refused(await step(await pair(machine), mine, 'execute', {}), 404, 'NOT_FOUND');
  refused(await step(pairing, mine, 'dispute', {}), 400, 'VALIDATION_ERROR');
});

test('delegation is enforced', async () => {
  const buy = async (policy, serviceId) => order(await pair(machine, { policy }), serviceId);
  for (const [policy, serviceId, code] of [
    [{ allowedSkillKeys: ['digest'] }, 'svc_block', 'AGENT_POLICY_DENIED'],
    [{ deniedSkillKeys: ['digest'] }, 'svc_digest', 'AGENT_POLICY_DENIED'],
    [{ allowedServiceIds: ['svc_block'] }, 'svc_digest', 'AGENT_POLICY_DENIED'],
    [{ allowedServiceIds: ['svc_block'], deniedServiceIds: ['svc_block'] }, 'svc_block', 'AGENT_POLICY_DENIED'],
    [{ perTransactionLimit: 5, currency: 'EUR' }, 'svc_digest', 'AGENT_POLICY_DENIED'],
    [{ perTransactionLimit: 1.49, currency: 'USD' }, 'svc_price_signed', 'AGENT_SPEND_LIMIT_EXCEEDED'],
    [{ dailySpendLimit: 1.49 }, 'svc_price_signed', 'AGENT_DAILY_LIMIT_EXCEEDED'],
  ])
    refused(await buy(policy, serviceId), 403, code);
  assert.equal((await buy({ allowedSkillKeys: ['digest'], perTransactionLimit: 0.25 }, 'svc_digest')).http, 201);
  const narrow = await pair(machine, { policy: { deniedServiceIds: ['svc_price_open'] } });
  const { quotes } = (await search(narrow, 'oracle.price-feed')).item;
  assert.deepEqual(
    [quotes.at(-1).serviceId, quotes.at(-1).reasons.at(-1)],
    ['svc_price_open', 'the delegation policy denies it'],
  );
});

test('a daily limit counts orders made together, and ends with its day', async () => {
  const buyer = await pair(machine, { policy: { dailySpendLimit: 3.25, currency: 'USD' } });
  const buy = () => order(buyer, 'svc_price_signed');
  const many = await Promise.all([buy(), buy(), buy(), buy()]);
  assert.deepEqual(many.map(({ http }) => http).sort(), [201, 201, 403, 403]);
  assert.equal((await order(buyer, 'svc_digest')).http, 201); // the last quarter
  assert.equal((await order(buyer, 'svc_block')).http, 201); // free
  const over = await order(buyer, 'svc_digest');
  refused(over, 403, 'AGENT_DAILY_LIMIT_EXCEEDED');
  assert.deepEqual([over.details.limit, over.details.spent, over.details.price], [3.25, 3.25, 0.25]);
  market.set({ tokenSeconds: 200_000 });
  const { item: challenge } = await post(`/machines/${machine.id}/agent-pairings/challenges`, {
    agentAddress: buyer.agentAddress,
    agentProvider: buyer.agentProvider,
    agentRole: buyer.agentRole,
  });
  const signature = await buyer.account.signMessage({ message: challenge.message });
  const agentProof = { challengeId: challenge.challengeId, signature };
  const session = await post(`/machines/${machine.id}/agent-pairings/${buyer.id}/sessions`, { agentProof });
  buyer.token = session.item.pairingToken;
  market.advance(86_400);
  assert.equal((await buy()).http, 201);
});

test('an input keeps every digit', async () => {
  const input = '{"block":9007199254740993,"text":"9007199254740993","least":-9007199254740995,"part":1.5}';
  const { id, token } = await pair(machine);
  const ids = `"machineId":"${machine.id}","agentPairingId":"${id}","serviceId":"svc_block"`;
  const answer = await fetch(`${world.urls.orchestration}/api/v1/market/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-agent-pairing-token': token },
    body: `{${ids},"input":${input}}`,
  });
  const text = await answer.text();
  assert.equal(answer.status, 201, text);
  assert.ok(text.includes(`"input":${input}`), text);
});
