// The same package in a real browser, under a strict Content-Security-Policy.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveStatic, startBrowser } from '../../tests/support/browser.mjs';
import { newOperator, startWorld } from '../../tests/support/world.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const example = /```html\n([^]*?)```/.exec(readFileSync(`${folder}README.md`, 'utf8'))[1];
const world = await startWorld();
const operator = await newOperator(world);
const browser = await startBrowser();

async function open(html, policy) {
  const site = await serveStatic({
    folders: { '/core/': folder },
    texts: { '/': `<!doctype html><body></body>${html}`, '/settings.json': JSON.stringify(operator.env) },
    policy,
  });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(site);
  return { page, problems };
}

test('the README example shows who signs', async () => {
  const policy = `default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self' ${world.rpcUrl}`;
  const { page, problems } = await open(example, policy);
  await page
    .waitForFunction(() => document.body.textContent.includes('0x'), null, { timeout: 30_000 })
    .catch(() => assert.fail(problems.join('\n')));
  assert.equal((await page.textContent('body')).trim(), operator.address);
  await page.close();
});

test('activation, events and command lines work in a page', async () => {
  const { page } = await open('');
  const outcome = await page.evaluate(async () => {
    const { createClient, run } = await import('/core/index.browser.mjs');
    const env = await (await fetch('/settings.json')).json();
    const files = new Map();
    const host = {
      env,
      readFile(path) {
        if (!files.has(path)) throw Object.assign(new Error(path), { failure: 'missing' });
        return files.get(path);
      },
      appendFile: (path, bytes) => void files.set(path, new Uint8Array([...(files.get(path) ?? []), ...bytes])),
    };
    const client = createClient(host);
    const machine = await client.activate({
      docUrl: 'https://example.com/docs',
      dataApi: 'https://example.com/events',
    });
    const event = await client.submitEvent({
      machineId: machine.machineId,
      type: 'activity',
      value: 1,
      ts: 1776945600,
    });
    let text = '';
    const code = await run(['whoami'], { ...host, write: (stream, part) => (text += part) });
    const refused = await createClient({ env: { ...env, PEAQOS_RPC_URL: 'http://127.0.0.1:9' } })
      .whoami()
      .catch(({ kind, code }) => `${kind} ${code}`);
    return { machine, event, code, text, refused };
  });
  assert.equal(outcome.machine.machineDid, operator.did);
  assert.match(outcome.event.txHash, /^0x/);
  assert.equal(outcome.code, 0);
  assert.ok(outcome.text.includes(operator.address));
  // A page is not told why a request failed.
  assert.match(outcome.refused, /^network /);
  await page.close();
});
