// A file of machines by clicks in a real browser: mapped, checked, approved once, active; and dropped again.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet, keepPictures, serveConsole } from '../support/console.mjs';
import { enterAs, enterRoom } from '../support/rooms.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const docs = 'https://example.com/docs';
const data = 'https://example.com/events';

const choose = (page, lines) =>
  page.getByLabel('A file of machines').setInputFiles({
    name: 'yard.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n')),
  });

// An operator whose phrase has the keys of its machines too, with its own machine active.
async function enterAsOperator() {
  const view = await enterAs(browser, address, { env: world.env() });
  const { page } = view;
  await enterRoom(page, 'wallets/create');
  await page.getByLabel('Name', { exact: true }).fill('yard');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Active wallet').waitFor();
  const own = await page.evaluate(() => document.querySelector('pq-wallet-card pq-value code').title);
  await world.rpc('anvil_setBalance', [own, `0x${(10n ** 21n).toString(16)}`]);
  await enterRoom(page, 'activate');
  await page.getByLabel('Documentation URL').fill(docs);
  await page.getByLabel('Data API URL').fill(data);
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByRole('button', { name: 'Sign and continue' }).click();
  await page.getByText('The machine is active.').waitFor();
  return { ...view, own };
}

test('a sheet of machines: checked, approved once, active with their names, and activated again by nobody', async () => {
  const view = await enterAsOperator();
  const { page, own } = view;
  const sent = await transactionCount(world, own);
  await page.getByText('Many machines from a file').click();
  await assertAccessible(page);
  const lines = [1, 2, 3].map((index) => `${docs},${data},yard,${index},Charger ${index},Yard 7`);
  await choose(page, [
    'Docs,Data API,Wallet,Account,Name,Place',
    ...lines,
    `${docs},${data},nobody,1,Ghost,`,
    `${docs},${data},yard,2,Twin,`,
  ]);
  await page.getByText(/^3 machines to activate: bonds 3 PEAQ, to the machines 0\.3 PEAQ/).waitFor();
  await page.getByText('1 invalid line, 1 repeated line: left out.').waitFor();
  assert.equal(await transactionCount(world, own), sent, 'a check sends nothing');
  await assertAccessible(page);
  await keepPictures(page, 'activate-file-checked');

  await page.getByRole('button', { name: 'Activate 3 machines' }).click();
  const sheet = page.getByRole('dialog', { name: 'Activate these machines?' });
  await sheet.getByText('Activate 3 machines', { exact: true }).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'activate-file-signing');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Activate 3 machines' }).click();
  await sheet.getByRole('button', { name: 'Sign and activate all' }).click();
  await page
    .getByText('3 machines activated. 0 refused, 1 invalid, 1 duplicates, 0 pending.', { exact: false })
    .waitFor();
  await page.getByRole('link', { name: 'Charger 2' }).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'activate-file-done');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Results as CSV' }).click();
  const text = await (await saved).createReadStream().then(async (stream) => (await stream.toArray()).join(''));
  assert.equal(text.trim().split('\r\n').length, 1 + 5);
  assert.match(text, /^line,status,machine,machine_id,token_id,machine_did,tx_hash,reason\r\n/);

  const done = await transactionCount(world, own);
  await page.getByRole('button', { name: 'Another file' }).click();
  await choose(page, ['doc_url,data_api,wallet,index', `${docs},${data},yard,1`]);
  await page.getByText('Nothing to activate. 1 machine active already.').waitFor();
  assert.equal(await transactionCount(world, own), done);
  await enterRoom(page, 'fleet');
  await page.locator('pq-table').getByText('Charger 3').waitFor();
  await assertQuiet(view);
});
