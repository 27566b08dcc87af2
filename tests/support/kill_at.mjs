// A command that is killed with -9 at one of its requests, and run again.
// SPDX-License-Identifier: Apache-2.0
import { run, start } from './commands.mjs';
import { startMeddler } from './meddler.mjs';

/**
 * Runs a command whose every request to the endpoints of these variables passes through here, and kills it at the request
 * of that number: before it is sent on, or once it was answered but before the answer comes back. Then runs it again,
 * undisturbed. Gives {first, second}; `second` is `first` where the run was through before its number came.
 */
export async function killedAt(number, when, command, words, { cwd, env }, variables) {
  let count = 0;
  let running;
  const meddle = async (calls, forward, response) => {
    if (++count !== number) return false;
    if (when === 'after') await forward();
    running.child.kill('SIGKILL');
    response.destroy();
    return true;
  };
  const meddlers = await Promise.all(variables.map((name) => startMeddler(env[name], meddle)));
  const between = Object.fromEntries(variables.map((name, at) => [name, meddlers[at].url]));
  const options = { cwd, env: { ...env, ...between } };
  try {
    running = start(command, words, options);
    const first = await running.done;
    return { first, second: first.signal === 'SIGKILL' ? await run(command, words, options) : first };
  } finally {
    await Promise.all(meddlers.map((meddler) => meddler.stop()));
  }
}
