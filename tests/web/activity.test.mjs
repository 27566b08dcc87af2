// Work that goes on when its page is left, large profiles, other wallets, several tabs.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  openConsole,
  passphrase,
  serveConsole,
} from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom, writeVaultFile } from '../support/rooms.mjs';
import { newOperator, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const tray = (page) => page.getByRole('region', { name: 'Activity', exact: true });
const openTray = (page) => page.getByRole('button', { name: /^Activity/ }).click();

async function submitEvent(page, id) {
  await enterRoom(page, 'events');
  await page.getByLabel('Machine', { exact: true }).fill(id);
  await page.getByLabel('Amount').fill('9.90');
  await page.getByLabel('When').fill('2026-04-23T12:00:00');
  await page.getByRole('button', { name: 'Submit event' }).click();
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await page.getByText('Sent, waiting for', { exact: false }).first().waitFor();
}

async function unlock(page) {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.waitForSelector('pq-frame');
}

test('leaving while an event is pending loses nothing: the bar and the tray have it, and tell its end', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await world.rpc('evm_setAutomine', [false]);
  context.after(() => world.rpc('evm_setAutomine', [true]));
  await submitEvent(page, operator.id);
  await enterRoom(page, 'fleet');
  await page.getByRole('button', { name: 'Activity 1 in progress' }).waitFor();
  await openTray(page);
  await tray(page).getByText(`Event, machine ${operator.id}`).waitFor();
  await tray(page)
    .getByText(/Sent, waiting for a block, \d+ s/)
    .waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'tray-pending');
  await page.keyboard.press('Escape');
  await enterRoom(page, 'events');
  await page.getByRole('list', { name: 'In progress' }).getByText(`Machine ${operator.id}`).waitFor();
  await world.rpc('evm_mine', []);
  await world.rpc('evm_setAutomine', [true]);
  await page.locator('pq-table').getByText('Confirmed').waitFor();
  await openTray(page);
  await tray(page).getByText('Event recorded').waitFor();
  await tray(page).getByText('USD 9.90', { exact: false }).waitFor();
  await keepPictures(page, 'tray-recorded');
  assert.equal(await transactionCount(world, operator.address), 4);
  await assertQuiet(view);
});

test('a lock while an event is pending: after the unlock it settles by itself, and is told', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const { page } = await enterAs(browser, address, operator);
  await world.rpc('evm_setAutomine', [false]);
  context.after(() => world.rpc('evm_setAutomine', [true]));
  await submitEvent(page, operator.id);
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await unlock(page);
  await page.getByRole('button', { name: /1 in progress/ }).waitFor();
  await enterRoom(page, 'events');
  await page.locator('pq-table').getByText('Pending').waitFor();
  await world.rpc('evm_mine', []);
  await world.rpc('evm_setAutomine', [true]);
  await page.locator('pq-table').getByText('Confirmed').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.title.startsWith('(1) Events'));
  await openTray(page);
  await tray(page).getByText('Event recorded').waitFor();
  assert.equal(await transactionCount(world, operator.address), 4);
});

test('another wallet shows its own fleet and balance, and nothing of the first one', async (context) => {
  const [first, second] = [await operatorWithMachine(world, context), await operatorWithMachine(world, context)];
  const { page } = await enterAs(browser, address, first);
  await enterRoom(page, 'fleet');
  await page.locator('pq-table').getByText(`Machine ${first.id}`).waitFor();
  await writeVaultFile(page, '.env', envText(second.env));
  await page.locator('pq-table').getByText(`Machine ${second.id}`).waitFor();
  assert.equal(await page.locator('pq-table').getByText(`Machine ${first.id}`, { exact: true }).count(), 0);
});

