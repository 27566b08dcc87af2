// --json on every command, errors too: what is printed fits the schema that the command itself prints.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { file, marketEnv, newBuyer, newKey, newMachine } from '../support/market.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld } from '../support/world.mjs';
import { answer, passphrase, phrase } from '../vault/wallets.mjs';

const world = await startWorld();
const ajv = new Ajv({ allErrors: true, schemaId: 'auto' });
const nothing = 'http://127.0.0.1:9';

const schemas = new Map();
async function schemaOf(path) {
  if (!schemas.has(path)) {
    const { code, stdout, stderr } = await run('peaqos-native', ['--json-schema', ...path.split(' ')]);
    assert.equal(code, 0, stderr);
    schemas.set(path, { text: stdout, check: ajv.compile(JSON.parse(stdout)), ...JSON.parse(stdout) });
  }
  return schemas.get(path);
}

/** Asserts that an output is one JSON text that fits the schema of its command, as a result or as an error. */
async function assertFits(path, outcome, part, code) {
  assert.equal(outcome.code, code, `${path}: ${outcome.stderr}`);
  const { check, definitions } = await schemaOf(path);
  const value = JSON.parse(outcome.stdout);
  assert.ok(check(value), `${path}: ${ajv.errorsText(check.errors)}`);
  const known = ajv.compile(definitions[part]);
  assert.ok(known(value), `${path}, ${part}: ${ajv.errorsText(known.errors)}`);
  return value;
}

const withJson = async (command, words, options, input) =>
  input ? answer(command, [...words, '--json'], input, options) : run(command, [...words, '--json'], options);

const did = 'did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

// Every command with --json: [path, words that fail without any setting, what they need for that].
const failing = [
  ['activate', activate, 3],
  ['console', ['console', '--port', '70000'], 1],
  ['init', ['init', '--non-interactive'], 3],
  ['qualify event', revenue(1), 3],
  ['qualify events', ['qualify', 'events', 'day.jsonl', '-y'], 3],
  ['qualify mcr', ['qualify', 'mcr', did], 2],
  ['scale agent pair', ['scale', 'agent', 'pair', '--machine-id', 'm'], 1],
  ['scale machine list', ['scale', 'machine', 'list'], 3],
  ['scale machine onboard', ['scale', 'machine', 'onboard'], 1],
  ['scale machine status', ['scale', 'machine', 'status', 'm'], 3],
  ['scale order', ['scale', 'order', 's'], 1],
  ['scale order dispute', ['scale', 'order', 'dispute', 'o'], 1],
  ['scale order list', ['scale', 'order', 'list', '--machine-id', 'm'], 3],
  ['scale order received', ['scale', 'order', 'received', 'o'], 1],
  ['scale order status', ['scale', 'order', 'status', 'o'], 3],
  ['scale search', ['scale', 'search'], 1],
  ['show machine', ['show', 'machine', did], 2],
  ['show operator machines', ['show', 'operator', 'machines', did], 2],
  ['wallet create', ['wallet', 'create', 'w'], 3],
  ['wallet delete', ['wallet', 'delete', 'w'], 3],
  ['wallet export', ['wallet', 'export', 'w'], 3],
  ['wallet import', ['wallet', 'import', 'w'], 1],
  ['wallet list', ['wallet', 'list'], 3],
  ['wallet show', ['wallet', 'show', 'w'], 3],
  ['wallet use', ['wallet', 'use', 'w'], 3],
  ['watch balance', ['watch', 'balance', 'nobody'], 1],
  ['watch events', ['watch', 'events'], 3],
  ['watch machines', ['watch', 'machines', did], 2],
  ['watch orders', ['watch', 'orders', 'm'], 3],
  ['whoami', ['whoami'], 3],
];

testBoth('a failure of every command is printed as JSON, and its line on standard error', async (command, context) => {
  const cwd = scratch(context);
  for (const [path, words, code] of failing) {
    const env = { PEAQOS_MCR_API_URL: nothing };
    const outcome = await withJson(command, words, { cwd, env });
    const { error } = await assertFits(path, outcome, 'error', code);
    const line = `Error: ${error.message}${error.hint && `. ${error.hint}`}\n`;
    assert.ok(outcome.stderr.endsWith(line), outcome.stderr);
    assert.equal(error.kind, { 1: 'input', 2: 'network', 3: 'configuration' }[code]);
    assert.deepEqual([error.sent, error.hashes], ['nothing', []]);
  }
});

testBoth('--json is known before the command is', async (command, context) => {
  for (const words of [
    ['nope', '--json'],
    ['whoami', '--nope', '--json'],
    ['--json', 'whoami'],
    ['wallet', 'show', '--json'],
    ['completion', 'bash', '--json'],
  ]) {
    const { code, stdout } = await run(command, words, { cwd: scratch(context) });
    assert.equal(code, 1);
    assert.equal(JSON.parse(stdout).error.code, 'USAGE');
  }
  assert.equal((await run(command, ['wallet', 'show', '--', '--json'], { env: { HOME: '/nonexistent' } })).stdout, '');
});

testBoth('an interruption is printed as JSON', async (command) => {
  const { child, done } = start(command, ['console', '--json', '--port', '0', '--no-open'], {});
  if (command === 'peaqos-native') return assert.equal(JSON.parse((await done).stdout).error.code, 'NO_CONSOLE');
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
    if (text.endsWith('}\n')) child.kill('SIGINT');
  });
  const outcome = await done;
  const { address } = await assertFits('console', outcome, 'result', 130);
  assert.match(address, /^http:\/\/localhost:\d+\/#token=/);
});

