// activate in the second generation: one plan, one consent, an approval of exactly the bond, one activation, and proof.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import { privateKeyToAddress } from 'viem/accounts';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { killedAt } from '../support/kill_at.mjs';
import { hasMethod, startMeddler, withoutPolls } from '../support/meddler.mjs';
import { type } from '../support/terminal.mjs';
import {
  activate as documented,
  journal,
  newOperator,
  startWorld,
  story,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const control = world.control.generation2;
const USD = 0.05; // of a PEAQ when nothing is said

// newOperator() begins with the settings of generation 1, whose addresses would mean that generation.
const second = { PEAQOS_DEPLOYMENT_ID: world.env({ generation: 2 }).PEAQOS_DEPLOYMENT_ID };
for (const name of Object.keys(world.env())) if (name.endsWith('_ADDRESS')) second[name] = '';
const newOwner = (changes) => newOperator(world, { ...second, ...changes });
const newSubject = () => `0x${randomBytes(32).toString('hex')}`;
const words = (subject, ...more) => [
  'activate',
  '--machine-type',
  'Sensor',
  '--credential-subject-hex',
  subject,
  '--skip-funding',
  '--yes',
  '--json',
  ...more,
];
const errorOf = ({ stdout }) => JSON.parse(stdout).error;

// How often the subscription contract says that a machine was activated.
async function activations(machineId) {
  const topics = [null, `0x${BigInt(machineId).toString(16).padStart(64, '0')}`];
  const filter = { address: world.addresses2.MachineSubscription, fromBlock: '0x0', topics };
  return (await world.rpc('eth_getLogs', [filter])).length;
}

testBoth('a fresh activation, and running it again', async (command, context) => {
  const [cwd, owner, subject] = [scratch(context), await newOwner(), newSubject()];
  const between = await startMeddler(owner.env.PEAQOS_RPC_URL);
  after(() => between.stop());
  const env = { ...owner.env, PEAQOS_RPC_URL: between.url };
  const first = await run(command, words(subject, '--tier', 'basic'), { cwd, env });
  assert.equal(first.code, 0, first.stderr);
  const result = JSON.parse(first.stdout);
  assert.equal(result.status, 'activated');
  assert.equal(result.mode, 'self-owned');
  assert.equal(result.deployment_id, 'devnet');
  assert.equal(result.chain_id, '31338');
  assert.equal(result.tier, 'basic');
  assert.equal(result.owner, owner.address);
  assert.equal(result.net_peaq_amount, result.bond_amount);
  assert.equal(result.is_homed_locally, true);
  assert.match(result.machine_id, /^[1-9][0-9]+$/);
  assert.equal(await activations(result.machine_id), 1);
  assert.ok(withoutPolls(between.requests).length <= 8, `${withoutPolls(between.requests).length} requests`);
  assert.deepEqual(story(cwd).sort(), [
    'activate confirmed',
    'activate pending',
    'approve_token confirmed',
    'approve_token pending',
  ]);
  const [approval] = journal(cwd);
  assert.equal(approval.amount, result.net_peaq_amount);
  assert.equal(approval.machine_id, result.machine_id);
  assert.match(first.stderr, /devnet \(generation 2, since PEAQOS_DEPLOYMENT_ID names it\)/);

  between.requests.length = 0;
  const again = await run(command, words(subject, '--tier', 'basic'), { cwd, env });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout).status, 'already_active');
  assert.ok(between.requests.length <= 3, `${between.requests.length} requests`);
  assert.equal(await transactionCount(world, owner.address), 2);

  const otherTier = await run(command, words(subject, '--tier', 'pro'), { cwd, env });
  assert.equal(otherTier.code, 2);
  assert.equal(errorOf(otherTier).code, 'STATE_CONFLICT');
  assert.match(errorOf(otherTier).message, /its tier is basic, not pro/);

  const stranger = await newOwner();
  const taken = await run(command, words(subject, '--tier', 'basic'), { cwd: scratch(context), env: stranger.env });
  assert.equal(errorOf(taken).code, 'STATE_CONFLICT');
  assert.equal(await transactionCount(world, stranger.address), 0);
});

