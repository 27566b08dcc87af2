// The console watches: what changes in the world while somebody looks, or while a source does not answer.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run } from '../support/commands.mjs';
import { assertAccessible, assertQuiet, keepPictures, passphrase, serveConsole } from '../support/console.mjs';
import { stopNode } from '../support/node_process.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom, recordKept } from '../support/rooms.mjs';
import { newOperator, revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const tray = (page) => page.getByRole('region', { name: 'Activity', exact: true });
const openTray = (page) => page.getByRole('button', { name: /^Activity/ }).click();
const networkOf = (page) => page.locator('pq-top-bar .network');

test('a bond that is released while one looks: the row, the tray and the title tell it', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.locator('pq-table').getByText('Bonded', { exact: true }).waitFor();
  await world.control.send('IdentityStaking', 'release', [BigInt(operator.id)]);
  await page.locator('pq-table').getByText('Not bonded').first().waitFor();
  await page.waitForFunction(() => /^\(\d+\) Fleet/.test(document.title));
  await openTray(page);
  await tray(page).getByText(`Machine ${operator.id} lost its bond`).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'tray');
  await page.waitForFunction(() => !document.title.startsWith('('));
  await page.keyboard.press('Escape');
  await tray(page).waitFor({ state: 'detached' });
  await assertQuiet(view);
});

test('a score that rises while one looks: the table tells by how much', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  const change = page.locator('pq-table .score-change');
  await page.locator('pq-table').getByText('Bonded', { exact: true }).waitFor();
  assert.equal(await change.count(), 0);
  const { code, stderr } = await run('peaqos', revenue(operator.id, '--value', '5000000'), operator);
  assert.equal(code, 0, stderr);
  await change.getByText(/^\+\d+$/).waitFor();
  assert.match(await change.getAttribute('title'), /^\d+ on \d{4}-\d\d-\d\d, \d+ now$/);
  await keepPictures(page, 'fleet-score-change');
});

test('a node that hangs: amber and since when, with the last block kept; then green again by itself', async (context) => {
  const operator = await newOperator(world);
  const { page } = await enterAs(browser, address, operator);
  await networkOf(page).getByText('block', { exact: false }).waitFor();
  const resume = stopNode();
  context.after(resume);
  await networkOf(page)
    .getByText(/not answering for \d+ s/)
    .waitFor();
  assert.equal(await networkOf(page).locator('.dot').first().getAttribute('data-tone'), 'warn');
  assert.match(await networkOf(page).textContent(), /devnet/);
  await assertAccessible(page);
  await keepPictures(page, 'network-silent');
  resume();
  await networkOf(page).getByText('block', { exact: false }).waitFor({ timeout: 90_000 });
  assert.equal(await networkOf(page).locator('.dot').first().getAttribute('data-tone'), 'good');
});

test('a rating service that is down: known rows stay, it is said at once, and it comes back by itself', async (context) => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 3);
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  await page.locator('pq-table tbody tr').first().waitFor();
  context.after(() => world.control.setMcrDown(false));
  world.control.setMcrDown(true);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText(/as of \d\d:\d\d, rating service not answering/).waitFor();
  await networkOf(page)
    .getByText(/Rating service not answering for/)
    .waitFor();
  assert.equal(await page.locator('pq-table tbody tr:not(.gap)').count(), 3);
  assert.equal(await page.getByRole('alert').count(), 0);
  await assertAccessible(page);
  await keepPictures(page, 'ratings-down');
  world.control.setMcrDown(false);
  await page.getByText(/^as of \d+ s ago$/).waitFor({ timeout: 90_000 });
  await networkOf(page)
    .getByText(/Rating service/)
    .waitFor({ state: 'detached' });
});

test('a rating service that is down from the start: no red box, and the fleet comes by itself', async (context) => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 3);
  context.after(() => world.control.setMcrDown(false));
  world.control.setMcrDown(true);
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  await page.getByText('The rating service does not answer', { exact: false }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await assertAccessible(page);
  await keepPictures(page, 'fleet-unreachable');
  world.control.setMcrDown(false);
  await page.locator('pq-table tbody tr').first().waitFor({ timeout: 90_000 });
});

test('a chain whose last block is old is amber, and says how old', async () => {
  const operator = await newOperator(world, { PEAQOS_NETWORK: 'testnet' });
  const own = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await own.route(`${world.rpcUrl}/**`, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    for (const { result } of [body].flat())
      if (result?.timestamp) result.timestamp = `0x${(Math.floor(Date.now() / 1000) - 41 * 60).toString(16)}`;
    await route.fulfill({ response: answer, json: body });
  });
  const { page } = await enterAs(browser, address, operator, { context: own });
  await networkOf(page).getByText('no block for 41 min').waitFor();
  assert.equal(await networkOf(page).locator('.dot').first().getAttribute('data-tone'), 'warn');
  await keepPictures(page, 'old-block');
  await own.close();
});

test('what is known is there after a lock and a reload, before anything answers', async () => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 40);
  const { page, context: own } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  await page.locator('pq-table tbody tr').first().waitFor();
  await recordKept(page, 'store');
  await own.route(/\/(operator|mcr|machine)\//, () => {}); // never answers
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.locator('pq-table tbody tr').first().waitFor();
  await page.getByText('Machines', { exact: true }).first().waitFor();
  assert.equal(await page.locator('.figure dd').first().textContent(), '40');
  await own.close();
});