testBoth('results of machines fit their schemas', async (command, context) => {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const place = { cwd, env: { ...operator.env, HOME: cwd } };
  const go = async (path, words) => assertFits(path, await withJson(command, words, place), 'result', 0);
  const machine = await go('activate', activate);
  assert.deepEqual(machine, await go('activate', activate));
  assert.equal(machine.machineDid, operator.did);
  const event = await go('qualify event', revenue(machine.machineId));
  assert.match(event.txHash, /^0x[0-9a-f]{64}$/);
  assert.equal((await go('whoami', ['whoami'])).address, operator.address);
  assert.equal((await go('qualify mcr', ['qualify', 'mcr', operator.did])).did, operator.did);
  assert.equal((await go('show machine', ['show', 'machine', operator.did])).peaqos.did, operator.did);
  await go('show operator machines', ['show', 'operator', 'machines', operator.did]);
  assert.ok((await go('doctor', ['doctor'])).findings.length > 5);
  const written = await go('init', ['init', '--non-interactive']);
  assert.equal(written.path, join(place.cwd, '.env'));
  assert.equal(written.whoami.address, operator.address);
});

testBoth('a refusal of the chain is an error with a kind of its own', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const outcome = await withJson(command, revenue(999_999), place);
  const { error } = await assertFits('qualify event', outcome, 'error', 2);
  assert.equal(error.kind, 'network');
});

testBoth('results of wallets fit their schemas; only export prints a secret', async (command, context) => {
  const home = scratch(context);
  const options = { cwd: home, env: { HOME: home, OWS_PASSPHRASE: passphrase } };
  const go = async (path, words, input) =>
    assertFits(path, await withJson(command, words, options, input), 'result', 0);
  await go('wallet list', ['wallet', 'list']);
  const made = await go('wallet import', ['wallet', 'import', 'w', '--mnemonic'], [phrase]);
  await go('wallet create', ['wallet', 'create', 'v']);
  assert.deepEqual(await go('wallet show', ['wallet', 'show', 'w']), made);
  assert.deepEqual(await go('wallet use', ['wallet', 'use', 'w']), made);
  assert.equal((await go('wallet list', ['wallet', 'list'])).length, 2);
  assert.deepEqual(await go('wallet export', ['wallet', 'export', 'w'], ['y']), { secret: phrase });
  const declined = await withJson(command, ['wallet', 'delete', 'w'], options, ['n']);
  assert.equal((await assertFits('wallet delete', declined, 'error', 1)).error.code, 'DECLINED');
  assert.deepEqual(await go('wallet delete', ['wallet', 'delete', 'w'], ['y']), made);
});

testBoth('results of the market fit their schemas', async (command, context) => {
  const buyer = await newBuyer(world, context);
  const options = { cwd: buyer.cwd, env: marketEnv(world) };
  const go = async (path, words) => assertFits(path, await withJson(command, words, options), 'result', 0);
  await go('scale machine list', ['scale', 'machine', 'list']);
  await go('scale machine status', ['scale', 'machine', 'status', buyer.machine.id]);
  const search = await go('scale search', [
    ...['scale', 'search', '--machine-id', buyer.machine.id, '--service-type', 'oracle.price-feed'],
    ...['--pairing-token-file', 'agent.token', '--agent-pairing-id', buyer.pairing.id],
  ]);
  assert.ok(search.quotes.length > 0);
  const placed = await go('scale order', buyer.words('svc_price_open'));
  assert.equal(placed.order.machine_id, buyer.machine.id);
  const { id } = placed.order;
  await go('scale order status', ['scale', 'order', 'status', id]);
  await go('scale order list', ['scale', 'order', 'list', '--machine-id', buyer.machine.id]);
  await go('scale order list', ['scale', 'order', 'list', '--machine-id', buyer.machine.id, '--limit', '1']);
  await go('scale order received', ['scale', 'order', 'received', id, '--pairing-token-file', 'agent.token']);
});

testBoth('a machine is onboarded with JSON', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: { ...operator.env, ...marketEnv(world) } };
  machineIdOf(await run(command, activate, place));
  const key = file(place.cwd, 'identity.key', operator.key);
  const words = ['--identity-ref', operator.did, '--display-name', 'r', '--owner-id', 'o', '--machine-type', 't'];
  const outcome = await withJson(
    command,
    ['scale', 'machine', 'onboard', ...words, '--runtime-profile', 'p', '--identity-key-file', key],
    place,
  );
  await assertFits('scale machine onboard', outcome, 'result', 0);
  assert.ok(newKey() && newMachine);
});

test('every command with --json has a schema, which both commands print alike; others say so', async () => {
  const { stdout } = await run('peaqos-native', ['--help']);
  assert.match(stdout, /--json-schema/);
  for (const [path] of failing) {
    const printed = await run('peaqos', ['--json-schema', ...path.split(' ')]);
    assert.deepEqual([printed.code, printed.stdout], [0, (await schemaOf(path)).text]);
    const help = await run('peaqos-native', [...path.split(' '), '--help']);
    assert.match(help.stdout, /--json /, path);
  }
  for (const words of [['man'], ['completion', 'bash'], ['wallet'], ['nope'], ['whoami', 'more']]) {
    for (const command of Object.keys(commands)) {
      const { code, stderr } = await run(command, ['--json-schema', ...words]);
      assert.equal(code, 1, words.join(' '));
      assert.match(stderr, /^Error: [^\n]+\n$/);
    }
  }
});
