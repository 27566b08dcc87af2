// Ways to look at a fleet, in a real browser: saved views, whose machines, the grid, the density of rows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, keepPictures, makeVault, openConsole, serveConsole } from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { enterAs, enterRoom, vaultFile, writeVaultFile } from '../support/rooms.mjs';
import { newOperator, startWorld } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

async function operatorOf(machines) {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, machines);
  return operator;
}

const machinesOf = (page) => page.locator('.figure', { hasText: 'Machines' }).locator('dd');
const picture = (page, name) => page.getByRole('radio', { name, exact: true });

test('a view keeps filter, columns and order under a name, in the vault', async () => {
  const { page } = await enterAs(browser, address, await operatorOf(60));
  await enterRoom(page, 'fleet');
  await page.getByRole('searchbox').fill('rating:<BBB');
  await page.getByText(/^\d+ of 60$/).waitFor();
  await page.getByRole('button', { name: 'Score' }).click();
  await page.getByText('Columns').click();
  await page.getByLabel('DID', { exact: true }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByText('Views').click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Low first');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.locator('pq-fleet-views summary', { hasText: 'Low first' }).waitFor();
  assert.match(await vaultFile(page, 'fleet-views.json'), /"search":"rating:<BBB"/);

  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Score' }).click();
  await page.getByText('Low first (changed)').click();
  await assertAccessible(page);
  await keepPictures(page, 'fleet-views');
  await page.keyboard.press('Escape');

  await enterRoom(page, 'settings');
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: /^Search, or/ }).fill('low');
  await page.getByRole('option', { name: /^Low first/ }).click();
  await page.getByText(/^\d+ of 60$/).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'rating:<BBB');
  assert.equal(
    await page
      .locator('th[aria-sort="ascending"]')
      .textContent()
      .then((text) => text.trim()),
    'Score',
  );
  assert.equal(await page.getByRole('columnheader', { name: 'DID' }).count(), 0);
});

test('the machines of this wallet, or those of all wallets', async () => {
  const { page } = await openConsole(browser, address);
  await makeVault(page);
  const { PEAQOS_PRIVATE_KEY: _, ...settings } = world.env();
  await writeVaultFile(page, '.env', envText(settings));
  const make = async (name, machines, secret) => {
    await enterRoom(page, 'wallets/create');
    await page.getByLabel('Name', { exact: true }).fill(name);
    if (secret) await page.getByLabel('Vault passphrase', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const card = page.getByRole('article', { name, exact: true });
    await card.waitFor();
    world.control.addFleet(await card.locator('pq-value code').first().getAttribute('title'), machines);
  };
  await make('north', 3);
  await make('south', 4, 'correct horse battery staple');
  await enterRoom(page, 'fleet');
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent.trim() === '3');
  await page.getByRole('radio', { name: 'All wallets' }).check();
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent.trim() === '7');
  assert.match(page.url(), /scope=all/);
  await assertAccessible(page);
  await keepPictures(page, 'fleet-all-wallets');
  await page.getByRole('radio', { name: 'An operator' }).check();
  await page.getByRole('textbox', { name: 'Operator' }).fill((await operatorOf(2)).did);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent.trim() === '2');
  await page.getByRole('radio', { name: 'This wallet' }).check();
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent.trim() === '3');
});

test('the fleet as a grid: by keyboard and mouse, and remembered', async () => {
  const { page } = await enterAs(browser, address, await operatorOf(300));
  await enterRoom(page, 'fleet');
  await page.locator('pq-table tbody tr').first().waitFor();
  await picture(page, 'Grid').check();
  const grid = page.getByRole('application', { name: /^300 machines/ });
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const told = page.locator('.grid-readout strong');
  const second = await told.textContent();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await told.textContent(), second);
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();

  const box = await page.locator('.grid-box canvas').first().boundingBox();
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 5, { steps: 3 });
  await page.mouse.up();
  await page.getByText(/^[23] selected$/).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'fleet-grid');

  await page.mouse.click(box.x + 5, box.y + 5);
  await page.waitForSelector('pq-machine');
  await keepPictures(page, 'fleet-grid-machine');
  await page.getByRole('button', { name: 'Close machine' }).click();
  await enterRoom(page, 'settings');
  await enterRoom(page, 'fleet');
  await grid.waitFor();
  await picture(page, 'Table').check();
  await page.locator('pq-table tbody tr').first().waitFor();
});

test('rows stand closer when they are wanted so, in every table', async () => {
  const { page } = await enterAs(browser, address, await operatorOf(60));
  await enterRoom(page, 'fleet');
  const row = page.locator('pq-table tbody tr:not(.gap)').nth(1);
  const height = async () => (await row.boundingBox()).height;
  assert.equal(Math.round(await height()), 40);
  await enterRoom(page, 'settings');
  await picture(page, 'Compact').check();
  await enterRoom(page, 'fleet');
  await row.waitFor();
  assert.equal(Math.round(await height()), 32);
  await keepPictures(page, 'fleet-compact');
});

test('ten thousand machines are in one picture', async () => {
  const { page } = await enterAs(browser, address, await operatorOf(10_000));
  await enterRoom(page, 'fleet');
  await page.locator('pq-table tbody tr').first().waitFor();
  await picture(page, 'Grid').check();
  await page.getByRole('application', { name: /^10000 machines/ }).waitFor();
  assert.equal(await machinesOf(page).textContent(), '10,000');
  await keepPictures(page, 'fleet-grid-large');
});
