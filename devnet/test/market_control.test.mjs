// What tests and people do with the Orchestration API: faults, load, switches by hand, and its use from a page.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { codes } from '../src/services/orchestration/errors.mjs';
import { newAccount, refused, startMarket } from './market_client.mjs';

let client, world, market, machine, pairing, url;
before(async () => {
  client = await startMarket();
  ({ world } = client);
  ({ market } = world.control);
  url = world.urls.orchestration;
  machine = await client.onboard();
  pairing = await client.pair(machine);
});
after(() => world.stop());
afterEach(() => market.clear());

const at = (path) => `${url}/api/v1${path}`;
const byHand = async (path, method = 'POST') => {
  const answer = await fetch(`${url}/dev/${path}`, { method });
  return [answer.status, await answer.text()];
};

test('every code can be had from every endpoint', async () => {
  for (const [code, [http]] of Object.entries(codes)) {
    market.fail('E5', code);
    refused(await client.get('/machines'), http, code);
  }
  const order = (await client.order(pairing, 'svc_block')).item.id;
  const pairings = `/machines/${machine.id}/agent-pairings`;
  const endpoints = [
    ['E1', 'POST', '/machine-identity/challenges'],
    ['E2', 'POST', '/machines'],
    ['E3', 'PATCH', `/machines/${machine.id}`],
    ['E4', 'GET', `/machines/${machine.id}`],
    ['E5', 'GET', '/machines?limit=1'],
    ['E6', 'POST', `${pairings}/challenges`],
    ['E7', 'POST', pairings],
    ['E8', 'POST', '/market/search'],
    ['E9', 'POST', '/market/orders'],
    ['E10', 'GET', `/market/orders/${order}`],
    ['E11', 'GET', `/market/orders/${order}/payment`],
    ['E12', 'GET', `/market/orders?machineId=${machine.id}`],
    ['E13', 'POST', `/market/orders/${order}/payment-intent`],
    ['E14', 'POST', `/market/orders/${order}/payment-proof`],
    ['E15', 'POST', `/market/orders/${order}/payment/escrow-lock`],
    ['E16', 'POST', `/market/orders/${order}/execute`],
    ['E17', 'POST', `/market/orders/${order}/confirm`],
    ['E18', 'POST', `/market/orders/${order}/dispute`],
    ['E19', 'GET', '/market/searches/msearch_1'],
    ['E20', 'POST', `${pairings}/${pairing.id}/sessions`],
  ];
  for (const [endpoint, method, path] of endpoints) {
    market.clear();
    market.fail(endpoint, 'QUOTE_EXPIRED');
    refused(await client.request(method, path), 410, 'QUOTE_EXPIRED');
    const { headers, ...seen } = market.requests.at(-1);
    assert.deepEqual([seen.endpoint, seen.method, seen.status, seen.code], [endpoint, method, 410, 'QUOTE_EXPIRED']);
    assert.equal(headers['content-type'], 'application/json');
  }
  assert.throws(() => market.fail('E21', 'INTERNAL'), /E1 to E20/);
});

test('a fault lasts for so many requests, and may be of all endpoints', async () => {
  market.fail('E5', 'INTERNAL', { times: 2 });
  const answers = [];
  for (let count = 0; count < 3; ++count) answers.push((await client.get('/machines')).http);
  assert.deepEqual(answers, [500, 500, 200]);
  market.fail('*', 'INTERNAL');
  refused(await client.get('/machines'), 500, 'INTERNAL');
  refused(await client.order(pairing, 'svc_block'), 500, 'INTERNAL');
  market.fail('*', null);
  assert.equal((await client.get('/machines')).http, 200);
});

test('a fault says what a test wants to read', async () => {
  const details = { fieldName: 'x', apiKey: 'secret' };
  market.fail('E4', { code: 'WEIRD', message: 'strange', details, status: 418 });
  const answer = await client.get(`/machines/${machine.id}`);
  assert.deepEqual([answer.http, answer.error], [418, { code: 'WEIRD', message: 'strange', details }]);
  market.fail('E4', { text: '<h1>Bad gateway</h1>', status: 502 });
  const page = await fetch(at(`/machines/${machine.id}`));
  assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
  assert.equal(await page.text(), '<h1>Bad gateway</h1>');
  market.fail('E4', { text: '{"item":5}', type: 'application/json' });
  assert.equal((await client.get(`/machines/${machine.id}`)).item, 5);
});

test('a connection is dropped before or after the work', async () => {
  const list = async () => (await client.get(`/market/orders?machineId=${machine.id}&limit=500`)).items.length;
  const count = await list();
  for (const [drop, more] of [
    ['before', 0],
    ['after', 1],
  ]) {
    market.fail('E9', { drop });
    await assert.rejects(client.order(pairing, 'svc_block'), /fetch failed/);
    assert.equal(market.requests.at(-1).status, null);
    market.clear();
    assert.equal(await list(), count + more);
  }
  market.fail('E9', { delayMs: 50 });
  assert.equal((await client.order(pairing, 'svc_block')).http, 201);
});

test('ten thousand orders are listed in pages, the newest first', async () => {
  const { id } = await client.onboard();
  market.seedOrders(id, 10_000);
  const buyer = await client.pair({ id });
  const newest = (await client.order(buyer, 'svc_block')).item.id;
  const first = await client.get(`/market/orders?machineId=${id}`);
  assert.deepEqual([first.items.length, first.items[0].id, typeof first.nextCursor], [100, newest, 'string']);
  const seen = new Set();
  let pages = 0;
  for (let cursor = ''; cursor !== null; ++pages) {
    const tail = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await client.get(`/market/orders?machineId=${id}&limit=500${tail}`);
    for (const order of page.items) seen.add(order.id);
    cursor = page.nextCursor;
    // What is ordered meanwhile does not move the pages.
    if (pages === 0) await client.order(buyer, 'svc_block');
  }
  assert.deepEqual([seen.size, pages], [10_001, 21]);
});

