// Answering what a command asks, when it asks.
// SPDX-License-Identifier: Apache-2.0
import { start } from './commands.mjs';

/** Runs a command; each time stderr ends with `prompt`, the next answer() is written to it. After the last, input ends. */
export async function converse(command, words, { cwd, env }, prompt, answers) {
  const { child, done } = start(command, words, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const left = [...answers];
  let seen = '';
  child.stdin.on('error', () => {}); // a command that has ended takes no answer
  child.stderr.on('data', (part) => {
    seen += part;
    if (!seen.endsWith(prompt)) return;
    seen = '';
    if (left.length === 0) child.stdin.end();
    else child.stdin.write(`${left.shift()()}\n`);
  });
  return { ...(await done), unasked: left.length };
}
