// A world's life: quick to start, several at once, and nothing left of it however it ends.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDevnet } from '../src/devnet.mjs';

const command = fileURLToPath(new URL('../bin/devnet.mjs', import.meta.url));
const answers = (url) =>
  fetch(url, { method: 'POST' }).then(
    () => true,
    () => false,
  );

async function falls(url) {
  for (let left = 100; left > 0; left--) {
    if (!(await answers(url))) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

// Starts the command; its settings as it printed them.
async function run(...args) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const part of child.stdout) {
    text += part;
    if (text.includes('BATCH_PRECOMPILE_ADDRESS=') && text.endsWith('\n')) break;
  }
  return {
    child,
    env: Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    ),
  };
}

test('worlds start side by side, each on its own ports, and stop', async () => {
  const began = performance.now();
  const worlds = await Promise.all([startDevnet(), startDevnet({ chainId: 31400 })]);
  const took = performance.now() - began;
  assert.ok(took < 3000 * worlds.length, `took ${Math.round(took)} ms`);
  assert.deepEqual(await Promise.all(worlds.map(({ rpc }) => rpc('eth_chainId'))), ['0x7a6a', '0x7aa8']);
  const urls = worlds.flatMap(({ rpcUrl, urls: { mcr } }) => [rpcUrl, mcr]);
  assert.equal(new Set(urls).size, 4);
  await Promise.all(worlds.map(({ stop }) => stop()));
  for (const url of urls) assert.equal(await answers(url), false);
});

test('the command prints the settings of an operator and ends cleanly on SIGTERM and SIGINT', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const { child, env } = await run('--chain-id', '31401');
    assert.equal(env.PEAQOS_NETWORK, 'devnet');
    assert.match(env.PEAQOS_PRIVATE_KEY, /^0x[0-9a-f]{64}$/);
    assert.equal(Object.keys(env).length, 10);
    assert.equal(await answers(env.PEAQOS_RPC_URL), true);
    // The settings are printed a moment before the command listens to signals.
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(await falls(env.PEAQOS_RPC_URL), true);
  }
});

test('the node does not outlive a killed command', async () => {
  const { child, env } = await run();
  assert.equal(await answers(env.PEAQOS_RPC_URL), true);
  child.kill('SIGKILL');
  assert.equal(await falls(env.PEAQOS_RPC_URL), true);
});

test('a bad option is refused before anything starts', async () => {
  const child = spawn(process.execPath, [command, '--chain-port', 'x'], { stdio: 'ignore' });
  assert.deepEqual(await once(child, 'exit'), [1, null]);
});