test('a wrong limit, cursor or machine is refused', async () => {
  for (let count = 0; count < 2; ++count) await client.order(pairing, 'svc_block');
  const list = (tail, { id } = machine) => client.get(`/market/orders?machineId=${id}${tail}`);
  for (const limit of ['0', '501', 'x', '-1', '1.5', ''])
    refused(await list(`&limit=${limit}`), 400, 'VALIDATION_ERROR');
  const { nextCursor } = await list('&limit=1');
  const cursor = encodeURIComponent(nextCursor);
  assert.equal((await list(`&limit=1&cursor=${cursor}`)).http, 200);
  for (const wrong of ['', 'x', `${cursor}A`, encodeURIComponent(Buffer.from('[1]').toString('base64'))])
    refused(await list(`&cursor=${wrong}`), 400, 'VALIDATION_ERROR');
  refused(await list(`&cursor=${cursor}`, await client.onboard()), 400, 'VALIDATION_ERROR');
  refused(await client.get(`/machines?cursor=${cursor}`), 400, 'VALIDATION_ERROR');
  refused(await list('', { id: 'mach_none' }), 404, 'NOT_FOUND');
  refused(await client.get('/market/orders'), 404, 'NOT_FOUND');
});

test('an order can be brought into any state', async () => {
  for (const status of ['cancelled', 'confirmed', 'disputed']) {
    const { id } = (await client.order(pairing, 'svc_block')).item;
    market.setOrder(id, status);
    refused(await client.step(pairing, id, 'confirm'), 409, 'ORDER_CLOSED');
    refused(await client.step(pairing, id, 'execute', {}), 409, 'ORDER_CLOSED');
    refused(await client.step(pairing, id, 'payment-intent', { rail: { type: 'wallet' } }), 409, 'ORDER_CLOSED');
  }
  assert.throws(() => market.set({ nonsense: 1 }), /no setting 'nonsense'/);
  assert.throws(() => market.setPairing('pair_none', 'active'), /no pairing/);
});

test('a reset market knows nothing, nor its tokens', async () => {
  const snapshot = await world.rpc('evm_snapshot');
  const { id } = await client.onboard();
  const buyer = await client.pair({ id });
  market.set({ quoteSeconds: 1 });
  market.fail('E5', 'INTERNAL');
  await world.rpc('evm_revert', [snapshot]);
  await market.reset();
  assert.deepEqual((await client.get('/machines')).items, []);
  assert.equal(market.requests.length, 1);
  refused(await client.order(buyer, 'svc_block'), 401, 'AGENT_AUTH_INVALID');
  machine = await client.onboard();
  pairing = await client.pair(machine);
  assert.equal((await client.order(pairing, 'svc_block')).http, 201);
});

test('a page of another origin may use it', async () => {
  const asked = { origin: 'https://console.example', 'access-control-request-method': 'PATCH' };
  const preflight = await fetch(at('/machines/x'), {
    method: 'OPTIONS',
    headers: { ...asked, 'access-control-request-headers': 'content-type,x-api-key,x-agent-pairing-token' },
  });
  assert.equal(preflight.status, 204);
  for (const name of ['origin', 'methods', 'headers'])
    assert.equal(preflight.headers.get(`access-control-allow-${name}`), '*');
  const refusedAnswer = await fetch(at('/machines'), { headers: { origin: 'https://console.example' } });
  assert.deepEqual([refusedAnswer.status, refusedAnswer.headers.get('access-control-allow-origin')], [401, '*']);
});

test('a person switches by hand', async () => {
  const account = newAccount().address;
  assert.deepEqual(await byHand(`fund?account=${account}&dollars=12.5`), [
    200,
    `${account} got 12.5 USDC, and PEAQ for gas\n`,
  ]);
  assert.equal(await client.dollarsOf(account), 12.5);
  assert.equal(BigInt(await world.rpc('eth_getBalance', [account, 'latest'])), 10n ** 18n);
  assert.equal((await byHand('fail?endpoint=E5&code=INTERNAL'))[0], 200);
  refused(await client.get('/machines'), 500, 'INTERNAL');
  await byHand('clear');
  await byHand('fail?endpoint=E5&code=NOT_FOUND&times=1');
  assert.deepEqual([(await client.get('/machines')).http, (await client.get('/machines')).http], [404, 200]);
  const { id } = (await client.order(pairing, 'svc_block')).item;
  await client.step(pairing, id, 'dispute', { reason: 'x' });
  assert.equal((await byHand(`resolve?order=${id}&way=refund`))[0], 200);
  assert.equal((await byHand('advance?seconds=3600'))[0], 200);
  refused(await client.order(pairing, 'svc_block'), 401, 'AGENT_AUTH_EXPIRED');
  for (const [path, status, method] of [
    ['advance?seconds=x', 400],
    ['fund', 400],
    ['fund?account=x', 400],
    ['fail?endpoint=E99&code=INTERNAL', 400],
    ['fail?endpoint=E1&code=NONE', 400],
    ['resolve?order=ord_none&way=refund', 400],
    ['nonsense', 404],
    ['clear', 404, 'GET'],
  ])
    assert.equal((await byHand(path, method))[0], status, path);
});
