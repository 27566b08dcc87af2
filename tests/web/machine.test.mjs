// A machine's own page in a real browser: its chart with a crosshair, and the name, place and tags that its user gives it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run } from '../support/commands.mjs';
import { assertAccessible, assertQuiet, keepPictures, passphrase, serveConsole } from '../support/console.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom } from '../support/rooms.mjs';
import { revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();
const day = 86_400;

async function earningOperator(context) {
  const operator = await operatorWithMachine(world, context);
  const { id, env, cwd } = operator;
  const options = { env, cwd };
  const now = Math.floor(Date.now() / 1000);
  for (const [ago, cents] of [
    [3, 84_250],
    [2, 12_000],
    [1, 50_000],
  ]) {
    const given = { 1776945600: String(now - ago * day), 125: String(cents) };
    const submitted = await run(
      'peaqos',
      revenue(id).map((word) => given[word] ?? word),
      options,
    );
    assert.equal(submitted.code, 0, submitted.stderr);
  }
  return operator;
}

test('a machine has a page: its revenue and score over time, read by pointer and keyboard', async (context) => {
  const operator = await earningOperator(context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, `fleet/${operator.did}`);
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await page.waitForSelector('pq-room-machine');
  await page.waitForSelector('pq-machine[wide] canvas');
  const chart = page.getByRole('img', { name: /^Revenue a day and score over 30 days, USD 1,462\.50 in all/ });
  const readout = page.locator('.machine-chart [role=status]');
  assert.match(await readout.textContent(), /USD 1,462\.50\s+in 30\s+days/);
  await assertAccessible(page);
  await keepPictures(page, 'machine-page');

  await chart.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() =>
    /USD 500\.00 · 1\s+event/.test(document.querySelector('.machine-chart [role=status]')?.textContent),
  );
  await page.getByLabel('90 d').check();
  await page.getByRole('img', { name: /over 90 days/ }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForSelector('pq-machine[wide] canvas');
  await assertQuiet(view);
});

test('a name, a place and tags are kept in the vault and used for the machine', async (context) => {
  const operator = await earningOperator(context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, `machine/${operator.did}`);
  await page.getByRole('button', { name: 'Edit name, place and tags' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Charger north');
  await page.getByLabel('Place').fill('Yard 7, Oslo');
  await page.getByLabel('Tags').fill('North, fast charger');
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Charger north' }).waitFor();
  await page.getByText('fast-charger').waitFor();
  await keepPictures(page, 'machine-label');

  await page.keyboard.press('e');
  await page.getByLabel('Amount').fill('12.50');
  await page.getByRole('button', { name: 'Submit event' }).last().click();
  const sheet = page.getByRole('dialog', { name: 'Sign this transaction?' });
  await sheet.getByText('Record USD 12.50 revenue for Charger north').waitFor();
  await keepPictures(page, 'machine-signing');
  await sheet.getByRole('button', { name: 'Sign and record' }).click();
  await page.getByText('Recorded on the chain.').waitFor();

  // A second click a moment later is asked about, and No is where the keyboard is.
  await page.getByLabel('Amount').fill('12.50');
  await page.getByRole('button', { name: 'Submit event' }).last().click();
  const again = page.getByRole('dialog', { name: 'Record it again?' });
  await again
    .getByText(/^You recorded USD 12\.50 for .* ago \(0x[0-9a-f]{4}…\)\. Recording it again counts it twice\.$/)
    .waitFor();
  await keepPictures(page, 'event-again');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.equal(await page.getByRole('dialog').count(), 0);

  await page.keyboard.press('Control+Shift+L');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'Charger north' }).waitFor();
  await assertQuiet(view);
});
