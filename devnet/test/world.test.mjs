// A world's life: quick to start, several at once, and nothing left of it however its process ends.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { startDevnet } from '../src/devnet.mjs';
import { answers, becomes, busyPort, freePort } from './processes.mjs';
import { bond, selector, startWorld } from './operator.mjs';

test('worlds start side by side, each on its own ports, and stop', async () => {
  const worlds = await Promise.all([startDevnet(), startDevnet({ chainId: 31400 })]);
  assert.deepEqual(await Promise.all(worlds.map(({ rpc }) => rpc('eth_chainId'))), ['0x7a6a', '0x7aa8']);
  const urls = worlds.flatMap(({ rpcUrl, urls: { mcr } }) => [rpcUrl, mcr]);
  assert.equal(new Set(urls).size, 4);
  await Promise.all(worlds.map(({ stop }) => stop()));
  for (const url of urls) assert.equal(await answers(url), false);
});

test('every stop resolves when the world is gone', async () => {
  const { rpcUrl, stop } = await startDevnet();
  const first = stop();
  await stop();
  assert.equal(await answers(rpcUrl), false);
  await first;
  await stop();
});

test('a world that cannot start leaves no node behind', async (context) => {
  const { port, close } = await busyPort();
  context.after(close);
  const chainPort = await freePort();
  await assert.rejects(startDevnet({ chainPort, mcrPort: port }), /in use/);
  assert.equal(await answers(`http://127.0.0.1:${chainPort}`), false);
});

test('the node ends with a process that ends by an error of its own', async () => {
  const module = new URL('../src/devnet.mjs', import.meta.url);
  const program = `
    const { startDevnet } = await import('${module}');
    const { rpcUrl } = await startDevnet();
    process.stdout.write(rpcUrl, () => setTimeout(() => { throw new Error('uncaught'); }));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [url] = await once(child.stdout.setEncoding('utf8'), 'data');
  assert.deepEqual(await once(child, 'exit'), [1, null]);
  assert.equal(await becomes(url, false), true);
});

test('control functions wait until their transaction is mined, and say when it reverted', async () => {
  const { world, operators } = await startWorld({ blockTime: 1 });
  const { control } = world;
  try {
    await control.setFault('IdentityRegistry', '0x3a81d6fc');
    const [operator] = operators;
    await assert.rejects(operator.write('IdentityRegistry', 'register', [], bond), selector('0x3a81d6fc'));
    const receipt = await control.setFault('IdentityRegistry', '0x');
    assert.equal(receipt.status, '0x1');
    const refused = control.send('IdentityStaking', 'release', [1n], { from: operator.address });
    await assert.rejects(refused, (error) => {
      assert.match(error.message, /^IdentityStaking\.release: transaction 0x[0-9a-f]{64} was mined but reverted/);
      return selector('0x118cdaa7')(error);
    });
  } finally {
    await world.stop();
  }
});
