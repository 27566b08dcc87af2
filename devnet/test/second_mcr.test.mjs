// The MCR API and the market for machines of the second generation, over a real chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { privateKeyToAccount } from 'viem/accounts';
import { startDevnet } from '../src/devnet.mjs';
import { bond, eventOf } from './operator.mjs';
import { peaq, startSecond, vectors } from './second.mjs';

let world, operators, owner, controller, stranger, control, id, did;
before(async () => {
  let people;
  ({ world, people, operators } = await startSecond());
  [owner, controller, stranger] = people;
  control = world.control.generation2;
  id = await control.activate(owner.address, {
    credentialSubject: '0xdeadbeef',
    controller: controller.address,
    serviceEndpoints: [
      { id: '#docs', serviceType: 'Documentation', serviceEndpoint: 'http://docs' },
      { id: '#data', serviceType: 'DataApi', serviceEndpoint: 'http://data' },
      { id: '#visibility', serviceType: 'data_visibility', serviceEndpoint: 'onchain' },
    ],
  });
  did = `did:peaq:${id}`;
});
after(() => world.stop());

async function ask(path, options) {
  const response = await fetch(`${world.urls.mcr}${path}`, options);
  return [response.status, await response.json()];
}
const get = async (path) => (await ask(path))[1];
async function submit(change) {
  const timestamp = BigInt((await world.rpc('eth_getBlockByNumber', ['latest', false])).timestamp);
  return owner.write('EventRegistry2', 'submitEvent', ...eventOf(id, { timestamp, ...change }));
}

test('a rating has the id as text, and its home', async () => {
  assert.deepEqual(await ask(`/mcr/${did}`), [
    200,
    {
      did,
      machine_id: String(id),
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
      home_chain: 1,
    },
  ]);
});

test('events of this generation count, and a profile shows them', async () => {
  await submit({ value: 9900n, trust: 1 });
  await submit({ type: 1, currency: '' });
  const rating = await get(`/mcr/${did}`);
  assert.deepEqual([rating.event_count, rating.total_revenue, rating.mcr_score > 0], [2, 99, true]);
  const { peaqos } = await get(`/machine/${did}`);
  const { owner: holder, controller: other, operator, machine_type: type, home_chain: home, relocating } = peaqos;
  assert.deepEqual(
    { holder, other, operator, type, home, relocating },
    {
      holder: owner.address,
      other: controller.address,
      operator: `did:peaq:${controller.address}`,
      type: 'Sensor',
      home: 1,
      relocating: false,
    },
  );
  assert.deepEqual(
    [peaqos.machine_id, peaqos.documentation_url, peaqos.data_api, peaqos.data_visibility],
    [String(id), 'http://docs', 'http://data', 'onchain'],
  );
  assert.deepEqual(
    peaqos.event_data.map(({ usd_value: dollars }) => dollars),
    [9900, undefined],
  );
});

test('owner and controller have it in their lists, after the first generation', async () => {
  await operators[1].write('IdentityRegistry', 'registerFor', [stranger.address], bond);
  const list = async ({ address }) => (await get(`/operator/did:peaq:${address}/machines`)).machines;
  assert.deepEqual(
    (await list(owner)).map((machine) => machine.did),
    [did],
  );
  assert.deepEqual(
    (await list(controller)).map(({ machine_id: number }) => number),
    [1, String(id)],
  );
  assert.deepEqual(await list(stranger), []);
  world.control.addFleet(stranger.address, 3, { generation: 2 });
  const fleet = await list(stranger);
  for (const { did: name, machine_id: text } of fleet) assert.equal(name, `did:peaq:${text}`);
  assert.equal(new Set(fleet.map(({ did: name }) => name)).size, 3);
});

test('what is no machine is refused with a code', async () => {
  for (const [path, status, code] of [
    ['/mcr/did:peaq:5', 404, 'MACHINE_NOT_FOUND'],
    ['/machine/did:peaq:5', 404, 'MACHINE_NOT_FOUND'],
    ['/machine/5/monetization', 404, 'MACHINE_NOT_FOUND'],
    ['/machine/05/monetization', 400, 'INVALID_REQUEST'],
  ]) {
    const [found, { detail }] = await ask(path);
    assert.deepEqual([found, detail.code], [status, code], path);
  }
  for (const path of ['/mcr/did:peaq:05', `/mcr/did:peaq:${2n ** 256n}`, '/mcr', `/mcr/${did}/more`])
    assert.equal((await ask(path))[0], 404, path);
});

