// The store in a world that the test makes: what it reads and when, what it tells and keeps.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../web/src/worker/store/store.mjs';

const address = `0x${'a'.repeat(40)}`;
const contracts = { eventRegistry: `0x${'e'.repeat(40)}` };
const deployment = { id: 'devnet-1', generation: 1 };
const own = `did:peaq:${address}`;
const start = 1_800_000_000_000;
const settled = async () => {
  for (let turn = 0; turn < 20; ++turn) await new Promise((resolve) => setImmediate(resolve));
};

function memoryRecords(map = new Map()) {
  return {
    map,
    get: async (id) => map.get(id),
    put: async (id, bytes) => void map.set(id, { bytes }),
  };
}

const machine = (id, facts = {}) => ({
  did: `did:peaq:0x${String(id).padStart(40, '0')}`,
  machine_id: id,
  mcr: 'A',
  mcr_score: 66,
  negative_flag: false,
  ...facts,
});

/** A world: `answers` by operation (functions of the request), a clock, and what the store published. */
function worldOf({ answers = {}, records = memoryRecords(), log = '' } = {}) {
  const world = { now: start, asked: [], messages: [], records, log, busy: false };
  const mcrOf = ({ did }) => ({
    ...(world.machines.find((one) => one.did === did) ?? machine(0, { did })),
    bond_status: 'bonded',
    event_count: 0,
    last_updated: world.now / 1000 - 60,
  });
  world.machines = [machine(1), machine(2)];
  world.answers = {
    readSettings: () => ({ variables: [{ name: 'PEAQOS_NETWORK', value: 'devnet' }] }),
    whoami: () => ({ address, wallet: 'yard-7', contracts, deployment }),
    networkStatus: () => ({ network: 'devnet', blockNumber: 10, blockTime: world.now / 1000, balance: '1' }),
    queryOperatorMachines: () => ({ machines: world.machines }),
    queryMcr: (request) => {
      if (request.did === own) throw Object.assign(new Error('unknown'), { kind: 'network', code: 'NOT_FOUND' });
      return mcrOf(request);
    },
    machines: () => {
      throw Object.assign(new Error('no URL'), { kind: 'configuration', code: 'NO_URL' });
    },
    settleEvents: () => [],
    ...answers,
  };
  world.store = new Store({
    call: async (operation, request) => {
      world.asked.push(operation);
      return world.answers[operation](request);
    },
    records,
    readFile: async () => new TextEncoder().encode(world.log),
    pairings: async () => world.pairings ?? [],
    publish: (message) => world.messages.push(structuredClone(message)),
    busy: () => world.busy,
    clock: () => world.now,
    random: () => 1,
    timers: { setTimeout: (act, wait) => (wait < 1000 ? setImmediate(act) : undefined), clearTimeout: () => {} },
  });
  world.last = (topic) => world.messages.findLast((message) => message.topic === topic);
  world.pass = async (milliseconds) => {
    world.now += milliseconds;
    world.store.tick();
    await settled();
  };
  world.count = (operation) => world.asked.filter((name) => name === operation).length;
  return world;
}

async function watched(options) {
  const world = worldOf(options);
  await world.store.open();
  await world.store.command('watching', { visible: true, operators: [own] });
  await settled();
  await world.pass(1000);
  return world;
}

const transaction = (hash, status) =>
  `${JSON.stringify({ step: 'submit_event', status, tx_hash: hash, machine_id: 1, ts: '2026-01-01T00:00:00Z' })}\n`;

test('it reads who signs, the chain, the fleet and each machine, and publishes them with their age', async () => {
  const world = await watched();
  assert.deepEqual(world.last('chain').signer, { address, wallet: 'yard-7', contracts, deployment });
  assert.equal(world.last('chain').reading.asOf, start);
  assert.equal(world.last('fleet').count, 2);
  const rows = new Map(
    world.messages.filter(({ topic }) => topic === 'rows').flatMap(({ rows }) => rows.map((row) => [row.did, row])),
  );
  assert.deepEqual(
    [...rows.values()].map(({ details }) => details.bond),
    ['bonded', 'bonded'],
  );
  assert.equal(world.last('ratings').reading.failures, 0);
});