testBoth('--dry-run shows the plan and its price, and sends nothing', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const { code, stdout } = await run(command, words(newSubject(), '--dry-run'), { cwd, env: owner.env });
  assert.equal(code, 0);
  const plan = JSON.parse(stdout);
  assert.equal(plan.status, 'preview');
  assert.equal(plan.approval_required, true);
  assert.equal(plan.balance, String(100n * 10n ** 18n));
  assert.equal(existsSync(join(cwd, 'peaqos.log')), false);
  assert.equal(await transactionCount(world, owner.address), 0);
});

testBoth('the documented flags become service endpoints; the chain says which generation', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner({ PEAQOS_DEPLOYMENT_ID: '' })];
  const missing = await run(command, [...documented, '--skip-funding', '--yes', '--json'], { cwd, env: owner.env });
  assert.equal(missing.code, 1);
  assert.equal(errorOf(missing).code, 'MISSING_FIELD');
  assert.match(errorOf(missing).hint, /peaqos activate --machine-type Sensor/);

  const done = await run(command, [...documented, '--machine-type', 'Sensor', '--skip-funding', '--yes', '--json'], {
    cwd,
    env: owner.env,
  });
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stderr, /since the InfoDesk of devnet has code on this chain/);
});

testBoth('a person is asked for the machine type and for consent', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const typed = type(command, [...documented, '--skip-funding'], ['Sensor', 'n'], { cwd, env: owner.env });
  assert.equal(typed.code, 1);
  assert.match(typed.stderr, /Signs, owns, pays/);
  assert.equal(await transactionCount(world, owner.address), 0);
  const agreed = type(command, [...documented, '--skip-funding'], ['Sensor', 'y'], { cwd, env: owner.env });
  assert.equal(agreed.code, 0, agreed.stderr);
});

testBoth('without a terminal nothing is spent without --yes', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const unasked = words(newSubject()).filter((word) => word !== '--yes');
  const { code, stdout } = await run(command, unasked, { cwd, env: owner.env });
  assert.equal(code, 1);
  assert.match(JSON.parse(stdout).error.hint, /--yes/);
  assert.equal(await transactionCount(world, owner.address), 0);
});

testBoth('USDT is refused cleanly where the pool takes none', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const inUsdt = words(newSubject(), '--payment', 'usdt', '--slippage-bps', '50');
  const { code, stdout } = await run(command, inUsdt, { cwd, env: owner.env });
  assert.equal(code, 2);
  assert.equal(JSON.parse(stdout).error.code, 'PROVISION_POOL_NOT_CONFIGURED');
  assert.equal(await transactionCount(world, owner.address), 0);
  for (const wrong of [
    ['--payment', 'usdt'],
    ['--slippage-bps', '50'],
    ['--payment', 'usdt', '--slippage-bps', '10001'],
  ])
    assert.equal((await run(command, words(newSubject(), ...wrong), { cwd, env: owner.env })).code, 1, wrong.join(' '));
});

// Each is put right again.
const obstacles = [
  ['TECHNICALLY_PAUSED', 2, () => control.setTechnicalPause(true), () => control.setTechnicalPause(false)],
  ['NOT_ECONOMIC_AUTHORITY', 3, () => control.setEconomicAuthority(false), () => control.setEconomicAuthority(true)],
  ['ORACLE_UNPRICED', 2, () => control.setPrice(0), () => control.setPrice(USD)],
  ...[
    'MACHINE_REGISTRY',
    'MACHINE_SUBSCRIPTION',
    'MACHINE_STATE_AND_SYNC',
    'CROSS_CHAIN_MIRROR',
    'MACHINE_BRIDGE_ADAPTER',
    'SUBSCRIPTION_TOKEN_PROVISION_POOL',
  ].flatMap((role) => [
    ['PEER_MISMATCH', 3, () => control.setPeer(role, world.accounts[0].address), () => control.setPeer(role)],
    ['PEER_UNSET', 3, () => control.setPeer(role, null), () => control.setPeer(role)],
  ]),
];
let mend = [];
afterEach(async () => {
  for (const each of mend.splice(0)) await each();
});

