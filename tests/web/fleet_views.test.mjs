// Ways to look at a fleet, in a real browser: saved views, whose machines, the grid, the density of rows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, keepPictures, makeVault, openConsole, serveConsole } from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { enterAs, enterRoom, vaultFile, writeVaultFile } from '../support/rooms.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld } from '../support/world.mjs';
import { run, scratch } from '../support/commands.mjs';

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
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await page.getByText('Columns').click();
  await page.getByLabel('DID', { exact: true }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByText('Views').click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Low first');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.locator('pq-fleet-views summary', { hasText: 'Low first' }).waitFor();
  assert.match(await vaultFile(page, 'fleet-views.json'), /"search":"rating:<BBB"/);

  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Score', exact: true }).click();
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
  // The store may have read a fleet before it had machines.
  const refresh = () => page.getByRole('main').getByRole('button', { name: 'Refresh' }).first().click();
  await refresh();
  await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent.trim() === '3');
  await page.getByRole('radio', { name: 'All wallets' }).check();
  await refresh();
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

test('what a fleet earned and did, day by day, beside the days before', async (context) => {
  const operator = await operatorOf(6);
  const cwd = scratch(context);
  const activated = await run('peaqos', activate, { env: operator.env, cwd });
  assert.equal(activated.code, 0, activated.stderr);
  const today = Math.floor(Date.now() / 1000);
  for (const [ago, value] of [
    [1, '25000'],
    [3, '84250'],
    [40, '50000'],
  ]) {
    const words = revenue(machineIdOf(activated)).map((word) =>
      word === '1776945600' ? String(today - ago * 86_400) : word === '125' ? value : word,
    );
    const submitted = await run('peaqos', words, { env: operator.env, cwd });
    assert.equal(submitted.code, 0, submitted.stderr);
  }
  const { page } = await enterAs(browser, address, operator);
  await enterRoom(page, 'fleet');
  await page.getByText('Revenue and events per day').click();
  const figure = page.locator('pq-fleet-revenue figure');
  await figure.getByText('USD 1,092.50').first().waitFor();
  await figure.getByText('+119 % to the 30 days before').waitFor();
  await figure.locator('canvas').nth(1).waitFor();
  await figure.getByRole('img').focus();
  await page.keyboard.press('ArrowLeft');
  await figure.getByText(/USD 250\.00\s+·\s+1 event/).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'fleet-revenue');
  await figure.getByRole('radio', { name: '90 d' }).check();
  await figure.getByText('USD 1,592.50').first().waitFor();
  await enterRoom(page, 'settings');
  await enterRoom(page, 'fleet');
  await figure.waitFor();
});

test('machines whose places have coordinates are on a map', async () => {
  const { page } = await enterAs(browser, address, await operatorOf(5));
  await enterRoom(page, 'fleet');
  await page.locator('pq-table tbody tr').first().waitFor();
  assert.equal(await picture(page, 'Map').count(), 0);
  const dids = await page
    .locator('pq-table code[title^="did:peaq"]')
    .evaluateAll((all) => all.map(({ title }) => title.toLowerCase()));
  const places = ['Yard 7, Oslo (59.91, 10.75)', 'Yard 7, Oslo (59.91, 10.75)', 'Bergen (60.39, 5.32)', 'Hall 3'];
  const labels = Object.fromEntries(places.map((place, at) => [dids[at], { place }]));
  await writeVaultFile(page, 'machines.json', JSON.stringify(labels));
  await picture(page, 'Map').check();
  await page.getByText('2 machines are not on the map', { exact: false }).waitFor();
  await page.getByRole('button', { name: /^Yard 7, Oslo: 2 machines/ }).click();
  assert.equal(await page.getByRole('region', { name: 'Yard 7, Oslo' }).getByRole('link').count(), 2);
  await assertAccessible(page);
  await keepPictures(page, 'fleet-map');
});