test('a machine with a hundred thousand events: its rating first, then fifty events and sums', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  const count = 100_000;
  const now = Math.floor(Date.now() / 1000);
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  let whole = 0; // profiles that were read
  await view.context.route(/\/mcr\/did/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, mcr: 'AA', event_count: count, last_updated: now } });
  });
  await view.context.route(/\/machine\/did/, async (route) => {
    whole++;
    await held;
    const answer = await route.fetch();
    const body = await answer.json();
    const event = (at) => ({
      event_type: 0,
      origin_value: 125,
      timestamp: now - at * 60,
      trust_level: 0,
      metadata: {},
      origin_currency: 'USD',
      usd_value: 125,
      origin_subunit: 100,
      usd_subunit: 100,
      amount_status: 'ok',
    });
    body.peaqos.event_data = Array.from({ length: count }, (_, at) => event(at));
    body.peaqos.event_count = count;
    await route.fulfill({ response: answer, json: body });
  });
  await enterRoom(page, 'fleet');
  await page.locator('pq-table .rating', { hasText: 'AA' }).waitFor();
  await page.locator('pq-table').getByText('Bonded', { exact: true }).waitFor();
  assert.equal(whole, 0, 'rows in view read nothing whole');
  await page.locator('pq-table tbody tr').first().click();
  await page.locator('.verdict .letter', { hasText: 'AA' }).waitFor();
  assert.equal(await page.locator('.event-list li').count(), 0);
  letGo();
  await page.locator('.event-list li').first().waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('.event-list li').count(), 50);
  await page.getByText('100,000', { exact: true }).waitFor();
  await keepPictures(page, 'machine-large');
  await page.getByText('1 to 50 of 100,000').waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByText('51 to 100 of 100,000').waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('.event-list li').count(), 50);
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByText('101 to 150 of 100,000').waitFor();
  await page.getByRole('button', { name: 'Close machine' }).click();
  await page.locator('pq-table tbody tr').first().click();
  await page.locator('.event-list li').first().waitFor();
  assert.equal(whole, 2, 'it is kept while its rating says that nothing was added');
});

test('two tabs: one reads and both show; when it goes, the other takes over', async () => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 5);
  const first = await enterAs(browser, address, operator);
  const readers = [];
  first.context.on('request', (request) => {
    if (/\/operator\/.*machines/.test(request.url())) readers.push(request.url());
  });
  await enterRoom(first.page, 'fleet');
  await first.page.locator('pq-table tbody tr').first().waitFor();
  const second = await openConsole(browser, address, { context: first.context });
  await unlock(second.page);
  await enterRoom(second.page, 'fleet');
  await second.page.locator('pq-table tbody tr').first().waitFor();
  assert.equal(readers.length, 1, 'the second tab was told, and did not ask');

  // What one tab asks for, the other one sees.
  world.control.addFleet(operator.address, 1);
  await second.page.getByRole('button', { name: 'Refresh' }).click();
  for (const { page } of [first, second])
    await page.waitForFunction(() => document.querySelector('.figure dd')?.textContent === '6');
  assert.equal(readers.length, 2);

  world.control.addFleet(operator.address, 1);
  await first.page.close();
  await second.page.getByRole('button', { name: 'Refresh' }).click();
  await second.page.waitForFunction(() => document.querySelector('.figure dd')?.textContent === '7');
  await assertQuiet(second);
});

test('a wallet that was made in one tab is there in the other', async () => {
  const operator = await newOperator(world);
  const first = await enterAs(browser, address, operator);
  const second = await openConsole(browser, address, { context: first.context });
  await unlock(second.page);
  await enterRoom(second.page, 'wallets');
  await enterRoom(first.page, 'wallets/create');
  await first.page.getByLabel('Name', { exact: true }).fill('charger-1');
  await first.page.getByRole('button', { name: 'Create', exact: true }).click();
  await second.page.getByRole('heading', { name: 'charger-1' }).waitFor();
});

test('watch rules are edited in the tray and kept in the vault', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await openTray(page);
  await page.getByText('Watch rules').click();
  await page.getByLabel('A machine is quiet after').selectOption({ label: '6 hours' });
  await page.getByLabel('Tell me when the wallet holds less than (PEAQ)').fill('half');
  await page.keyboard.press('Tab');
  await page.getByText('Enter an amount of PEAQ such as 0.5').waitFor();
  await page.getByLabel('Tell me when the wallet holds less than (PEAQ)').fill('250');
  await page.keyboard.press('Tab');
  await assertAccessible(page);
  await keepPictures(page, 'watch-rules');
  await tray(page).getByText('Low balance: 100 PEAQ').waitFor({ timeout: 30_000 });
  await page.waitForTimeout(2500); // until it is kept
  await page.reload();
  await unlock(page);
  await openTray(page);
  await page.getByText('Watch rules').click();
  await page.waitForFunction(() => document.querySelector('#watch-balance')?.value === '250');
  assert.equal(await page.getByLabel('A machine is quiet after').inputValue(), '6');
  await tray(page).getByText('Low balance: 100 PEAQ').waitFor();
  await assertQuiet(view);
});
