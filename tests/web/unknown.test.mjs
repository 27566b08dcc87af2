// What the console says where something is unknown, missing or not to be relied on: never a zero, never the wrong reason.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import {
  assertAccessible,
  keepPictures,
  makeVault,
  openConsole,
  serveConsole,
  startServed,
} from '../support/console.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { run } from '../support/commands.mjs';
import { enterAs, enterRoom, visit } from '../support/rooms.mjs';
import { revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

test('the browser is asked to keep the vault, and its answer is shown', async () => {
  for (const [granted, words] of [
    [true, /protected/i],
    [false, /may clear|may be cleared/i],
  ]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript((answer) => {
      window.asked = 0;
      let kept = false;
      navigator.storage.persisted = async () => kept;
      navigator.storage.persist = async () => {
        window.asked++;
        return (kept = answer);
      };
    }, granted);
    const { page } = await openConsole(browser, address, { context });
    await makeVault(page);
    assert.equal(await page.evaluate(() => window.asked), 1);
    await enterRoom(page, 'settings');
    await page.getByText(words).first().waitFor();
    await context.close();
  }
});

test('a command that was ended is not a page that was refused', async () => {
  const { address: served } = await startServed();
  const { page, context } = await openConsole(browser, served);
  await makeVault(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  await page.reload();
  await page.getByText('is not running', { exact: false }).waitFor();
  assert.equal(await page.getByText('This tab is not connected').count(), 0);
  await assertAccessible(page);
  await keepPictures(page, 'not-running');
  await context.setOffline(false);
  await page.getByText('is not running', { exact: false }).waitFor({ state: 'detached' });
  await context.close();
});

test('an address of no page says so, and leads to those that exist', async () => {
  const { page } = await visit(browser, address, world.env());
  await page.evaluate(() => (location.hash = '#/nosuch/room'));
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'no-such-page');
  await page.getByRole('main').getByRole('link', { name: 'Wallets' }).click();
  await page.evaluate(() => (location.hash = '#/wallets/anything'));
  await page.getByRole('heading', { name: 'Wallets', level: 1 }).waitFor();
});

test('revenue without a rate is not zero', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const { code, stderr } = await run('peaqos', revenue(operator.id), { env: operator.env, cwd: operator.cwd });
  assert.equal(code, 0, stderr);
  world.control.setFxStale(true);
  context.after(() => world.control.setFxStale(false));
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, `machine/${operator.did}`);
  await page.getByText('1 events have no rate').waitFor();
  assert.equal(await page.getByText('USD 0.00 total').count(), 0);
  await page.getByText('Exchange rates behind the rating are out of date').waitFor();
});
