// What a first visit loads, and that the module waits until it is needed.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { startBrowser } from '../support/browser.mjs';
import { makeVault, openConsole, serveConsole } from '../support/console.mjs';

const most = 60 * 1024; // bytes, brotli
const browser = await startBrowser();

test('the first load stays within its budget, and brings no module', async (context) => {
  // Without a service worker, which fetches everything once the page is at rest.
  const own = await browser.newContext({ serviceWorkers: 'block' });
  const answers = [];
  own.on('response', (answer) => answers.push(answer));
  const { page } = await openConsole(browser, await serveConsole(), { context: own });
  await page.waitForLoadState('networkidle');
  const bodies = await Promise.all(answers.map((answer) => answer.body()));
  const size = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  context.diagnostic(`first load: ${answers.length} files, ${size} bytes brotli`);
  assert.ok(size <= most, `${size} bytes`);
  const isModule = (answer) => answer.url().endsWith('.wasm');
  assert.ok(!answers.some(isModule));
  const module = own.waitForEvent('response', isModule);
  await makeVault(page);
  assert.match((await module).url(), /\/assets\/peaqos-[0-9A-F]{8}\.wasm$/);
  await own.close();
});