test('a machine that moved away is said to be elsewhere', async () => {
  const gone = await control.activate(owner.address, { credentialSubject: '0x0e' });
  await control.moveAway(gone, 5);
  const [status, { detail }] = await ask(`/mcr/did:peaq:${gone}`);
  assert.deepEqual([status, detail.code, detail.home_protocol_chain_id], [409, 'MACHINE_HOMED_ELSEWHERE', 5]);
  const { machines } = await get(`/operator/did:peaq:${owner.address}/machines`);
  assert.ok(!machines.some((machine) => machine.did.endsWith(String(gone))));
});

test('monetisation is chosen by a signature of owner or controller', async () => {
  const accounts = world.accounts.map(({ key }) => privateKeyToAccount(key));
  const registry = world.addresses2.MachineRegistry.toLowerCase();
  const path = `/machine/${id}/monetization`;
  assert.deepEqual(await ask('/.well-known/peaq-monetization'), [
    200,
    { version: 'tokenomics-2.0-monetization-v1', chain_id: String(world.chainId), registry },
  ]);
  const pending = { machine_id: String(id), status: 'PENDING', signer: null, updated_at: null };
  assert.deepEqual(await get(path), pending);
  // The vector's message is what is signed, for another registry and chain.
  const { message: pattern } = vectors.monetization;
  const now = Math.floor(Date.now() / 1000);
  async function put(account, change = {}) {
    const { optedIn = true, signed = optedIn, timestamp = now, body } = change;
    const message = pattern
      .replace(/registry: .*/, `registry: ${registry}`)
      .replace(/chain_id: .*/, `chain_id: ${world.chainId}`)
      .replace(/machine_id: .*/, `machine_id: ${id}`)
      .replace(/opted_in: .*/, `opted_in: ${signed}`)
      .replace(/timestamp: .*/, `timestamp: ${timestamp}`);
    const signature = await account.signMessage({ message });
    const [status, answer] = await ask(path, {
      method: 'PUT',
      body: body ?? JSON.stringify({ opted_in: optedIn, timestamp, signature }),
    });
    return [status, answer.detail?.code ?? answer.status];
  }
  assert.deepEqual(await put(accounts[2]), [403, 'UNAUTHORIZED_SIGNER']);
  assert.deepEqual(await put(accounts[0], { signed: false }), [403, 'UNAUTHORIZED_SIGNER']);
  assert.deepEqual(await put(accounts[0], { timestamp: now - 3600 }), [400, 'TIMESTAMP_OUT_OF_WINDOW']);
  assert.deepEqual(await put(accounts[0], { body: '{' }), [400, 'INVALID_REQUEST']);
  const malformed = JSON.stringify({ opted_in: true, timestamp: now, signature: '0x12' });
  assert.deepEqual(await put(accounts[0], { body: malformed }), [400, 'INVALID_SIGNATURE']);
  assert.deepEqual(await put(accounts[0]), [200, 'OPTED_IN']);
  assert.deepEqual(await put(accounts[1], { optedIn: false }), [409, 'STALE_SIGNATURE']);
  assert.deepEqual(await put(accounts[1], { optedIn: false, timestamp: now + 1 }), [200, 'OPTED_OUT']);
  assert.deepEqual(await get(path), {
    ...pending,
    status: 'OPTED_OUT',
    signer: controller.address,
    updated_at: now + 1,
  });
  world.control.setMonetizationFault({ status: 503, code: 'MACHINE_UNAVAILABLE', times: 1 });
  assert.deepEqual(await put(accounts[0], { timestamp: now + 2 }), [503, 'MACHINE_UNAVAILABLE']);
  assert.deepEqual(await put(accounts[0], { timestamp: now + 2 }), [200, 'OPTED_IN']);
});

