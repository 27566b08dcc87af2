// Commands whose standard input is a terminal.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commands } from './commands.mjs';

const driver = fileURLToPath(new URL('../conformance/terminal.py', import.meta.url));

/** Types answers on a terminal, each with Enter: {code, stdout, stderr, terminal}. */
export function type(command, words, answers, { cwd, env }) {
  const args = [driver, JSON.stringify(answers), ...commands[command], ...words];
  return JSON.parse(execFileSync('python3', args, { cwd, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' }));
}
