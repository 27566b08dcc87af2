// What was once wrong in the console, and stays mended: equal events, runs of another wallet, command lines that were not
// the same, sheets above the lock, bad news with a green tick.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertQuiet, keepPictures, serveConsole } from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom, writeVaultFile } from '../support/rooms.mjs';
import { eventCount, newOperator, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const button = (page, name) => page.getByRole('button', { name, exact: true });
const states = (page) => page.locator('.steps > li').evaluateAll((steps) => steps.map((step) => step.dataset.state));
const commandLine = (page) => page.locator('pq-as-command code').textContent();

async function fillEvent(page, id) {
  await page.getByLabel('Machine', { exact: true }).fill(id);
  await page.getByLabel('Amount').fill('3');
  await page.getByLabel('When').fill('2026-04-23T12:00:00');
  await button(page, 'Submit event').click();
}

async function fillUrls(page, url) {
  await page.getByLabel('Documentation URL').fill(url);
  await page.getByLabel('Data API URL').fill(url);
}

test('an equal event is asked about, and the usual answer is no', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'events');
  await fillEvent(page, operator.id);
  await button(page, 'Sign and record').click();
  await page.getByText('Recorded on the chain.').waitFor();
  const sent = await transactionCount(world, operator.address);

  await fillEvent(page, operator.id);
  const sheet = page.getByRole('dialog', { name: 'Record it again?' });
  await sheet.getByText('USD 3.00', { exact: false }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Do not record');
  await keepPictures(page, 'events-again');
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await transactionCount(world, operator.address), sent, 'Enter sends nothing');

  await button(page, 'Submit event').click();
  await button(page, 'Record it again').click();
  await button(page, 'Sign and record').click();
  while ((await eventCount(world, operator.id)) < 2) await page.waitForTimeout(100);
  await assertQuiet(view);
});

test('the activation of one wallet is not shown to another', async () => {
  const [first, second] = [await newOperator(world), await newOperator(world)];
  const view = await enterAs(browser, address, first);
  const { page } = view;
  await enterRoom(page, 'activate');
  await fillUrls(page, 'https://example.com/robot');
  await button(page, 'Activate').click();
  await button(page, 'Sign and continue').click();
  await page.getByText('The machine is active.').waitFor();
  await writeVaultFile(page, '.env', envText(second.env));
  await page.getByText('The machine is active.').waitFor({ state: 'detached' });
  assert.deepEqual([...new Set(await states(page))], ['waiting']);
  assert.equal(await page.locator('.steps pq-value').count(), 0, 'no transaction of the first');
  await assertQuiet(view);
});

test('the command line beside a form says what the form would do', async () => {
  const operator = await newOperator(world);
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'activate');
  await fillUrls(page, '  https://example.com/robot  ');
  await button(page, 'As a command').click();
  assert.match(
    await commandLine(page),
    /--doc-url https:\/\/example\.com\/robot --data-api https:\/\/example\.com\/robot$/,
  );
});

test('with a sheet open the console can be locked, by its button and by the keyboard', async () => {
  const operator = await newOperator(world);
  for (const lock of [
    (page) => button(page, 'Lock the console').click(),
    (page) => page.keyboard.press('Control+Shift+L'),
  ]) {
    const view = await enterAs(browser, address, operator);
    const { page } = view;
    await enterRoom(page, 'activate');
    await fillUrls(page, 'https://example.com/robot');
    await button(page, 'Activate').click();
    await page.getByRole('dialog', { name: 'Sign this transaction?' }).waitFor();
    await lock(page);
    await button(page, 'Unlock').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await transactionCount(world, operator.address), 0);
    await assertQuiet(view);
  }
});

test('too little money is no green tick', async () => {
  const poor = await newOperator(world, { balance: 10n ** 16n });
  const { page } = await enterAs(browser, address, poor);
  await enterRoom(page, 'activate');
  await fillUrls(page, 'https://example.com/robot');
  await button(page, 'Activate').click();
  await page.locator('.steps > li[data-tone="warn"]').first().waitFor();
  await keepPictures(page, 'activate-poor');
});

test('bars of a distribution are of one width, whatever they are called', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  await page.locator('.bars .column').first().waitFor();
  const widths = await page
    .locator('.bars .column')
    .evaluateAll((columns) => columns.map((column) => column.getBoundingClientRect().width));
  assert.ok(widths.length >= 8, `${widths.length} bars`);
  assert.equal(new Set(widths.map(Math.round)).size, 1, `${widths}`);
});
