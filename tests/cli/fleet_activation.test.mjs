// activate --fleet: many machines of one operator, each activated once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateKeyToAddress } from 'viem/accounts';
import { run, start, testBoth } from '../support/commands.mjs';
import { seeded } from '../support/kill_often.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { journal, startWorld } from '../support/world.mjs';

const world = await startWorld();

/** An operator with money for a fleet, and `count` machines with keys in files: {..., machines: [{address, path}]}. */
async function newFleet(context, count, { balance = 10n ** 18n } = {}) {
  const operator = await operatorWithMachine(world, context, 'peaqos-native');
  await world.rpc('anvil_setBalance', [operator.address, '0x' + (10n ** 21n).toString(16)]);
  const machines = [];
  for (let index = 0; index < count; ++index) {
    const key = `0x${randomBytes(32).toString('hex')}`;
    const path = `machine-${index}.key`;
    writeFileSync(join(operator.cwd, path), key, { mode: 0o600 });
    const address = privateKeyToAddress(key);
    await world.rpc('anvil_setBalance', [address, `0x${balance.toString(16)}`]);
    machines.push({ address, path });
  }
  return { ...operator, env: { ...operator.env, HOME: operator.cwd }, machines };
}

const row = ({ path }, more) => ({
  machine_key: path,
  doc_url: 'https://example.com/docs',
  data_api: 'https://example.com/data',
  ...more,
});
const jsonLines = (list) => list.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
const write = ({ cwd }, lines) => writeFileSync(join(cwd, 'fleet.jsonl'), jsonLines(lines));
const words = ['activate', '--fleet', 'fleet.jsonl', '--skip-funding', '--json'];
const results = ({ stdout }) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .sort((a, b) => a.line - b.line);
const counts = (outcome) => {
  const found = {};
  for (const { status } of results(outcome)) found[status] = (found[status] ?? 0) + 1;
  return found;
};

/** Registrations of each machine on the chain. */
async function registrations() {
  const logs = await world.rpc('eth_getLogs', [{ address: world.addresses.IdentityRegistry, fromBlock: '0x0' }]);
  const found = new Map();
  for (const { topics } of logs) {
    if (topics.length !== 3) continue; // Registered(uint256 indexed, string, address indexed)
    const owner = `0x${topics[2].slice(26)}`;
    found.set(owner, (found.get(owner) ?? 0) + 1);
  }
  return found;
}

async function assertActivatedOnce(fleet, outcome, machines = fleet.machines) {
  const all = await registrations();
  const told = results(outcome).filter(({ status }) => status !== 'duplicate');
  const lines = new Map(told.map((line) => [line.machine?.toLowerCase(), line]));
  for (const { address } of machines) {
    assert.equal(all.get(address.toLowerCase()), 1, address);
    const line = lines.get(address.toLowerCase());
    assert.equal(line.status, 'confirmed', JSON.stringify(line));
    assert.ok(line.machine_id > 0 && line.token_id > 0);
  }
  // The operator's list has each of them.
  const who = await run(
    'peaqos-native',
    ['activate', '--fleet', 'fleet.jsonl', '--skip-funding', '--plan', '--json'],
    fleet,
  );
  assert.equal(who.code, 0, who.stderr);
  const { plan } = JSON.parse(who.stdout);
  assert.deepEqual([plan.transactions, plan.sums], [[], {}]);
}

testBoth('ten machines, bad lines among them', async (command, context) => {
  const fleet = await newFleet(context, 10);
  const bad = [
    'nonsense',
    row({ path: 'nowhere.key' }),
    row(fleet.machines[0], { wallet: 'w', index: 0 }),
    { doc_url: 'https://example.com', data_api: 'https://example.com' },
    row(fleet.machines[0], { doc_url: 'not ascii: é' }),
    row(fleet.machines[0], { visibility: 'secret' }),
    row(fleet.machines[0], { surprise: 1 }),
    { wallet: 'none', index: 3, doc_url: 'https://example.com', data_api: 'https://example.com' },
  ];
  const good = fleet.machines.map((machine) => row(machine));
  write(fleet, [...good.slice(0, 5), ...bad, row(fleet.machines[2]), ...good.slice(5)]);
  const outcome = await run(command, [...words, '-y', '--results', 'results.jsonl'], fleet);
  assert.equal(outcome.code, 1, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: 10, invalid: bad.length, duplicate: 1 });
  assert.equal(results(outcome)[13].reason, 'is the machine of line 3');
  await assertActivatedOnce(fleet, outcome);
  assert.equal(readFileSync(join(fleet.cwd, 'results.jsonl'), 'utf8'), outcome.stdout);
  const before = await world.rpc('eth_blockNumber', []);
  const again = await run(command, [...words, '-y'], fleet);
  assert.deepEqual(counts(again), { confirmed: 10, invalid: bad.length, duplicate: 1 });
  assert.equal(await world.rpc('eth_blockNumber', []), before, 'nothing is sent again');
  const strict = await run(command, [...words, '-y', '--strict'], fleet);
  assert.equal(strict.code, 1);
});

