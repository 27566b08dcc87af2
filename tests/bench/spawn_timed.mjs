// Runs a program to its end and takes the time.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';

/** Resolves to {code, stdout, stderr, milliseconds}. `input` is its standard input. */
export function spawnTimed([program, ...words], { cwd, env, input }) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, words, {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const name of Object.keys(output))
      child[name].setEncoding('utf8').on('data', (part) => (output[name] += part));
    child.stdin?.end(input);
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, ...output, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 }),
    );
  });
}
