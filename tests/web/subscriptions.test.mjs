// Machines with a subscription by clicks in a real browser: activated with one transaction, watched, suspended, renewed.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet as assertWhollyQuiet, keepPictures, serveConsole } from '../support/console.mjs';
import { newMachine2, newOperator2, operatorWithMachine2, periodEnd, read2 } from '../support/machines2.mjs';
import { enterAs, enterRoom } from '../support/rooms.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld({ generations: [2] });
const control = world.control.generation2;
const browser = await startBrowser();
const address = await serveConsole();

const day = 86_400;
const states = (page) => page.locator('.steps > li').evaluateAll((steps) => steps.map((step) => step.dataset.state));

// Whether an operator is a machine itself only the rating service knows: that it knows none is no trouble.
const assertQuiet = (view) =>
  assertWhollyQuiet({ ...view, problems: view.problems.filter((text) => !/status of 404/.test(text)) });

async function enter(operator, path) {
  const view = await enterAs(browser, address, operator);
  await enterRoom(view.page, path);
  return view;
}

test('the form asks what these contracts want; one approval, and the machine is active', async () => {
  const operator = await newOperator2(world);
  const view = await enter(operator, 'activate');
  const { page } = view;
  const type = page.getByLabel('Machine type');
  await type.waitFor();
  assert.equal(await page.getByLabel('Subscription', { exact: true }).locator('option').count(), 3);
  const [entry] = await page.getByLabel('Subscription', { exact: true }).locator('option').allTextContents();
  assert.match(entry, /^\s*Entry, [\d.,]+ PEAQ\s*$/);
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByText('Enter what kind of machine it is, such as Sensor').waitFor();
  assert.equal(await type.getAttribute('aria-invalid'), 'true');
  await type.fill('Sensor');
  await page.getByLabel('Documentation URL').fill('https://example.com/docs');
  await page.getByLabel('Name', { exact: true }).fill('Gate north');
  await page.getByText('Signs, owns, pays and controls').waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'activate2-form');

  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Activate this machine?' });
  await sheet.getByText(/Activate a Sensor with the entry subscription for [\d.,]+ PEAQ/).waitFor();
  await sheet.getByText('Signs, owns, pays and controls').waitFor();
  assert.equal(await transactionCount(world, operator.address), 0, 'nothing is signed before it is approved');
  await assertAccessible(page);
  await keepPictures(page, 'activate2-signing');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The activation was not confirmed, and nothing was sent.').waitFor();
  assert.equal(await transactionCount(world, operator.address), 0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await sheet.getByRole('button', { name: 'Sign and activate' }).click();
  await page.getByText('The machine is active.').waitFor();
  assert.deepEqual(await states(page), ['done', 'skipped', 'skipped', 'done', 'done']);
  assert.equal(await transactionCount(world, operator.address), 2, 'the bond is allowed, and taken');
  await assertAccessible(page);
  await keepPictures(page, 'activate2-done');

  await page.getByRole('link', { name: 'Open the machine' }).click();
  await page.getByRole('heading', { name: 'Gate north' }).waitFor();
  await page.locator('pq-machine-subscription').getByText('Active', { exact: true }).waitFor();
  await page.getByText(/^36\d days left$/).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'machine2');
  await assertQuiet(view);
});

test('a machine of a decimal DID: it takes an event, is suspended and resumed', async () => {
  const operator = await operatorWithMachine2(world);
  const view = await enter(operator, `machine/did:peaq:${operator.id}`);
  const { page } = view;
  await page.getByRole('button', { name: 'Submit event' }).click();
  await page.getByLabel('Amount', { exact: true }).fill('12.50');
  await page.locator('pq-event-form').getByRole('button', { name: 'Submit event' }).click();
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await page.getByText('Recorded on the chain.').waitFor();
  assert.equal(await read2(world, 'EventRegistry2', 'getEventCount', BigInt(operator.id)), 1n);

  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign this transaction?' });
  await sheet.getByText(/^Suspend /).waitFor();
  await sheet.getByText('peaqOS machine state').waitFor();
  await sheet.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('Suspended', { exact: true }).waitFor();
  assert.ok(await read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(operator.id)));
  await assertAccessible(page);
  await keepPictures(page, 'machine2-suspended');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await sheet.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  assert.ok(!(await read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(operator.id))));
  await assertQuiet(view);
});

test('a fleet with days left; those that end soon are renewed together with one approval', async () => {
  const operator = await newOperator2(world);
  const far = await newMachine2(world, operator.address);
  await control.setDurations({ period: 20 * day });
  const soon = [await newMachine2(world, operator.address), await newMachine2(world, operator.address)];
  const before = await Promise.all(soon.map((id) => periodEnd(world, id)));
  const sent = await transactionCount(world, operator.address);
  const view = await enter(operator, 'fleet');
  const { page } = view;
  const table = page.getByRole('table', { name: 'Machines' });
  await table.getByText('Ends soon').nth(1).waitFor();
  await table.getByText('19', { exact: true }).first().waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'fleet2');
  await page.getByRole('button', { name: 'Days left' }).click();
  const days = () => table.locator('tbody tr:not(.gap) td.number').allTextContents();
  const sorted = (await days()).map(Number).filter((number) => number < 400);
  assert.ok(sorted.length > 0);

  await control.setGeneralPause(true, BigInt(far));
  await page.getByRole('searchbox').fill('days:<30');
  await page.getByText('2 of 3').waitFor();
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Renew 2' }).click();
  const sheet = page.getByRole('dialog', { name: 'Renew subscriptions' });
  await sheet.getByText(/^Renew 2 machines for [\d.,]+ PEAQ$/).waitFor();
  assert.equal(await transactionCount(world, operator.address), sent);
  await assertAccessible(page);
  await keepPictures(page, 'renewal-plan');
  await sheet.getByRole('button', { name: 'Sign and renew all' }).click();
  await sheet.getByText('2 machines renewed.').waitFor();
  assert.equal(await transactionCount(world, operator.address), sent + 3, 'the sum is allowed, and each is paid');
  for (const [at, id] of soon.entries()) assert.equal(await periodEnd(world, id), before[at] + 20 * day);
  await assertAccessible(page);
  await keepPictures(page, 'renewal-done');
  await sheet.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('searchbox').fill('');
  await table.getByText('39', { exact: true }).first().waitFor();
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Refresh', exact: true }).last().click();
  await table.getByText('Paused', { exact: true }).waitFor();
  assert.equal(await table.getByText('Ends soon').count(), 0);
  await control.setDurations({ period: 365 * day });
  await assertQuiet(view);
});
