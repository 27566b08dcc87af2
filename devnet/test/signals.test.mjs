// npm run devnet: whatever ends, npm, the shell between or a process of ours, no node stays behind.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { becomes, settings } from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts `npm run devnet`: {child, text, outcome} as processes.mjs gives them. */
function startByNpm() {
  const child = spawn('npm', ['run', '--silent', 'devnet'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (part) => (text[name] += part));
  const outcome = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal, ...text })));
  return { child, text, outcome };
}

/** The processes below one, the nearest first: [{pid, words}]. */
function below(pid) {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').pop().split(' ')[1]);
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return parent === pid ? [{ pid: Number(name), words }] : [];
      } catch {
        return [];
      }
    });
  return [...children, ...children.flatMap((child) => below(child.pid))];
}

for (const [signal, who, find] of [
  ['SIGTERM', 'npm', () => undefined],
  ['SIGHUP', 'npm', () => undefined],
  ['SIGKILL', 'npm', () => undefined],
  ['SIGTERM', 'tools/run.mjs', ({ words }) => words.includes('tools/run.mjs')],
  ['SIGKILL', 'tools/run.mjs', ({ words }) => words.includes('tools/run.mjs')],
]) {
  test(`no node outlives ${signal} to ${who}`, async () => {
    const running = startByNpm();
    const env = await settings(running);
    const [found] = below(running.child.pid).filter(({ words }) => words[0] !== 'sh' && find({ words }));
    process.kill(found?.pid ?? running.child.pid, signal);
    assert.equal(await becomes(env.PEAQOS_RPC_URL, false), true);
    assert.equal(await becomes(env.PEAQOS_MCR_API_URL, false), true);
  });
}