testBoth('every precondition is checked before anything is spent', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  for (const [wanted, exit, spoil, right] of obstacles) {
    mend = [right];
    await spoil();
    const { code, stdout, stderr } = await run(command, words(newSubject()), { cwd, env: owner.env });
    assert.equal(errorOf({ stdout }).code, wanted, stderr);
    assert.equal(code, exit, wanted);
    assert.equal(errorOf({ stdout }).sent, 'nothing');
    await right();
    mend = [];
  }
  const settings = [
    ['CHAIN_MISMATCH', { PEAQOS_NETWORK: '', PEAQOS_DEPLOYMENT_ID: 'peaq-mainnet' }],
    ['CONTRACT_NOT_DEPLOYED', { PEAQOS_CROSS_CHAIN_MIRROR_ADDRESS: `0x${'12'.repeat(20)}` }],
    ['DEPLOYMENT_UNKNOWN', { PEAQOS_DEPLOYMENT_ID: 'peaq-mainnet-michael' }],
    ['BAD_PEAQOS_DEPLOYMENT_ID', { PEAQOS_DEPLOYMENT_ID: 'agung-2026-08-28' }],
  ];
  for (const [wanted, changes] of settings) {
    const { code, stdout } = await run(command, words(newSubject()), { cwd, env: { ...owner.env, ...changes } });
    assert.equal(code, 3, wanted);
    assert.equal(errorOf({ stdout }).code, wanted);
  }
  assert.equal(await transactionCount(world, owner.address), 0);
});

testBoth('too little money is said before the approval', async (command, context) => {
  const subject = newSubject();
  for (const balance of [0n, 10n ** 15n]) {
    const [cwd, owner] = [scratch(context), await newOwner({ balance })];
    const { code, stdout } = await run(command, words(subject), { cwd, env: owner.env });
    assert.equal(code, 2);
    assert.equal(errorOf({ stdout }).code, 'INSUFFICIENT_PEAQ');
    assert.equal(await transactionCount(world, owner.address), 0);
  }
});

testBoth('a quote that rose between preview and send pays no bond', async (command, context) => {
  const [cwd, owner, subject] = [scratch(context), await newOwner(), newSubject()];
  let raised = false;
  const between = await startMeddler(owner.env.PEAQOS_RPC_URL, async (calls) => {
    if (raised || !hasMethod(calls, 'eth_sendRawTransaction')) return false;
    raised = true;
    mend = [() => control.setPrice(USD)];
    await control.setPrice(USD / 2);
    return false;
  });
  after(() => between.stop());
  const env = { ...owner.env, PEAQOS_RPC_URL: between.url };
  const first = await run(command, words(subject), { cwd, env });
  assert.equal(first.code, 2);
  assert.equal(errorOf(first).code, 'QUOTE_MOVED');
  assert.deepEqual(story(cwd), ['approve_token pending', 'approve_token confirmed']);
  const again = await run(command, words(subject), { cwd, env });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await activations(JSON.parse(again.stdout).machine_id), 1);
});

testBoth('killed at any of its requests, and run again', async (command, context) => {
  for (const when of ['before', 'after']) {
    for (let number = 1; number <= 9; ++number) {
      const [cwd, owner, subject] = [scratch(context), await newOwner(), newSubject()];
      const { second } = await killedAt(number, when, command, words(subject), { cwd, env: owner.env }, [
        'PEAQOS_RPC_URL',
      ]);
      assert.equal(second.code, 0, `${when} ${number}: ${second.stderr}`);
      assert.equal(await activations(JSON.parse(second.stdout).machine_id), 1, `${when} ${number}`);
      assert.ok((await transactionCount(world, owner.address)) <= 2, `${when} ${number}`);
    }
  }
});

