// The fleet in a real browser: figures, filters, columns, selection and export, ten thousand rows, hostile names.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet as assertWhollyQuiet, keepPictures, serveConsole } from '../support/console.mjs';
import { newOperator, revenue, startWorld } from '../support/world.mjs';
import { run } from '../support/commands.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { enterAs, enterRoom, visit } from '../support/rooms.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

// An operator with one machine that has earned something.
async function earningOperator(context) {
  const operator = await operatorWithMachine(world, context);
  const { id, cwd } = operator;
  for (const ts of ['1776945600', '1779000000', '1781000000']) {
    const words = revenue(id).map((word) => (word === '1776945600' ? ts : word === '125' ? '84250' : word));
    const submitted = await run('peaqos', words, { env: operator.env, cwd });
    assert.equal(submitted.code, 0, submitted.stderr);
  }
  return operator;
}

// Whether an operator is a machine itself only the rating service knows: that it knows none is no trouble.
const assertQuiet = (view) =>
  assertWhollyQuiet({ ...view, problems: view.problems.filter((text) => !/status of 404/.test(text)) });

const rowsShown = (page) => page.locator('pq-table tbody tr:not(.gap)').count();
const figures = async (page) =>
  Object.fromEntries(
    await page
      .locator('.figure')
      .evaluateAll((all) =>
        all.map((one) => [one.querySelector('dt').textContent, one.querySelector('dd').textContent.trim()]),
      ),
  );

test('without machines the fleet says what to do', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.getByText('No machines yet').waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'fleet-empty');
  await assertQuiet(view);
});

test('a fleet with its figures; a machine opens beside it, by keyboard as well', async (context) => {
  const operator = await earningOperator(context);
  world.control.addFleet(operator.address, 240);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.getByText('of 1 known').waitFor();
  const { Machines, Bonded } = await figures(page);
  assert.equal(Machines, '241');
  assert.match(Bonded, /^1\s+of 1 known$/);
  await assertAccessible(page);
  await keepPictures(page, 'fleet');

  await page.locator('pq-table tbody tr[data-index="0"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Machine ${operator.id}` }).waitFor();
  await page.getByText('USD 2,527.50').first().waitFor();
  await page.getByRole('img', { name: /^Revenue a day and score over 365 days/ }).waitFor();
  await page.getByText(data).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'machine');
  await page.getByRole('button', { name: 'Close machine' }).click();
  await page.waitForSelector('pq-machine', { state: 'detached' });
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill(`machine ${operator.id}`);
  await page.getByRole('option', { name: new RegExp(`^Machine ${operator.id} ·`) }).click();
  await page.waitForSelector('pq-machine');
});
const data = 'https://example.com/events';

test('search, filters as chips, order, columns remembered, selection, export', async () => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 60);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.waitForSelector('pq-table tbody tr');

  await page.getByRole('button', { name: /\bBBB$/ }).click();
  await page.getByText(/^\d+ of 60$/).waitFor();
  const ofRating = await page.locator('pq-table .rating').allTextContents();
  assert.deepEqual([...new Set(ofRating)], ['BBB']);
  await page.getByRole('button', { name: 'Remove BBB' }).click();
  await page.waitForFunction(() => !location.hash.includes('BBB'));

  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  const scores = (await page.locator('pq-table tbody tr:not(.gap) td:nth-child(5)').allTextContents()).map(Number);
  assert.deepEqual(
    scores,
    [...scores].sort((a, b) => b - a),
  );
  assert.equal(await page.locator('th[aria-sort="descending"]').count(), 1);

  await page.getByText('Columns').click();
  await page.getByLabel('DID', { exact: true }).uncheck();
  await keepPictures(page, 'fleet-columns');
  await page.getByText('Columns').click();
  assert.equal(await page.getByRole('columnheader', { name: 'DID' }).count(), 0);

  const [all] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON' }).click()]);
  assert.equal(JSON.parse(readFileSync(await all.path(), 'utf8')).length, 60);

  const checks = page.locator('pq-table tbody input[type=checkbox]');
  await checks.nth(0).check();
  await checks.nth(2).check();
  await page.getByText('2 selected').waitFor();
  await keepPictures(page, 'fleet-selection');
  const [some] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  const lines = readFileSync(await some.path(), 'utf8')
    .trim()
    .split('\r\n');
  assert.equal(lines[0], 'machine_id,did,mcr,mcr_score,negative_flag,name,bond_status,event_count,last_updated');
  assert.equal(lines.length, 3);

  await page.getByRole('searchbox').fill(lines[1].split(',')[1].toLowerCase());
  await page.getByText('1 of 60').count();
  await page.waitForFunction(() => document.querySelectorAll('pq-table tbody tr:not(.gap)').length === 1);
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByText('No machine matches').waitFor();
  await keepPictures(page, 'fleet-no-match');
});

