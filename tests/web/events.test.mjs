// Events by clicks in a real browser: submitted, approved, journalled, looked up after a reload; and the rating moves.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keccak256 } from 'viem';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet, keepPictures, passphrase, serveConsole } from '../support/console.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom, vaultFile } from '../support/rooms.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

// Long before the latest block, however slow the machine is.
const setTime = (page) => page.getByLabel('When').fill('2026-04-23T12:00:00');
const submit = (page) => page.getByRole('button', { name: 'Submit event' }).click();
const sign = (page) => page.getByRole('button', { name: 'Sign and record' }).click();

test('an event with its raw data: echoed, approved, recorded, journalled', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'events');
  await page.getByText('Nothing submitted from here yet').waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'events-empty');

  await page.getByLabel('Machine', { exact: true }).fill(operator.id);
  await page.getByLabel('Amount').fill('1.23');
  await setTime(page);
  await page.getByText('= USD 1.23, recorded as 123').waitFor();
  await page.getByLabel('Enter it in the currency’s smallest unit').check();
  await page.getByLabel('Amount').fill('123');
  await page.getByText('= USD 1.23', { exact: true }).waitFor();
  await page.getByLabel('Currency', { exact: true }).fill('jpy');
  await page.getByText('= JPY 123', { exact: true }).waitFor();
  await page.getByText('Evidence and attachments').click();
  const raw = Buffer.from('{"kwh": 12}');
  await page.getByLabel('Raw data').setInputFiles({ name: 'session.json', mimeType: 'application/json', buffer: raw });
  await page.getByText('session.json, 11 bytes').waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'events-form');
  await submit(page);

  const sheet = page.getByRole('dialog', { name: 'Sign this transaction?' });
  await sheet.getByText(`Record JPY 123 revenue for Machine ${operator.id}`).waitFor();
  await sheet.getByText('peaqOS event registry').waitFor();
  assert.equal(await sheet.getByText(/^submitEvent\(/).isVisible(), false, 'the raw call is behind Details');
  await sheet
    .locator(`[title="${keccak256(raw)}"]`)
    .first()
    .waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'events-signing');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Nothing was sent.').waitFor();
  assert.equal(await transactionCount(world, operator.address), 3);

  await page.getByRole('button', { name: 'Try again' }).click();
  await sign(page);
  await page.getByText('Recorded on the chain.').waitFor();
  await page.locator('pq-table').getByText('Confirmed').waitFor();
  await page.locator('pq-table').getByText('JPY 123').waitFor();
  assert.equal(await transactionCount(world, operator.address), 4);
  await assertAccessible(page);
  await keepPictures(page, 'events-confirmed');
  await assertQuiet(view);
});

test('what is wrong with an event is said, and nothing is sent', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'events');
  await page.getByLabel('Machine', { exact: true }).fill(operator.id);
  await page.getByLabel('Amount').fill('12,5');
  await submit(page);
  await page.getByText('Not an amount. Enter digits with a decimal point, such as 12.50').waitFor();
  const amount = page.getByLabel('Amount');
  assert.equal(await amount.getAttribute('aria-invalid'), 'true');
  assert.ok(await amount.evaluate((element) => element === document.activeElement), 'the keyboard is at the field');
  await assertAccessible(page);
  await keepPictures(page, 'events-wrong');
  await assertQuiet(view);
});

test('a reload while an event is under way: the journal looks it up, and it is sent once', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'events');
  await page.getByLabel('Machine', { exact: true }).fill(operator.id);
  await page.getByLabel('Amount').fill('9.90');
  await setTime(page);
  await world.rpc('evm_setAutomine', [false]);
  context.after(() => world.rpc('evm_setAutomine', [true]));
  await submit(page);
  await sign(page);
  await page.getByText('Sent, waiting for its block').waitFor();
  await page.reload();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.locator('pq-table').getByText('Pending').waitFor();
  await keepPictures(page, 'events-pending');
  await page.getByRole('button', { name: 'Check 1 pending transaction' }).click();
  await world.rpc('evm_setAutomine', [true]);
  await world.rpc('evm_mine', []);
  // The store checks by itself as well, and may be first.
  await page.getByText(/^(1 confirmed|Nothing was pending)\.$/).waitFor();
  await page.locator('pq-table').getByText('Confirmed').waitFor();
  assert.equal(await transactionCount(world, operator.address), 4);
  const rows = (await vaultFile(page, 'peaqos.log')).trim().split('\n').map(JSON.parse);
  assert.deepEqual(
    rows.map(({ step, status }) => `${step} ${status}`),
    ['submit_event pending', 'submit_event confirmed'],
  );
  assert.equal(rows[1].value, 990);
  await assertQuiet(view);
});

test('a machine’s event moves its rating', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, `fleet/${operator.did}`);
  await page.locator('.verdict .letter', { hasText: 'Provisioned' }).waitFor();
  await submit(page);
  await page.getByLabel('Amount').fill('50,000');
  await page.getByLabel('When').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 19));
  await page.getByText('= USD 50,000.00, recorded as 5000000').waitFor();
  await keepPictures(page, 'machine-submit');
  await submit(page);
  await sign(page);
  await page.getByText(/↗ \d+ more/).waitFor();
  await page.locator('.verdict .letter', { hasText: 'BBB' }).waitFor();
  await page.getByText('USD 50,000.00', { exact: true }).first().waitFor();
  await page.locator('pq-table .rating', { hasText: 'BBB' }).waitFor();
  await page.locator('.event-list li code[title^="0x"]').waitFor(); // its transaction
  await page.getByText(/Fees of 1 sent from here: 0\.0\d+ PEAQ/).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'machine-moved');
  await assertQuiet(view);
});
