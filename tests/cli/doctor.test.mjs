// doctor in worlds that are whole, and in broken ones: it works when all else fails.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, newOperator, revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();

/** Runs it with --json: {code, stderr, of(check)}; of() gives the first finding of a check. */
async function examine(command, { cwd, env }) {
  const { code, stdout, stderr } = await run(command, ['doctor', '--json'], { cwd, env });
  const { findings, exit_code: worst } = JSON.parse(stdout);
  assert.equal(code, worst, stderr);
  for (const { status, detail, remedy } of findings) {
    assert.ok(detail, JSON.stringify(findings));
    if (status === 'error' || status === 'warning') assert.ok(remedy, detail);
  }
  return { code, stdout, stderr, findings, of: (check) => findings.find((one) => one.check === check) };
}

testBoth('a devnet and its operator are in order', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: { ...operator.env, HOME: scratch(context) } };
  const outcome = await examine(command, place);
  assert.deepEqual([outcome.code, outcome.stderr], [0, '']);
  const states = Object.fromEntries(outcome.findings.map(({ check, status }) => [check, status]));
  for (const check of ['runtime', 'space', 'proxies', 'rpc', 'rpc arrays', 'contracts', 'signer', 'mcr', 'market'])
    assert.equal(states[check], 'ok', `${check}: ${outcome.of(check)?.detail}`);
  assert.match(outcome.of('rpc').detail, /chain 31338 \(devnet\), block \d+, \d+ ms$/);
  assert.match(outcome.of('signer').detail, new RegExp(`^${operator.address}: 100\\.0000 `));
  assert.match(outcome.of('runtime').detail, command === 'peaqos' ? /^Node\.js \d+\./ : /^peaqos-native/);
  assert.ok(!outcome.stdout.includes(operator.key.slice(2)));
  const text = await run(command, ['doctor'], place);
  assert.match(text.stdout, /^ {2}ok {7}runtime /m);
  assert.equal(text.stdout.split('\n').length >= outcome.findings.length, true);
});

testBoth('it works without any setting, home or network', async (command, context) => {
  const outcome = await examine(command, { cwd: scratch(context), env: {} });
  assert.equal(outcome.code, 0, 'who needs no wallet needs no home for them');
  for (const check of ['vault', 'rpc']) assert.equal(outcome.of(check).status, 'skipped');
  const homeless = await examine(command, { cwd: scratch(context), env: { PEAQOS_OWS_WALLET: 'robot' } });
  assert.equal(homeless.code, 3, 'there is no home for the wallet that is to sign');
  assert.equal((await examine(command, { cwd: scratch(context), env: { HOME: scratch(context) } })).code, 0);
});

testBoth('everything that is wrong is said at once', async (command, context) => {
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), Buffer.from([0xff, 0xfe, 0x00]));
  chmodSync(join(cwd, '.env'), 0o644);
  mkdirSync(join(cwd, 'peaqos.log'));
  writeFileSync(join(cwd, '.ows'), 'a file');
  const env = {
    HOME: cwd,
    PEAQOS_RPC_URL: 'http://127.0.0.1:9/v2/hunter2',
    PEAQOS_PRIVATE_KEY: '0x12',
    PEAQOS_MCR_API_URL: 'ftp://mcr',
    PEAQOS_GAS_STATION_URL: 'http://127.0.0.1:9',
    PEAQOS_ORCHESTRATION_URL: 'http://127.0.0.1:9',
    PEAQOS_NETWORK: 'devnet',
  };
  const outcome = await examine(command, { cwd, env });
  assert.equal(outcome.code, 3);
  for (const [check, detail] of [
    ['settings', /\.env/],
    ['setting PEAQOS_PRIVATE_KEY', /PEAQOS_PRIVATE_KEY/],
    ['setting PEAQOS_MCR_API_URL', /not an http or https URL.*\(environment\)/],
    ['log', /peaqos\.log/],
    ['vault', /not a folder/],
    ['rpc', /could not connect/],
    ['contracts', /./],
    ['gas station', /could not connect/],
    ['market', /./],
  ]) {
    const finding = outcome.of(check);
    assert.ok(['error', 'warning'].includes(finding?.status), `${check}: ${JSON.stringify(finding)}`);
    assert.match(finding.detail, detail);
  }
  assert.equal(outcome.of('file .env').status, 'warning');
  assert.match(outcome.stderr, /^Error: not in order: settings, /);
});

