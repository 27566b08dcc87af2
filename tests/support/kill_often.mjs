// A command that is killed with -9 at random moments, again and again.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from './commands.mjs';
import { startMeddler } from './meddler.mjs';

/** Numbers from 0 to below 1 that are the same for the same seed. */
export function seeded(seed) {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/**
 * Runs `words` in a place by the commands of `names` in turn, and kills each run at one of its first `reach` requests to
 * the node: before it is sent on, once it was answered but before the answer comes back, or a moment after that; until
 * `kills` runs were killed. A run that ends before its moment must have ended with 0; then moments come earlier. `each`
 * sees what a killed run has written to standard output.
 */
export async function killOften({ names, words, place, kills, reach, seed, each = () => {} }) {
  const random = seeded(seed);
  let running, left, moment;
  const kill = () => running.child.kill('SIGKILL');
  const meddler = await startMeddler(place.env.PEAQOS_RPC_URL, async (calls, forward, response) => {
    if (--left !== 0) return false;
    if (moment < 0.3) {
      kill();
      return true;
    }
    const { status, text } = await forward();
    if (moment < 0.6) {
      kill();
      return true;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    await sleep((moment - 0.6) * 100);
    kill();
    return true;
  });
  const options = { ...place, env: { ...place.env, PEAQOS_RPC_URL: meddler.url } };
  try {
    for (let killed = 0, run = 0; killed < kills; ++run) {
      left = 1 + Math.floor(random() * reach);
      moment = random();
      running = start(names[run % names.length], words, options);
      const outcome = await running.done;
      if (outcome.signal === 'SIGKILL') {
        ++killed;
        each(outcome);
      } else {
        assert.equal(outcome.code, 0, outcome.stderr);
        reach = Math.max(1, Math.floor(reach / 2));
      }
      meddler.requests.length = 0;
    }
  } finally {
    await meddler.stop();
  }
}
