// A file of events by clicks in a real browser: mapped, checked, approved once, recorded; and dropped again.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet, keepPictures, serveConsole } from '../support/console.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom } from '../support/rooms.mjs';
import { eventCount, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const choose = (page, name, lines) =>
  page
    .getByLabel('A file of events')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });

test('a sheet of events: columns mapped, checked, approved once, recorded, and sent again without a copy', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'events');
  await page.getByText('Many events from a file').click();
  const rows = Array.from({ length: 40 }, (_, i) => `${operator.id},revenue,${100 + i},2026-04-23T12:00:00Z,USD`);
  await choose(page, 'june.csv', [
    'Machine,Kind,Sum,When,Currency',
    ...rows,
    `${operator.id},revenue,x,2026-04-23T12:00:00Z,USD`,
  ]);
  const sum = page.getByLabel('Value, in the smallest unit');
  assert.equal(await sum.getAttribute('aria-invalid'), 'true');
  await assertAccessible(page);
  await sum.selectOption('Sum');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByText('40 events of 1 machine, USD 47.80').waitFor();
  await page.getByText('1 invalid line: left out.').waitFor();
  const verdicts = page.getByLabel('What became of the lines');
  await verdicts.getByText('Invalid', { exact: true }).waitFor();
  await keepPictures(page, 'events-file-checked');
  await assertAccessible(page);

  await page.getByRole('button', { name: 'Submit 40 events' }).click();
  const sheet = page.getByRole('dialog', { name: 'Submit these events?' });
  await sheet.getByText('USD 47.80').waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'events-file-signing');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Submit 40 events' }).click();
  await sheet.getByRole('button', { name: 'Sign and submit all' }).click();
  await page.getByText('40 events recorded on the chain').waitFor();
  assert.equal(await eventCount(world, operator.id), 40);
  const sent = await transactionCount(world, operator.address);
  assert.ok(sent < 3 + 40, 'in groups');
  await page.getByText('of a file').first().waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'events-file-sent');

  await page.getByRole('button', { name: 'Another file' }).click();
  await choose(page, 'july.csv', [
    'machine_id,type,value,ts,currency',
    ...rows,
    `${operator.id},revenue,1,2026-04-23T12:00:00Z,USD`,
  ]);
  await page.getByRole('button', { name: 'Submit 41 events' }).click();
  await sheet.getByText('1, and 40 that are on the chain already').waitFor();
  await sheet.getByRole('button', { name: 'Sign and submit all' }).click();
  await page.getByText('1 event recorded on the chain, 40 were there already').waitFor();
  assert.equal(await eventCount(world, operator.id), 41);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Results as CSV' }).click();
  const text = await (await saved).createReadStream().then(async (stream) => (await stream.toArray()).join(''));
  assert.equal(text.trim().split('\r\n').length, 1 + 41);
  assert.match(text, /^line,id,status,tx_hash,block,index,reason\r\n2,,confirmed,0x[0-9a-f]{64},\d+,\d+,\r\n/);
  await assertQuiet(view);
});