test('it reads again by itself, slower while nobody looks, and not at all when that is off', async () => {
  const world = await watched();
  await world.pass(30_000);
  assert.equal(world.count('queryOperatorMachines'), 2);
  await world.store.command('watching', { visible: false });
  await world.pass(31_000);
  assert.equal(world.count('queryOperatorMachines'), 2);
  await world.pass(90_000);
  assert.equal(world.count('queryOperatorMachines'), 3);
  await world.store.command('rules', { every: 0 });
  await world.pass(1_000_000);
  assert.equal(world.count('queryOperatorMachines'), 3);
  await world.store.command('refresh', { what: 'fleet' });
  await settled();
  assert.equal(world.count('queryOperatorMachines'), 4);
});

test('a block that moved brings the fleet sooner', async () => {
  const world = await watched();
  world.answers.networkStatus = () => ({ network: 'devnet', blockNumber: 11, blockTime: 1, balance: '1' });
  await world.pass(10_000);
  await world.pass(1000);
  assert.equal(world.count('queryOperatorMachines'), 2);
});

test('a rating service that fails keeps the rows, is tried again with pauses, and comes back', async () => {
  const world = await watched();
  const down = () => {
    throw Object.assign(new Error('503'), { kind: 'network', code: 'SERVICE_UNAVAILABLE' });
  };
  const list = world.answers.queryOperatorMachines;
  world.answers.queryOperatorMachines = down;
  await world.pass(30_000);
  const { reading, count } = world.last('fleet');
  assert.equal(count, 2);
  assert.equal(reading.failures, 1);
  assert.equal(reading.asOf, start);
  assert.equal(world.last('ratings').reading.problem.code, 'SERVICE_UNAVAILABLE');
  await world.pass(1000);
  assert.equal(world.count('queryOperatorMachines'), 2);
  world.answers.queryOperatorMachines = list;
  await world.pass(1000);
  assert.equal(world.last('fleet').reading.failures, 0);
  assert.equal(world.last('ratings').reading.failures, 0);
});

test('a rating that fell is news: unread, until it is marked', async () => {
  const world = await watched();
  world.machines = [machine(1, { mcr: 'BB', mcr_score: 31 }), machine(2)];
  await world.pass(30_000);
  const { entries, unread } = world.last('feed');
  assert.equal(unread, 1);
  assert.equal(entries[0].kind, 'rating');
  assert.deepEqual([entries[0].from, entries[0].to, entries[0].operator], ['A', 'BB', own]);
  await world.store.command('markRead', { upTo: entries[0].id });
  assert.equal(world.last('feed').unread, 0);
});

test('what changed while the console was shut is news when it opens', async () => {
  const records = memoryRecords();
  const before = await watched({ records });
  await before.pass(11_000);
  for (let turn = 0; turn < 500 && !records.map.has('store'); ++turn) await new Promise((done) => setTimeout(done, 10));
  assert.ok(records.map.has('store'));

  const after = worldOf({ records });
  after.machines = [machine(1), machine(2, { mcr: 'NR', mcr_score: 0 })];
  await after.store.open();
  assert.equal(after.last('rows').rows.length, 2, 'known rows are there before anything answers');
  assert.deepEqual(after.asked, []);
  await after.store.command('watching', { visible: true });
  await settled();
  await after.pass(1000);
  assert.deepEqual(
    after.last('feed').entries.map(({ kind, to }) => [kind, to]),
    [['rating', 'NR']],
  );
});

test('a balance below the rule is told once, and again after it had recovered', async () => {
  const world = await watched();
  await world.store.command('rules', { rules: { balance: { below: '0.5' } } });
  const news = () => world.last('feed').entries.filter(({ kind }) => kind === 'balance').length;
  await world.pass(10_000);
  await world.pass(10_000);
  assert.equal(news(), 1);
  const status = world.answers.networkStatus;
  world.answers.networkStatus = () => ({ ...status(), balance: `${10n ** 18n}` });
  await world.pass(10_000);
  world.answers.networkStatus = status;
  await world.pass(10_000);
  assert.equal(news(), 2);
});

test('a pairing that ends soon is told once', async () => {
  const world = worldOf();
  const ends = (hours) => new Date(start + hours * 3_600_000).toISOString();
  world.pairings = [
    { id: 'p1', machine_id: 'm', session_expires_at: ends(20) },
    { id: 'p2', machine_id: 'm', session_expires_at: ends(48) },
    { id: 'p3', machine_id: 'm', session_expires_at: null },
  ];
  await world.store.open();
  for (let minute = 0; minute < 3; ++minute) await world.pass(60_000);
  const { entries } = world.last('feed');
  assert.deepEqual(
    entries.map(({ kind, pairing }) => [kind, pairing.id]),
    [['pairing', 'p1']],
  );
});

