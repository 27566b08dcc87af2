// Answering what a command asks, when it asks.
// SPDX-License-Identifier: Apache-2.0
import { start } from './commands.mjs';

/** Each time stderr ends with `prompt`, the next answer() is written. After the last, input ends. Gives those left. */
export function answerPrompts(child, prompt, answers) {
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
  return left;
}

/** Runs a command and answers it; `unasked` is how many answers were left. */
export async function converse(command, words, { cwd, env }, prompt, answers) {
  const { child, done } = start(command, words, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const left = answerPrompts(child, prompt, answers);
  return { ...(await done), unasked: left.length };
}