testBoth(
  'a plan with its sums is shown and asked; gas for machines comes from the operator',
  async (command, context) => {
    const fleet = await newFleet(context, 6, { balance: 0n });
    write(
      fleet,
      fleet.machines.map((machine) => row(machine)),
    );
    const poor = await run(command, [...words, '-y'], fleet);
    assert.equal(poor.code, 2);
    assert.deepEqual(counts(poor), { rejected: 6 });
    const topUp = [...words, '--gas-per-machine', '0.05'];
    const asked = await run(command, topUp, fleet);
    assert.equal(asked.code, 1);
    assert.match(
      asked.stderr,
      /Activate 6 machines of operator 0x\w+: bonds of 6\.0000 PEAQ for 6 registrations, 0\.3000 PEAQ for 6 top-ups/,
    );
    const planned = await run(command, [...topUp, '--plan'], fleet);
    const { plan } = JSON.parse(planned.stdout);
    assert.deepEqual(
      new Set(plan.transactions.map(({ step }) => step)),
      new Set(['fleet_gas', 'fleet_register', 'fleet_mint', 'machine_did', 'proxy_did']),
    );
    assert.equal(plan.sums.PEAQ.value, `63${'0'.repeat(17)}`);
    const outcome = await run(command, [...topUp, '-y'], fleet);
    assert.equal(outcome.code, 0, outcome.stderr);
    await assertActivatedOnce(fleet, outcome);
  },
);

testBoth('killed at any moment and run again, each machine is activated once', async (command, context) => {
  const fleet = await newFleet(context, 10, { balance: 0n });
  write(
    fleet,
    fleet.machines.map((machine) => row(machine)),
  );
  const random = seeded(20_261_127);
  const all = [...words, '-y', '--gas-per-machine', '0.05'];
  for (let attempt = 0; attempt < 10; ++attempt) {
    const { child, done } = start(command, all, fleet);
    if (await Promise.race([done, sleep(100 + random() * 900)])) break;
    child.kill('SIGKILL');
    await done;
  }
  const outcome = await run(command, all, fleet);
  assert.equal(outcome.code, 0, outcome.stderr);
  await assertActivatedOnce(fleet, outcome);
  for (const { address } of fleet.machines) {
    const balance = BigInt(await world.rpc('eth_getBalance', [address, 'latest']));
    assert.ok(balance <= 5n * 10n ** 16n, 'topped up once');
  }
});

testBoth('machines of one phrase, and few requests', async (command, context) => {
  const fleet = await newFleet(context, 0);
  const vault = { HOME: fleet.cwd, OWS_PASSPHRASE: 'a passphrase for tests' };
  const made = await run('peaqos-native', ['wallet', 'create', 'fleet'], { cwd: fleet.cwd, env: vault });
  assert.equal(made.code, 0, made.stderr);
  const count = 100;
  const machine = (index) => ({
    wallet: 'fleet',
    index,
    doc_url: 'https://example.com/docs',
    data_api: 'https://example.com/data',
  });
  write(
    fleet,
    Array.from({ length: count }, (_, index) => machine(index)),
  );
  let requests = 0;
  const meddler = await startMeddler(fleet.env.PEAQOS_RPC_URL, async () => (++requests, false));
  const env = { ...fleet.env, ...vault, PEAQOS_RPC_URL: meddler.url };
  try {
    const outcome = await run(command, [...words, '-y', '--gas-per-machine', '0.05'], { cwd: fleet.cwd, env });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(counts(outcome), { confirmed: count });
  } finally {
    await meddler.stop();
  }
  // One activation for another takes 14 requests at least.
  assert.ok(requests <= 0.05 * 14 * count, `${requests} requests for ${count} machines`);
  context.diagnostic(`${requests} requests for ${count} machines`);
  const rows = journal(fleet.cwd).filter(({ step, status }) => step === 'proxy_did' && status === 'confirmed');
  assert.equal(rows.length, 1, 'the list is merged once');
});
