// The MCR API over a real chain, with figures worked out by hand.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { stringToHex } from 'viem';
import { batchOf, bond, eventOf, startWorld } from './operator.mjs';

let world, operators, proxy, machine, stranger, now;
before(async () => {
  ({ world, operators } = await startWorld());
  [proxy, machine, stranger] = operators;
  now = BigInt((await world.rpc('eth_getBlockByNumber', ['latest', false])).timestamp);
});
after(() => world.stop());

async function get(path) {
  const response = await fetch(`${world.urls.mcr}${path}`);
  return {
    status: response.status,
    cors: response.headers.get('access-control-allow-origin'),
    ...(await bodyOf(response)),
  };
}
async function bodyOf(response) {
  const text = await response.text();
  return { text, body: JSON.parse(text) };
}
const submit = (change) => proxy.write('EventRegistry', 'submitEvent', eventOf(1n, { timestamp: now, ...change }));

test('an account without a machine is not found, and says why', async () => {
  for (const kind of ['mcr', 'machine']) {
    const { status, body, cors } = await get(`/${kind}/${stranger.did}`);
    assert.deepEqual([status, typeof body.detail, cors], [404, 'string', '*']);
  }
});

test('a machine without events is provisioned', async () => {
  await proxy.write('IdentityRegistry', 'registerFor', [machine.address], bond);
  const { body } = await get(`/mcr/${machine.did}`);
  assert.deepEqual(body, {
    did: machine.did,
    machine_id: 1,
    mcr_score: 0,
    mcr: 'Provisioned',
    bond_status: 'bonded',
    negative_flag: false,
    event_count: 0,
    revenue_event_count: 0,
    activity_event_count: 0,
    revenue_trend: 'insufficient',
    total_revenue: 0,
    average_revenue_per_event: 0,
    last_updated: null,
    mcr_degraded: false,
  });
});

test('bond, trust and revenue make the rating', async () => {
  // Weights 1 (on-chain) and 0.4 (self-reported): 20 + 40 * 1.4/6.4 + 8 * log10(1 + 99) = 20 + 8.75 + 16 = 44.75.
  await submit({ value: 9900n, trust: 1 });
  await submit({ type: 1, currency: '' });
  const { body } = await get(`/mcr/${machine.did}`);
  assert.deepEqual([body.mcr_score, body.mcr], [45, 'BB']);
  assert.deepEqual([body.event_count, body.revenue_event_count, body.activity_event_count], [2, 1, 1]);
  assert.equal(body.last_updated, Number(now));
});

test('a profile has the DID attributes and the events with their dollars', async () => {
  const attributes = {
    operator: proxy.did,
    documentation_url: 'http://docs',
    data_api: 'http://data',
    data_visibility: 'onchain',
  };
  const calls = Object.entries(attributes).map(([name, text]) => [
    'addAttribute',
    [machine.address, stringToHex(name), stringToHex(text), 0],
  ]);
  await machine.write('Batch', 'batchAll', batchOf(world.addresses.Did, calls));
  await submit({ currency: 'XYZ' });
  await submit({ currency: 'JPY', value: 1000n, timestamp: 1_700_000_000n, metadata: stringToHex('{"job":7}') });
  const { schema_version: version, name, peaqos } = (await get(`/machine/${machine.did}`)).body;
  assert.ok(version && name);
  for (const [key, text] of Object.entries(attributes)) assert.equal(peaqos[key], text);
  const [usd, activity, unknown, yen] = peaqos.event_data;
  assert.deepEqual([usd.usd_value, usd.usd_subunit, usd.amount_status], [9900, 100, 'ok']);
  assert.equal('usd_value' in activity, false);
  assert.deepEqual(
    [unknown.usd_value, unknown.origin_subunit, unknown.amount_status],
    [null, null, 'unsupported_currency'],
  );
  // 1000 yen at 0.007 in 2023: 7 dollars.
  assert.deepEqual([yen.usd_value, yen.origin_subunit, yen.amount_status, yen.metadata], [700, 1, 'ok', { job: 7 }]);
});

test('a stale exchange feed degrades the rating', async () => {
  await submit({ currency: 'EUR' });
  world.control.setFxStale(true);
  assert.equal((await get(`/mcr/${machine.did}`)).body.mcr_degraded, true);
  const { peaqos } = (await get(`/machine/${machine.did}`)).body;
  assert.deepEqual(
    [peaqos.event_data.at(-1).amount_status, peaqos.event_data.at(-1).usd_value],
    ['fx_unavailable', null],
  );
  world.control.setFxStale(false);
  assert.equal((await get(`/mcr/${machine.did}`)).body.mcr_degraded, false);
});

