// How many HTTP requests each command makes: a round trip is the unit of cost.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { startMeddler, withoutPolls } from '../support/meddler.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

async function counted(command, words, { cwd, env }) {
  const meddler = await startMeddler(world.rpcUrl);
  try {
    const outcome = await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    assert.equal(outcome.code, 0, outcome.stderr);
    return { outcome, requests: withoutPolls(meddler.requests), methods: meddler.methods() };
  } finally {
    await meddler.stop();
  }
}

testBoth(
  'requests beyond receipt polls: 12 for an activation, 3 for a rerun, 4 for an event, 1 for whoami',
  async (command, context) => {
    const operator = await newOperator(world);
    const place = { cwd: scratch(context), env: operator.env };

    const fresh = await counted(command, activate, place);
    assert.ok(fresh.requests.length <= 12, `activation: ${fresh.requests.length}`);
    assert.equal(await transactionCount(world, operator.address), 3);

    const again = await counted(command, activate, place);
    assert.ok(again.requests.length <= 3, `rerun: ${again.requests.length}`);
    assert.ok(!again.methods.includes('eth_sendRawTransaction'));
    assert.equal(await transactionCount(world, operator.address), 3);

    const event = await counted(command, revenue(machineIdOf(fresh.outcome)), place);
    assert.ok(event.requests.length <= 4, `event: ${event.requests.length}`);

    const whoami = await counted(command, ['whoami'], place);
    assert.deepEqual(whoami.methods, ['eth_chainId']);
  },
);
