// Running wallet commands in a home of their own.
// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../support/commands.mjs';

export const phrase = 'test test test test test test test test test test test junk'; // public: every devnet's accounts
export const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'; // its first one
export const passphrase = 'correct horse battery staple';

/** Runs a command with lines as its standard input. */
export function answer(command, words, lines, options) {
  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}).end(lines.map((line) => `${line}\n`).join(''));
  return done;
}

export const folder = (home) => join(home, '.ows', 'wallets');

/** The files of a home's vault. */
export const walletFiles = (home) => readdirSync(folder(home)).map((name) => join(folder(home), name));
