// Running other programs, and saying in one line when one fails.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export function fail(message) {
  process.stderr.write(`peaqos: ${message}\n`);
  process.exit(1);
}

// Runs a program with the terminal handed on; resolves to its exit status.
export function status(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  return new Promise((resolve, reject) => {
    child.once('error', ({ code }) =>
      reject(Object.assign(new Error(`${command} did not start: ${code}`), { command })),
    );
    child.once('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

// The same, where only success will do.
export async function run(command, args, options = {}) {
  const code = await status(command, args, options);
  if (code !== 0) throw Object.assign(new Error(`${command} ${args.join(' ')} failed (exit ${code})`), { command });
}

// The same beside what goes on meanwhile: a promise of its success.
export function runBeside(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    const failed = (why) =>
      reject(Object.assign(new Error(`${command} ${args.join(' ')} failed (${why})`), { command }));
    child.once('error', ({ code }) => failed(code));
    child.once('close', (code) => (code === 0 ? resolve() : failed(`exit ${code}`)));
  });
  ended.catch(() => {}); // it is for whoever awaits it, however late
  return ended;
}