test('the market knows it by its DID and its number', async () => {
  const challenge = async (identityRef) => {
    const response = await fetch(`${world.urls.orchestration}/api/v1/machine-identity/challenges`, {
      method: 'POST',
      headers: { 'x-api-key': world.env().PEAQOS_ORCH_API_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ identityRef }),
    });
    return [response.status, await response.json()];
  };
  for (const reference of [did, `peaqos:machine:${id}`]) assert.ok((await challenge(reference))[0] < 300, reference);
  for (const reference of ['did:peaq:1', `peaqos:machine:${id + 1n}`, `did:peaq:${2n ** 256n}`])
    assert.match(JSON.stringify(await challenge(reference)), /PEAQOS_IDENTITY_UNAVAILABLE/, reference);
});

test('a person at a terminal moves the clock, the price, vouchers and the pause', async () => {
  const post = async (action) => {
    const response = await fetch(`${world.urls.mcr}/dev/${action}`, { method: 'POST' });
    return [response.status, await response.text()];
  };
  const read = stranger.read;
  assert.deepEqual(await post('price?dollars=0.1'), [200, 'a PEAQ costs 0.1 dollars\n']);
  assert.equal(await read('MachineSubscription', 'requiredPeaqAmount', 0), peaq(0.2));
  assert.equal((await post('price?dollars=0.05'))[0], 200);
  assert.equal((await post(`voucher?account=${stranger.address}&peaq=2.5`))[0], 200);
  assert.equal(await read('MachineSubscription', 'pendingVoucherCredit', stranger.address), peaq(2.5));
  for (const on of [true, false]) {
    assert.equal((await post(`pause?on=${on}`))[0], 200);
    assert.equal(await read('MachineStateAndSync', 'isTechnicalPausedGlobal'), on);
  }
  const time = async () => Number((await world.rpc('eth_getBlockByNumber', ['latest', false])).timestamp);
  const before = await time();
  assert.equal((await post('forward?days=1.5'))[0], 200);
  assert.ok((await time()) - before >= 1.5 * 86_400);
  assert.equal((await post('forward'))[0], 400);
  assert.equal((await post('voucher?account=x&peaq=1'))[0], 400);
  assert.equal((await post('nonsense'))[0], 404);
});

test('an unpaid subscription makes the rating unavailable', async () => {
  await control.advance(400 * 86_400);
  const rating = await get(`/mcr/${did}`);
  assert.deepEqual(
    [rating.bond_status, rating.mcr, rating.rating_unavailable],
    ['unbonded', 'NR', 'the subscription is in runoff'],
  );
});

test('a world has either generation or both, and settings for each', async () => {
  assert.equal(world.env().IDENTITY_REGISTRY_ADDRESS, world.addresses.IdentityRegistry);
  const [one, two] = await Promise.all([startDevnet({ generations: [1] }), startDevnet({ generations: [2] })]);
  try {
    const code = ({ rpc }, address) => rpc('eth_getCode', [address, 'latest']);
    assert.equal(await code(one, world.addresses2.InfoDesk), '0x');
    assert.notEqual(await code(two, world.addresses2.InfoDesk), '0x');
    assert.deepEqual(two.addresses2, world.addresses2);
    assert.equal(one.control.generation2, undefined);
    assert.equal(two.addresses.IdentityRegistry, undefined);
    assert.equal(two.env().PEAQOS_DEPLOYMENT_ID, 'devnet');
    assert.equal('IDENTITY_REGISTRY_ADDRESS' in two.env(), false);
    const status = async ({ urls }, path) => (await fetch(urls.mcr + path)).status;
    assert.equal(await status(one, `/mcr/${did}`), 404);
    assert.equal(await status(one, '/.well-known/peaq-monetization'), 404);
    assert.equal(await status(two, `/mcr/did:peaq:${owner.address}`), 404);
    const [{ address }] = two.accounts;
    const machine = await two.control.generation2.activate(address, { credentialSubject: '0x01' });
    assert.equal(await status(two, `/mcr/did:peaq:${machine}`), 200);
    assert.equal(await status(two, `/operator/did:peaq:${address}/machines`), 200);
  } finally {
    await Promise.all([one.stop(), two.stop()]);
  }
});