test('pending events settle by themselves; an unknown state stays pending', async () => {
  const world = await watched({ log: transaction('0x01', 'pending') + transaction('0x02', 'pending') });
  assert.equal(world.last('journal').pending.length, 2);
  assert.equal(world.count('settleEvents'), 1);
  world.answers.settleEvents = () => [
    { machineId: 1, txHash: '0x01', state: 'confirmed' },
    { machineId: 1, txHash: '0x02', state: 'pending' },
  ];
  world.log += transaction('0x01', 'confirmed');
  await world.pass(28_000);
  assert.equal(world.count('settleEvents'), 1);
  await world.pass(1000);
  assert.deepEqual(
    world.last('journal').pending.map(({ tx_hash: hash }) => hash),
    ['0x02'],
  );
  const [entry] = world.last('feed').entries;
  assert.deepEqual([entry.kind, entry.hash, entry.state, entry.tone], ['transaction', '0x01', 'confirmed', 'good']);
});

test('while something is being signed here, the journal is left alone; without pending rows nothing is asked', async () => {
  const world = worldOf({ log: transaction('0x01', 'pending') });
  world.busy = true;
  await world.store.open();
  await world.pass(1000);
  assert.equal(world.count('settleEvents'), 0);
  world.busy = false;
  await world.pass(1000);
  assert.equal(world.count('settleEvents'), 1);
  world.log += transaction('0x01', 'confirmed');
  await world.store.command('fileChanged', { path: '/home/operator/peaqos.log' });
  assert.deepEqual(world.last('journal').pending, []);
  await world.pass(60_000);
  assert.equal(world.count('settleEvents'), 1);
});

test('another network forgets what was known of the last one', async () => {
  const world = await watched();
  await world.store.command('fileChanged', { path: '/home/operator/.env' });
  world.messages.length = 0;
  world.answers.readSettings = () => ({ variables: [{ name: 'PEAQOS_NETWORK', value: 'mainnet' }] });
  await world.store.command('fileChanged', { path: '/home/operator/.env' });
  assert.ok(world.messages.some(({ topic }) => topic === 'forget'));
  assert.equal(world.messages.find(({ topic }) => topic === 'chain').status, undefined);
});

test('another wallet brings its own fleet, and the first one is read no more', async () => {
  const world = await watched();
  const other = `0x${'b'.repeat(40)}`;
  world.answers.whoami = () => ({ address: other, wallet: 'yard-8' });
  await world.store.command('fileChanged', { path: '/home/operator/.env' });
  await settled();
  await world.pass(1000);
  assert.equal(world.last('chain').signer.address, other);
  assert.ok(world.messages.some(({ topic, operator }) => topic === 'fleet' && operator === `did:peaq:${other}`));
  const read = [];
  world.answers.queryOperatorMachines = ({ did }) => {
    read.push(did);
    return { machines: [] };
  };
  await world.pass(130_000);
  assert.deepEqual([...new Set(read)], [`did:peaq:${other}`]);
});

test('of the market, orders that were delivered wait and are told; without a market nothing is said', async () => {
  const world = await watched();
  assert.equal(world.last('market').reading.problem.kind, 'configuration');
  let status = 'executing';
  world.answers.machines = () => ({ items: [{ id: 'm1', display_name: 'Rover' }] });
  world.answers.orders = () => ({ items: [{ id: 'o1', machine_id: 'm1', status, skill_key: 'data' }] });
  await world.store.command('refresh', { what: 'market' });
  await settled();
  assert.deepEqual(world.last('market').toConfirm, []);
  status = 'delivered';
  await world.store.command('refresh', { what: 'market' });
  await settled();
  assert.equal(world.last('market').toConfirm[0].machine, 'Rover');
  assert.equal(world.last('feed').entries[0].order.status, 'delivered');
});

test('who signs is asked again if settings changed while the chain was being read', async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let signs = 'yard-7';
  const answers = { whoami: () => ({ address, wallet: signs, contracts }) };
  const world = await watched({ answers });
  world.answers.networkStatus = () => held;
  await world.pass(60_000); // this reading is under way when the wallet changes
  signs = 'yard-8';
  await world.store.command('fileChanged', { path: '/vault/.env' });
  release({ network: 'devnet', blockNumber: 11, blockTime: world.now / 1000, balance: '1' });
  await settled();
  await world.pass(1000);
  assert.equal(world.last('chain').signer.wallet, 'yard-8');
});
