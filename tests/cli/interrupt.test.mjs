// Ctrl-C, and the end of the process.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { scratch, start, run, testBoth } from '../support/commands.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import { activate, journal, newOperator, startWorld, story, transactionCount } from '../support/world.mjs';

const world = await startWorld();

async function interrupted(command, words, { cwd, env }, when) {
  let started;
  const meddler = await startMeddler(world.rpcUrl, async (calls) => {
    if (!when(calls)) return false;
    started.child.kill('SIGINT');
    return new Promise(() => {}); // never answers: only the interrupt can end the wait
  });
  try {
    started = start(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    return await started.done;
  } finally {
    await meddler.stop();
  }
}

testBoth('Ctrl-C while a read waits ends with 130 and no word', async (command, context) => {
  const { env } = await newOperator(world);
  const outcome = await interrupted(command, ['whoami'], { cwd: scratch(context), env }, () => true);
  assert.deepEqual(outcome, { code: 130, signal: null, stdout: '', stderr: '' });
});

testBoth('Ctrl-C while a receipt is awaited loses nothing', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const outcome = await interrupted(command, activate, place, (calls) => hasMethod(calls, 'eth_getTransactionReceipt'));
  assert.equal(outcome.code, 130);
  assert.deepEqual(story(place.cwd), ['register pending']);
  const [{ tx_hash: hash }] = journal(place.cwd);
  assert.match(outcome.stderr, new RegExp(`Transaction ${hash} was sent; run the same command again`));
  const again = await run(command, activate, place);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await transactionCount(world, operator.address), 3);
});