testBoth('a silent node keeps the other checks from nothing', async (command, context) => {
  const operator = await newOperator(world);
  const meddler = await startMeddler(world.rpcUrl, () => new Promise(() => {}));
  try {
    const env = { ...operator.env, PEAQOS_RPC_URL: meddler.url, PEAQOS_TIMEOUT: '1', HOME: scratch(context) };
    const outcome = await examine(command, { cwd: scratch(context), env });
    assert.equal(outcome.code, 2);
    assert.match(outcome.of('rpc').detail, /did not answer within 1 s/);
    assert.equal(outcome.of('mcr').status, 'ok');
  } finally {
    await meddler.stop();
  }
});

testBoth('a node of another chain, and contracts that are none', async (command, context) => {
  const operator = await newOperator(world, { PEAQOS_NETWORK: 'testnet' });
  const place = { cwd: scratch(context), env: { ...operator.env, HOME: scratch(context) } };
  const other = await examine(command, place);
  assert.equal(other.code, 3);
  assert.match(other.of('rpc').detail, /chain 31338, but PEAQOS_NETWORK testnet is chain 9990/);
  place.env = { ...place.env, PEAQOS_NETWORK: 'devnet', EVENT_REGISTRY_ADDRESS: `0x${'00'.repeat(19)}aa` };
  assert.match(
    (await examine(command, place)).of('contracts').detail,
    /^EVENT_REGISTRY_ADDRESS 0x0+aa has no contract/i,
  );
});

testBoth('transactions that are under way are found in the log', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: { ...operator.env, HOME: scratch(context) } };
  await run(command, activate, place);
  assert.equal((await examine(command, place)).of('log').status, 'ok');
  const silent = async (calls) =>
    calls.some(({ method }) => method === 'eth_getTransactionReceipt') ? new Promise(() => {}) : false;
  const meddler = await startMeddler(world.rpcUrl, silent);
  try {
    const env = { ...place.env, PEAQOS_RPC_URL: meddler.url, PEAQOS_TIMEOUT: '1', PEAQOS_RECEIPT_TIMEOUT: '1' };
    const machine = JSON.parse((await run(command, [...activate, '--json'], place)).stdout).machineId;
    assert.equal((await run(command, revenue(machine), { cwd: place.cwd, env })).code, 2);
  } finally {
    await meddler.stop();
  }
  const { status, detail } = (await examine(command, place)).of('log');
  assert.equal(status, 'warning');
  assert.match(detail, /under way: submit_event, 0x[0-9a-f]{64}/);
});

testBoth('settings of .env are shown with their line, and those of flags as such', async (command, context) => {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  writeFileSync(
    join(cwd, '.env'),
    Object.entries(operator.env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  );
  const { stdout } = await run(command, ['--orchestration-url', 'http://127.0.0.1:9', 'doctor', '--json'], { cwd });
  const { findings } = JSON.parse(stdout);
  const of = (name) => findings.find(({ check }) => check === `setting ${name}`).detail;
  assert.equal(of('PEAQOS_NETWORK'), 'devnet (.env line 1)');
  assert.equal(of('PEAQOS_PRIVATE_KEY'), 'set (.env line 3)');
  assert.equal(of('PEAQOS_ORCHESTRATION_URL'), 'http://127.0.0.1:9 (flag)');
  assert.ok(!stdout.includes(operator.env.PEAQOS_ORCH_API_KEY));
});
