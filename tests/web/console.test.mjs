// The console as `peaqos console` serves it, on a devnet: everything goes through the relay, and nothing else is asked.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  passphrase,
  serveConsole,
  startServed,
} from '../support/console.mjs';
import { addAuthenticator } from '../support/passkey.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const settings = Object.entries(world.env())
  .map(([name, value]) => `${name}=${value}\n`)
  .join('');
const { address, port } = await startServed({ settings });
const browser = await startBrowser();

const network = (page) => page.locator('pq-top-bar .network');

test('the start token leaves the address, and the network comes through the relay', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const asked = new Set();
  context.on('request', (request) => asked.add(new URL(request.url()).origin));
  const view = await openConsole(browser, address, { context });
  const { page } = view;
  assert.equal(page.url(), `http://localhost:${port}/`);
  await makeVault(page);
  await network(page).getByText(`chain ${world.chainId}`).waitFor();
  await network(page).getByText('block').waitFor();
  await keepPictures(page, 'frame');
  await assertAccessible(page);
  await assertQuiet(view);
  assert.deepEqual([...asked], [`http://localhost:${port}`]);
  await context.close();
});

test('the address of a room may follow the token, and is where one looks around', async () => {
  const did = `did:peaq:${world.accounts[0].address}`;
  const view = await openConsole(browser, `${address}/fleet?operator=${did}`);
  const { page } = view;
  await page.getByRole('button', { name: 'Explore read-only' }).click();
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Operator' }).inputValue(), did);
  assert.equal(page.url(), `http://localhost:${port}/#/fleet?operator=${did}`);
  await view.context.close();
});

test('a page that did not present the token is told what to do', async () => {
  const { page, context } = await openConsole(browser, `http://localhost:${port}/`);
  await page.getByText('This tab is not connected').waitFor();
  await keepPictures(page, 'not-let-in');
  await assertAccessible(page);
  await context.close();
});

test('a changed record is noticed', async () => {
  const view = await openConsole(browser, address);
  const { page } = view;
  await makeVault(page);
  await network(page).getByText(`chain ${world.chainId}`).waitFor();
  await page.evaluate(async () => {
    const database = await new Promise((resolve) => {
      indexedDB.open('peaqos').onsuccess = (event) => resolve(event.target.result);
    });
    const records = database.transaction('records', 'readwrite').objectStore('records');
    records.openCursor().onsuccess = ({ target: { result } }) => {
      result.value.data[0] ^= 1;
      result.update(result.value);
    };
    await new Promise((resolve) => (records.transaction.oncomplete = resolve));
    database.close();
  });
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('was changed by something other than this console').waitFor();
  await keepPictures(page, 'changed-record');
  await assertAccessible(page);
  await assertQuiet(view);
  await view.context.close();
});

test('a passkey unlocks, and takes the passphrase to add', async () => {
  const view = await openConsole(browser, address);
  const { page, context } = view;
  await addAuthenticator(view);
  await makeVault(page);
  await page.goto(`http://localhost:${port}/#/settings`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('That is not the passphrase of this vault').waitFor();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Passkey 1', { exact: true }).first().waitFor();
  await keepPictures(page, 'settings-passkey');
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForSelector('pq-frame');
  await network(page).getByText(`chain ${world.chainId}`).waitFor();
  await assertQuiet(view);
  await context.close();
});

test('on a static host the endpoints are called directly', async () => {
  const view = await openConsole(browser, await serveConsole());
  await makeVault(view.page);
  await network(view.page).getByText('No network set').waitFor();
  await assertQuiet(view);
  await view.context.close();
});

test('it opens without a network once it was loaded', async () => {
  const served = await startServed({ settings });
  const { page, context } = await openConsole(browser, served.address);
  await makeVault(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const complete = async () => (await caches.match('./')) !== undefined;
    while (!(await complete())) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await network(page).getByText('Network not reachable').waitFor();
  for (const room of ['Fleet', 'Activate', 'Events', 'Market', 'Wallets', 'Settings']) {
    await page.getByRole('link', { name: room, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: room }).waitFor();
  }
  await context.close();
});
