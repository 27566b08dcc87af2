// Running the two commands: peaqos (Node and WASM) and peaqos-native (libcurl, under sanitizers).
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { full } from './depth.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const commands = {
  peaqos: [process.execPath, join(root, 'node-cli/dist/peaqos.cjs')],
  'peaqos-native': [join(root, 'build/asan/native/peaqos-native')],
};

/** An empty folder that goes away with the test. */
export function scratch(context) {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a command with exactly these variables (and PATH): {child, done}; done gives {code, signal, stdout, stderr}. */
export function start(command, words, { env = {}, cwd, stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
  const [program, ...first] = commands[command];
  const child = spawn(program, [...first, ...words], { cwd, env: { PATH: process.env.PATH, ...env }, stdio });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name]?.setEncoding('utf8').on('data', (part) => (output[name] += part));
  const deadline = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const done = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      resolve({ code, signal, ...output });
    });
  });
  return { child, done };
}

export const run = (command, words, options) => start(command, words, options).done;

const names = Object.keys(commands);
let turn = 0;

/** The same test for each command, or in a usual run for one of them in turn: body(command, context). */
export function testBoth(name, body) {
  const chosen = full ? names : [names[turn++ % names.length]];
  for (const command of chosen) test(`${name} [${command}]`, (context) => body(command, context));
}

/** What stays the same between two runs: hashes and ports are replaced. */
export const comparable = (text) =>
  text
    .replace(/0x[0-9a-f]{64}/g, '<hash>')
    .replace(/127\.0\.0\.1:\d+/g, '<host>')
    .replace(/"ts":"[^"]*"/g, '"ts":"<ts>"');
