// Asking twice for one event, on purpose (--idempotency-key) or by accident.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { anyOf, lagging, losingSends } from '../support/endpoint_faults.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import {
  activate,
  eventCount,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const operator = await newOperator(world);
let machineId;
const hashIn = ({ stdout, stderr }) => (/0x[0-9a-f]{64}/.exec(stdout || stderr) ?? [])[0];
const keyed = (key, ...more) => revenue(machineId, '--idempotency-key', key, ...more);

async function placeOf(context, changes = {}) {
  machineId ??= machineIdOf(await run('peaqos-native', activate, { cwd: scratch(context), env: operator.env }));
  return { cwd: scratch(context), env: { ...operator.env, ...changes } };
}

async function through(meddle, command, words, { cwd, env }) {
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    const outcome = await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    return { ...outcome, sent: meddler.methods().filter((name) => name === 'eth_sendRawTransaction').length };
  } finally {
    await meddler.stop();
  }
}

testBoth('a key that is known is not sent again: the earlier result is printed', async (command, context) => {
  const place = await placeOf(context);
  const before = await eventCount(world, machineId);
  const first = await run(command, keyed('invoice 7'), place);
  assert.equal(first.code, 0, first.stderr);
  const second = await through(() => false, command, keyed('invoice 7'), place);
  assert.deepEqual([second.code, second.stdout, second.sent], [0, first.stdout, 0], second.stderr);
  assert.match(
    second.stderr,
    new RegExp(`idempotency key was used before \\(${hashIn(first)}\\); nothing is sent again`),
  );

  const other = await through(() => false, command, keyed('invoice 7', '--currency', 'EUR'), place);
  assert.deepEqual([other.code, other.sent, hashIn(other)], [0, 0, hashIn(first)], other.stderr);
  assert.match(other.stderr, /Warning: this idempotency key belongs to another event \(0x[0-9a-f]{64}\)/);
  assert.equal((await eventCount(world, machineId)) - before, 1);

  const next = await run(command, keyed('invoice 8'), place);
  assert.equal(next.code, 0, next.stderr);
  assert.notEqual(hashIn(next), hashIn(first));
  assert.doesNotMatch(next.stderr, /Note: an equal event/, 'another key says that another event is meant');
  assert.equal((await eventCount(world, machineId)) - before, 2);
});

testBoth('the key of an event that came to nothing is sent again', async (command, context) => {
  const place = await placeOf(context);
  const before = await eventCount(world, machineId);
  // The node refuses what has a signature, and keeps its nonce free.
  const refusing = async (calls, forward, response) => {
    if (!hasMethod(calls, 'eth_sendRawTransaction')) return false;
    const error = { code: -32000, message: 'intrinsic gas too low' };
    response.end(JSON.stringify({ jsonrpc: '2.0', id: calls[0].id, error }));
    return true;
  };
  const first = await through(refusing, command, keyed('again'), place);
  assert.equal(first.code, 2, first.stderr);
  assert.match(first.stderr, /the node rejected the transaction: intrinsic gas too low\. Run the command again\n$/);
  assert.equal(journal(place.cwd).at(-1).status, 'failed');
  const second = await run(command, keyed('again'), place);
  assert.equal(second.code, 0, second.stderr);
  assert.equal((await eventCount(world, machineId)) - before, 1);
});

testBoth('a key under way is looked up', async (command, context) => {
  const place = await placeOf(context, { PEAQOS_RECEIPT_TIMEOUT: '1' });
  const before = await eventCount(world, machineId);
  const lost = anyOf(losingSends(Infinity), lagging(Infinity));
  const first = await through(lost, command, keyed('slow'), place);
  assert.equal(first.code, 2, first.stderr);
  const patient = { ...place, env: operator.env };
  const second = await run(command, keyed('slow'), patient);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(hashIn(second), hashIn(first));
  assert.equal((await eventCount(world, machineId)) - before, 1);
  const third = await through(() => false, command, keyed('slow'), patient);
  assert.deepEqual([third.code, third.sent, hashIn(third)], [0, 0, hashIn(first)], third.stderr);
});

testBoth('the same key of another account is another key', async (command, context) => {
  const place = await placeOf(context);
  const other = await newOperator(world);
  const ofOther = { cwd: place.cwd, env: other.env };
  const otherId = machineIdOf(await run(command, activate, ofOther));
  const first = await run(command, keyed('shared'), place);
  assert.equal(first.code, 0, first.stderr);
  const before = await transactionCount(world, other.address);
  const second = await run(command, revenue(otherId, '--idempotency-key', 'shared'), ofOther);
  assert.equal(second.code, 0, second.stderr);
  assert.doesNotMatch(second.stderr, /idempotency key/);
  assert.equal((await transactionCount(world, other.address)) - before, 1);
});

testBoth('without a key an equal event is sent again, and the earlier one is named', async (command, context) => {
  const place = await placeOf(context);
  const before = await eventCount(world, machineId);
  const first = await run(command, revenue(machineId), place);
  assert.equal(first.code, 0, first.stderr);
  assert.doesNotMatch(first.stderr, /equal event/);
  const second = await run(command, revenue(machineId), place);
  assert.equal(second.code, 0, second.stderr);
  assert.match(
    second.stderr,
    new RegExp(`Note: an equal event was confirmed at \\S+ \\(${hashIn(first)}\\); this one is sent as well\n`),
  );
  assert.notEqual(hashIn(second), hashIn(first));
  const different = await run(command, revenue(machineId, '--currency', 'EUR'), place);
  assert.doesNotMatch(different.stderr, /equal event/);
  assert.equal((await eventCount(world, machineId)) - before, 3);
});

testBoth('a key that cannot be used is refused before anything is asked', async (command, context) => {
  const place = await placeOf(context, { PEAQOS_RPC_URL: 'http://127.0.0.1:1' });
  for (const key of ['', 'k'.repeat(256), 'ä'.repeat(128), 'two\nlines', 'bell\u0007', '\u001b[31mred']) {
    const { code, stdout, stderr } = await run(command, keyed(key), place);
    assert.deepEqual([code, stdout], [1, ''], JSON.stringify(key));
    assert.match(stderr, /^Error: --idempotency-key is not a usable key\. Give 1 to 255 bytes of printable text/);
  }
  const longest = await run(command, keyed('k'.repeat(255)), place);
  assert.equal(longest.code, 2, 'it is the node that cannot be reached');
});