test("an operator's machines come in pages", async () => {
  await proxy.write('IdentityRegistry', 'registerFor', [stranger.address], bond);
  const { body } = await get(`/operator/${proxy.did}/machines`);
  assert.deepEqual(
    body.machines.map(({ did }) => did),
    [machine.did, stranger.did],
  );
  assert.equal(body.operator_did, proxy.did);
  const page = (await get(`/operator/${proxy.did}/machines?offset=1&limit=1`)).body;
  assert.deepEqual(
    page.machines.map(({ machine_id: id }) => id),
    [2],
  );
  assert.deepEqual(page.pagination, { offset: 1, limit: 1, total: 2 });
});

test('a page that is none is refused', async () => {
  const queries = ['offset=-1', 'offset=x', 'offset=', 'offset=1.5', 'limit=x', 'limit=0', 'limit=-5', 'limit=1e3'];
  for (const query of queries) {
    const { status, body } = await get(`/operator/${proxy.did}/machines?${query}`);
    assert.equal(status, 400, query);
    assert.match(body.detail, /^(offset|limit) must be a whole number/);
  }
  const beyond = (await get(`/operator/${proxy.did}/machines?offset=7`)).body;
  assert.deepEqual([beyond.machines, beyond.pagination.total], [[], 2]);
});

test('no request target stops the service', async () => {
  const { hostname, port } = new URL(world.urls.mcr);
  const statusOf = (path) =>
    new Promise((resolve, reject) => {
      http
        .get({ hostname, port, path }, async (response) => {
          const { detail } = JSON.parse((await response.setEncoding('utf8').toArray()).join(''));
          resolve([response.statusCode, typeof detail]);
        })
        .on('error', reject);
    });
  assert.deepEqual(await statusOf('//'), [404, 'string']);
  assert.deepEqual(await statusOf('///mcr'), [404, 'string']);
  assert.deepEqual(await statusOf('/mcr/%'), [400, 'string']);
});

test('amounts and metadata keep every digit', async () => {
  const most = 2n ** 256n - 1n;
  const value = 9_007_199_254_740_993n; // 2^53 + 1, which no JavaScript number is
  const report = (change) => proxy.write('EventRegistry', 'submitEvent', eventOf(2n, { timestamp: now, ...change }));
  await report({ value, metadata: stringToHex('{"serial": 12345678901234567890, "kWh": 1.50}') });
  const { text } = await get(`/machine/${stranger.did}`);
  assert.match(text, /"origin_value":9007199254740993,/);
  assert.match(text, /"usd_value":9007199254740993,/);
  assert.match(text, /"metadata":\{"serial": 12345678901234567890, "kWh": 1\.50\}/);
  assert.match((await get(`/mcr/${stranger.did}`)).text, /"total_revenue":90071992547409\.93,/);
  // Yen have no minor unit; one was 0.0065 dollars in 2025.
  await report({ value: most, currency: 'JPY', timestamp: 1_750_000_000n });
  const yen = (await get(`/machine/${stranger.did}`)).text;
  assert.match(yen, new RegExp(`"origin_value":${most},`));
  assert.match(yen, new RegExp(`"usd_value":${(most * 65n + 50n) / 100n},`));
  const { status, body } = await get(`/mcr/${stranger.did}`);
  assert.deepEqual([status, body.mcr_score <= 100], [200, true]);
});

test('revenue is said to the cent', async () => {
  const owner = operators[3];
  await proxy.write('IdentityRegistry', 'registerFor', [owner.address], bond);
  for (const value of [10n, 10n, 12n])
    await proxy.write('EventRegistry', 'submitEvent', eventOf(3n, { value, timestamp: now }));
  const { text } = await get(`/mcr/${owner.did}`);
  assert.match(text, /"total_revenue":0\.32,"average_revenue_per_event":0\.11,/);
  await proxy.write('EventRegistry', 'submitEvent', eventOf(3n, { value: 68n, timestamp: now }));
  assert.match((await get(`/mcr/${owner.did}`)).text, /"total_revenue":1,"average_revenue_per_event":0\.25,/);
});

test('losing the bond and being deactivated show', async () => {
  await world.control.send('IdentityStaking', 'release', [1n]);
  await machine.write('IdentityRegistry', 'deactivateMachine', [1n]);
  const { body } = await get(`/mcr/${machine.did}`);
  assert.deepEqual([body.bond_status, body.negative_flag, body.mcr], ['unbonded', true, 'NR']);
});

test('a service that is down answers 503 with a detail', async () => {
  world.control.setMcrDown(true);
  const { status, body } = await get(`/mcr/${machine.did}`);
  assert.deepEqual([status, typeof body.detail], [503, 'string']);
  world.control.setMcrDown(false);
  assert.equal((await get(`/mcr/${machine.did}`)).status, 200);
});