test('ten thousand machines: only rows in view are in the page', async () => {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 10_000);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.locator('.figure', { hasText: 'Machines' }).getByText('10,000', { exact: true }).waitFor();
  await page.locator('pq-table tbody tr[data-index="0"]').waitFor();
  assert.ok((await rowsShown(page)) < 80);
  // Rows that come meanwhile may move the end: it is asked for until it is there.
  const toEnd = () => {
    const box = document.querySelector('.table-scroll');
    box.scrollTop = box.scrollHeight;
    return Boolean(document.querySelector('pq-table tbody tr[data-index="9999"]'));
  };
  await page.waitForFunction(toEnd, undefined, { polling: 250 });
  assert.ok((await rowsShown(page)) < 80);
  await keepPictures(page, 'fleet-large');
  await page.getByRole('searchbox').fill('1009');
  await page.locator('.tools [role=status]', { hasText: /^\s*[\d,]+ of 10,000\s*$/ }).waitFor();
});

test('somebody without a wallet looks at a fleet by its DID, on a phone', async (context) => {
  const operator = await earningOperator(context);
  const { PEAQOS_PRIVATE_KEY: _, ...settings } = world.env();
  const view = await visit(browser, address, settings, { options: { viewport: { width: 360, height: 740 } } });
  const { page } = view;
  await enterRoom(page, 'fleet');
  await page.getByText('no key is needed for that', { exact: false }).waitFor();
  await keepPictures(page, 'fleet-visitor');
  await page.getByRole('textbox', { name: 'Operator' }).fill('did:peaq:0x12');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('A DID is did:peaq:0x and 40 hexadecimal digits').waitFor();
  await page.getByRole('textbox', { name: 'Operator' }).fill(operator.did);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.locator('.figure', { hasText: 'Bonded' }).getByText('1', { exact: true }).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'fleet-visited');
  await page.locator('pq-table tbody tr').first().click();
  await page.getByText('Bonded, 1 PEAQ').waitFor();
  await keepPictures(page, 'machine-visited');
  await assertQuiet(view);
});

test('HTML in names and answers of the API is text', async (context) => {
  const operator = await earningOperator(context);
  const hostile = '<img src=x onerror="window.struck=1"><script>window.struck=1</script>';
  const view = await enterAs(browser, address, operator);
  const { page, context: own } = view;
  await own.route(/\/(machine|mcr)\/did/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    if (body.name) body.name = hostile;
    if (body.peaqos) Object.assign(body.peaqos, { documentation_url: 'javascript:window.struck=1', data_api: hostile });
    await route.fulfill({ response: answer, json: body });
  });
  await enterRoom(page, `fleet/${operator.did}`);
  await page.getByRole('heading', { name: hostile }).waitFor();
  await page.locator('.machine-name', { hasText: hostile }).waitFor();
  await page.getByText('javascript:window.struck=1').waitFor();
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  assert.equal(await page.locator('pq-room-fleet img').count(), 0);
  assert.equal(await page.evaluate(() => window.struck), undefined);
  await keepPictures(page, 'machine-hostile');
  await assertQuiet(view);
});
