// The command: what it prints and writes, what it refuses, and that nothing is left of it however it ends.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { createRpc } from '../src/rpc.mjs';
import { answers, becomes, busyPort, endAll, freePort, settings, start } from './processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'devnet-'));
after(() => rmSync(folder, { recursive: true }));
afterEach(endAll);

test('it prints the settings of an operator and ends cleanly on a signal', async () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    const running = start('--chain-id', '31401');
    const env = await settings(running);
    assert.equal(env.PEAQOS_NETWORK, 'devnet');
    assert.match(env.PEAQOS_PRIVATE_KEY, /^0x[0-9a-f]{64}$/);
    assert.equal(Object.keys(env).length, 13);
    assert.equal(await answers(env.PEAQOS_RPC_URL), true);
    running.child.kill(signal);
    const { code, stderr } = await running.outcome;
    assert.deepEqual([code, stderr.split('\n').length], [0, 2]);
    for (const name of ['PEAQOS_RPC_URL', 'PEAQOS_MCR_API_URL', 'PEAQOS_GAS_STATION_URL', 'PEAQOS_ORCHESTRATION_URL'])
      assert.equal(await answers(env[name]), false);
  }
});

test('it prints the settings of the generation that is asked for', async () => {
  const running = start('--settings-of', '2', '--generations', '1,2');
  const env = await settings(running, 'PEAQOS_DEPLOYMENT_ID');
  assert.equal(env.PEAQOS_DEPLOYMENT_ID, 'devnet');
  assert.equal('IDENTITY_REGISTRY_ADDRESS' in env, false);
  running.child.kill();
  assert.equal((await running.outcome).code, 0);
});

test('a signal while it starts leaves nothing behind', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const port = await freePort();
    const path = join(folder, signal);
    const { child, outcome } = start('--chain-port', String(port), '--write-env', path);
    // The node answers before the contracts are there; on a busy machine the start may be over when that is seen.
    assert.equal(await becomes(`http://127.0.0.1:${port}`, true), true);
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    const started = stdout !== '';
    assert.deepEqual([code, stderr !== '', existsSync(path)], [0, started, started]);
    assert.equal(await becomes(`http://127.0.0.1:${port}`, false), true);
  }
});

test('the node does not outlive a killed command', async () => {
  const running = start();
  const env = await settings(running);
  assert.equal(await answers(env.PEAQOS_RPC_URL), true);
  running.child.kill('SIGKILL');
  assert.equal(await becomes(env.PEAQOS_RPC_URL, false), true);
});

test('it writes its settings to a new file that only its user reads', async () => {
  const path = join(folder, 'new.env');
  const running = start('--write-env', path);
  await settings(running);
  assert.equal(readFileSync(path, 'utf8'), running.text.stdout);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  running.child.kill();
  await running.outcome;
});

test('it does not replace a file, nor start when there is one', async () => {
  const path = join(folder, 'old.env');
  writeFileSync(path, 'MINE=1\n');
  const { child, outcome } = start('--write-env', path);
  const impatience = setTimeout(() => child.kill(), 60_000); // one that starts does not end by itself
  const { code, stdout, stderr } = await outcome;
  clearTimeout(impatience);
  assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
  assert.match(stderr, /^devnet: '[^\n]*old.env' exists[^\n]*\n$/);
  assert.equal(readFileSync(path, 'utf8'), 'MINE=1\n');
});

test('a file that cannot be written is refused in one line', async () => {
  const { code, stderr } = await start('--write-env', join(folder, 'no', 'such', 'folder')).outcome;
  assert.equal(code, 1);
  assert.match(stderr, /^devnet: --write-env: [^\n]+\n$/);
});

test('a busy port is said in one line', async (context) => {
  const { port, close } = await busyPort();
  context.after(close);
  for (const option of ['--chain-port', '--mcr-port', '--gas-station-port', '--orchestration-port']) {
    const path = join(folder, 'busy.env');
    const { code, stdout, stderr } = await start(option, String(port), '--write-env', path).outcome;
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, new RegExp(`^devnet: [^\\n]*${port}[^\\n]*\\n$`));
    assert.match(stderr, /in use/);
    assert.equal(existsSync(path), false);
  }
});

test('a bad option is refused before anything starts', async () => {
  for (const args of [['--chain-port', 'x'], ['--block-time', '0'], ['--nonsense'], ['extra']]) {
    const { code, stdout, stderr } = await start(...args).outcome;
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^devnet: [^\n]+\n$/);
  }
});

test('--help shows the options', async () => {
  const { code, stdout, stderr } = await start('--help').outcome;
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /--block-time/);
});

test('--block-time makes blocks without transactions, and not for each', async () => {
  const running = start('--block-time', '1');
  const env = await settings(running);
  const rpc = createRpc(env.PEAQOS_RPC_URL);
  const [from] = await rpc('eth_accounts');
  const height = async () => Number(await rpc('eth_blockNumber'));
  const before = await height();
  while ((await height()) < before + 2);
  const hashes = [];
  for (let count = 0; count < 10; ++count) hashes.push(await rpc('eth_sendTransaction', [{ from, to: from }]));
  const blocks = new Set();
  for (const hash of hashes) {
    let receipt;
    while (!(receipt = await rpc('eth_getTransactionReceipt', [hash])));
    blocks.add(receipt.blockNumber);
  }
  assert.ok(blocks.size < hashes.length, `${blocks.size} blocks`);
  running.child.kill();
  await running.outcome;
});