testBoth('--for: the machine signs, owns and pays, and the configured key controls', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const key = `0x${randomBytes(32).toString('hex')}`;
  const machine = privateKeyToAddress(key);
  writeFileSync(join(cwd, 'machine.key'), key, { mode: 0o600 });
  const both = ['--for', machine, '--machine-key', 'machine.key'];
  const poor = await run(command, words(newSubject(), ...both), { cwd, env: owner.env });
  assert.equal(errorOf(poor).code, 'INSUFFICIENT_PEAQ');
  assert.match(errorOf(poor).message, new RegExp(machine));
  await world.rpc('anvil_setBalance', [machine, `0x${(10n ** 20n).toString(16)}`]);
  const { code, stdout, stderr } = await run(command, words(newSubject(), ...both), { cwd, env: owner.env });
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout);
  assert.equal(result.mode, 'machine-owned/operator-controlled');
  assert.deepEqual([result.owner, result.controller], [machine, owner.address]);
  assert.match(stderr, /the machine's own key; the bond comes out of its account/);
  assert.equal(await transactionCount(world, owner.address), 0);
  assert.equal(await transactionCount(world, machine), 2);
});

testBoth('a voucher pays before PEAQ does, and all of it needs no approval', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  await control.grantVoucher(owner.address, 10n ** 20n);
  const { code, stdout, stderr } = await run(command, words(newSubject()), { cwd, env: owner.env });
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout);
  assert.equal(result.net_peaq_amount, '0');
  assert.equal(result.voucher_credit, result.bond_amount);
  assert.deepEqual(story(cwd), ['activate pending', 'activate confirmed']);
});

testBoth('flags of the other generation are refused with the record that takes them', async (command, context) => {
  const [cwd, operator] = [scratch(context), await newOperator(world)];
  const { code, stdout } = await run(command, [...documented, '--tier', 'pro', '--json'], { cwd, env: operator.env });
  assert.equal(code, 1);
  assert.equal(errorOf({ stdout }).code, 'OTHER_GENERATION');
  assert.match(errorOf({ stdout }).hint, /PEAQOS_DEPLOYMENT_ID=devnet /);
  assert.equal(await transactionCount(world, operator.address), 0);
});

testBoth('a DID document from a file', async (command, context) => {
  const [cwd, owner] = [scratch(context), await newOwner()];
  const file = {
    verificationMethods: [{ id: '#k', methodType: 'T', controller: owner.address, publicKeyMultibase: 'z6' }],
    authentication: [0],
    serviceEndpoints: [{ id: '#docs', serviceType: 'Documentation', serviceEndpoint: 'https://example.com/d' }],
  };
  writeFileSync(join(cwd, 'did.json'), JSON.stringify(file).replace('"id":"#k"', '"id":"#k","id":"#k"'));
  const bad = await run(command, words(newSubject(), '--did-document', 'did.json'), { cwd, env: owner.env });
  assert.equal(bad.code, 1);
  assert.match(errorOf(bad).message, /verificationMethods\[0\]\.id is there twice/);
  writeFileSync(join(cwd, 'did.json'), JSON.stringify(file));
  const { code, stdout, stderr } = await run(command, words(newSubject(), '--did-document', 'did.json'), {
    cwd,
    env: owner.env,
  });
  assert.equal(code, 0, stderr);
  const id = BigInt(JSON.parse(stdout).machine_id).toString(16).padStart(64, '0');
  const call = { to: world.addresses2.MachineRegistry, data: `0xec3be542${id}` }; // didDocument(uint256)
  const document = Buffer.from((await world.rpc('eth_call', [call, 'latest'])).slice(2), 'hex').toString('latin1');
  assert.ok(document.includes('https://example.com/d'));
});
