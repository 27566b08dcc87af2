// What the tests of whole processes share: the command, started, and who answers on a port.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../bin/devnet.mjs', import.meta.url));

/** Whether anything answers at a URL. */
export const answers = (url) =>
  fetch(url, { method: 'POST' }).then(
    () => true,
    () => false,
  );

/** Whether a URL's answering becomes `wanted` within a minute. */
export async function becomes(url, wanted) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if ((await answers(url)) === wanted) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

const running = new Set();

/** Starts the command; its outcome is that of its end. */
export function start(...args) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (part) => (text[name] += part));
  const outcome = once(child, 'close').then(([code, signal]) => ({ code, signal, ...text }));
  return { child, text, outcome };
}

/** Ends what a failed test has left running. */
export function endAll() {
  for (const child of running) child.kill('SIGTERM');
}

/** The settings that a started command prints, up to the one of this name. */
export async function settings({ child, text, outcome }, last = 'BATCH_PRECOMPILE_ADDRESS') {
  while (!new RegExp(`^${last}=.*\n`, 'm').test(text.stdout)) {
    const ended = await Promise.race([once(child.stdout, 'data').then(() => false), outcome]);
    if (ended) throw new Error(`the command ended: ${ended.stderr}`);
  }
  const lines = text.stdout.trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('=')));
}

/** A port that is in use until close(). */
export async function busyPort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A port that was free a moment ago. */
export async function freePort() {
  const { port, close } = await busyPort();
  await close();
  return port;
}
