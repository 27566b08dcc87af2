// Public endpoints as they are: they limit arrays, limit rates and answer through gateways, and the commands do well.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { asksToWait, limitingCalls, refusingArrays, throughAGateway } from '../support/endpoint_faults.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

async function meet(command, words, { cwd, env }, meddle) {
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    const outcome = await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    return { ...outcome, requests: meddler.requests };
  } finally {
    await meddler.stop();
  }
}

/** A whole activation and an event through the same kind of endpoint: all is sent once, and both succeed. */
async function activateAndReport(command, context, makeMeddle) {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const activated = await meet(command, activate, place, makeMeddle());
  assert.equal(activated.code, 0, activated.stderr);
  const event = await meet(command, revenue(machineIdOf(activated)), place, makeMeddle());
  assert.equal(event.code, 0, event.stderr);
  assert.equal(await transactionCount(world, operator.address), 4, 'registration, NFT, DID and event');
  return { activated, event };
}

const sizes = ({ requests }) => requests.map(({ calls }) => calls.length);

for (const [what, most, status, body] of [
  [
    'with HTTP 500 and a number',
    3,
    500,
    { message: 'Batch of more than 3 requests are not allowed on free tier', code: 31 },
  ],
  ['with HTTP 500 alone', 3, 500, {}],
  [
    'with an error without an id in an array',
    1,
    200,
    [{ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'batch too large, at most 1 call' } }],
  ],
  ['with HTTP 413', 2, 413, { error: 'too large' }],
]) {
  testBoth(`an endpoint that refuses arrays of more than ${most} ${what}`, async (command, context) => {
    const outcomes = await activateAndReport(command, context, () => refusingArrays(most, status, body));
    for (const outcome of Object.values(outcomes)) {
      const refused = sizes(outcome).filter((size) => size > most).length;
      assert.ok(refused <= 4, `it was learned once, not with every array: ${sizes(outcome)}`);
    }
  });
}

testBoth('a rate limit in the body of a read is waited for', async (command, context) => {
  const limited = () => limitingCalls(2, () => true, -32005, 'rate limit exceeded, retry in 1s');
  const { event } = await activateAndReport(command, context, limited);
  assert.doesNotMatch(event.stderr, /refused|rate limit/);
});

testBoth('only the calls of an array that were limited are asked again', async (command, context) => {
  const isCode = ({ method }) => method === 'eth_getCode';
  const { event } = await activateAndReport(command, context, () => limitingCalls(1, isCode, 429, 'slow down'));
  const asked = event.requests.filter(({ calls }) => calls.some(isCode));
  assert.equal(asked.length, 2);
  assert.ok(asked[1].calls.every(isCode));
});

for (const status of [429, 503]) {
  testBoth(`HTTP ${status} with Retry-After is waited for`, async (command, context) => {
    await activateAndReport(command, context, () => asksToWait(status));
  });
}

testBoth('a rate limit that lasts is named, and is not a contract that refuses', async (command, context) => {
  const operator = await newOperator(world);
  for (const [words, says] of [
    [['whoami'], /limits its requests: daily request count exceeded/],
    [revenue(1), /limits its requests: daily request count exceeded/],
  ]) {
    const place = { cwd: scratch(context), env: { ...operator.env, PEAQOS_TIMEOUT: '1' } };
    const limit = limitingCalls(Infinity, () => true, -32005, 'daily request count exceeded');
    const outcome = await meet(command, words, place, limit);
    assert.equal(outcome.code, 2);
    assert.match(outcome.stderr, says);
    assert.match(outcome.stderr, /set PEAQOS_RPC_URL to another endpoint\n$/);
    assert.doesNotMatch(outcome.stderr, /contract|reverted/);
  }
  assert.equal(await transactionCount(world, operator.address), 0);
});

testBoth('an endpoint that is a gateway to many nodes', async (command, context) => {
  const { event } = await activateAndReport(command, context, () => throughAGateway);
  assert.ok(!event.stderr.includes('deadbeef'));
});
