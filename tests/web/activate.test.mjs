// Activation by clicks in a real browser: self, proxy with money from the Gas Station behind a real authenticator, and
// a reload in its middle.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { privateKeyToAddress } from 'viem/accounts';
import { startBrowser } from '../support/browser.mjs';
import { assertAccessible, assertQuiet, keepPictures, passphrase, serveConsole } from '../support/console.mjs';
import { enterAs, enterRoom, vaultFile } from '../support/rooms.mjs';
import { pasteCode, scanCode } from '../support/two_factor.mjs';
import { newOperator, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const address = await serveConsole();

const docs = 'https://example.com/docs';
const data = 'https://example.com/events';

async function fillForm(page) {
  await page.getByLabel('Documentation URL').fill(docs);
  await page.getByLabel('Data API URL').fill(data);
}
const begin = (page) => page.getByRole('button', { name: 'Activate', exact: true }).click();
const approve = (page) => page.getByRole('button', { name: 'Sign and continue' }).click();
const states = (page) => page.locator('.steps > li').evaluateAll((steps) => steps.map((step) => step.dataset.state));
const activated = (page) => page.getByText('The machine is active.').waitFor();

test('a wallet activates its own machine, sees what it signs, and finds it in its fleet', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'activate');
  await page.getByText('at the current gas price', { exact: false }).waitFor();
  await page.getByText('1 PEAQ', { exact: true }).waitFor();
  await page.getByText('holds 100 PEAQ', { exact: true }).waitFor();
  await assertAccessible(page);
  await keepPictures(page, 'activate-form');
  await fillForm(page);
  await begin(page);

  const sheet = page.getByRole('dialog', { name: 'Sign this transaction?' });
  await sheet.getByText('Register this wallet as a machine with a bond of 1 PEAQ').waitFor();
  await sheet.getByText('peaqOS identity registry').waitFor();
  await sheet.getByText(/^This also approves “Mint its NFT” and “Write its DID”\. Together at most 1\.0/).waitFor();
  await sheet.getByText('1 PEAQ', { exact: true }).waitFor();
  await sheet.getByText(`chain ${world.chainId}`, { exact: true }).waitFor();
  assert.equal(await transactionCount(world, operator.address), 0, 'nothing is signed before it is approved');
  await assertAccessible(page);
  await keepPictures(page, 'signing');
  await approve(page);

  await activated(page);
  assert.deepEqual(await states(page), ['done', 'skipped', 'skipped', 'done', 'done', 'done']);
  assert.equal(await transactionCount(world, operator.address), 3);
  assert.equal(await page.locator('.steps pq-value').count(), 3, 'each transaction is shown');
  assert.equal(await page.locator('.steps').getByText(/^fee /).count(), 3);
  await assertAccessible(page);
  await keepPictures(page, 'activate-done');
  await page.getByRole('link', { name: 'Open the machine' }).click();
  await page.locator('.verdict .letter', { hasText: 'Provisioned' }).waitFor();
  await page.getByText('Bonded, 1 PEAQ').waitFor();
  await page.getByText(/Token \d+/).waitFor();
  await assertQuiet(view);
});

test('what is not approved is not signed', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'activate');
  await fillForm(page);
  await begin(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The transaction was not approved, and not sent.').waitFor();
  await page.getByText('Nothing was sent.').waitFor();
  assert.equal(await transactionCount(world, operator.address), 0);
  assert.equal((await states(page))[3], 'failed');
  await keepPictures(page, 'activate-stopped');
  await page.getByRole('button', { name: 'Continue' }).click();
  await approve(page);
  await activated(page);
  await assertQuiet(view);
});

test('an operator activates a machine; both are funded behind a real authenticator code', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'activate');
  await fillForm(page);
  await begin(page);
  await approve(page);
  await activated(page);
  await page.getByRole('button', { name: 'Activate another' }).click();

  const key = `0x${randomBytes(32).toString('hex')}`;
  await page.getByLabel('Another machine I operate').check();
  await fillForm(page);
  await page.getByLabel('Machine address').fill(privateKeyToAddress(key));
  await begin(page);
  await page.getByText('The machine signs its own DID, so its key is needed').waitFor();
  await page.getByLabel('Machine private key', { exact: true }).fill(key);
  await begin(page);

  await page.locator('svg.qr').waitFor();
  const uri = await page.locator('pq-value[label="otpauth address"]').evaluate((element) => element.text);
  assert.match(uri, /^otpauth:\/\/totp\//);
  assert.equal(await scanCode(page), uri);
  await assertAccessible(page);
  await keepPictures(page, 'activate-two-factor');

  await pasteCode(page, String((Number(world.control.totp(operator.address)) + 1) % 1_000_000).padStart(6, '0'));
  await page.getByRole('alert').getByText('did not accept this code', { exact: false }).waitFor();
  await pasteCode(page, world.control.totp(operator.address));
  await approve(page);
  await activated(page);
  assert.deepEqual(await states(page), ['done', 'done', 'done', 'done', 'done', 'done']);
  await page.getByText('Machine funded').waitFor();
  await keepPictures(page, 'activate-proxy-done');

  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.ok(!stored.includes(key.slice(2)), 'the key of the machine is kept nowhere');
  await assertQuiet(view);
});

// Everything in the page's heap that contains a text, as a heap snapshot has it.
async function inHeap(page, text) {
  const session = await page.context().newCDPSession(page);
  const parts = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return JSON.parse(parts.join('')).strings.filter((one) => one.includes(text));
}

test('a lock while the authenticator’s code is shown: its secret is gone, and so is the run', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, { ...operator, env: { ...operator.env } });
  const { page } = view;
  await enterRoom(page, 'activate');
  await fillForm(page);
  await begin(page);
  await approve(page);
  await activated(page);
  await page.getByRole('button', { name: 'Activate another' }).click();
  assert.deepEqual(new Set(await states(page)), new Set(['waiting']), 'the steps of the run before are gone');
  const key = `0x${randomBytes(32).toString('hex')}`;
  await page.getByLabel('Another machine I operate').check();
  await fillForm(page);
  await page.getByLabel('Machine address').fill(privateKeyToAddress(key));
  await page.getByLabel('Machine private key', { exact: true }).fill(key);
  await begin(page);
  await page.locator('svg.qr').waitFor();
  const uri = await page.locator('pq-value[label="otpauth address"]').evaluate((element) => element.text);
  const secret = /secret=(\w+)/.exec(uri)[1];
  assert.ok((await inHeap(page, secret)).length > 0, 'the snapshot finds it while it is shown');

  await page.keyboard.press('Control+Shift+L');
  await page.waitForSelector('pq-unlock');
  assert.deepEqual(await inHeap(page, secret), []);
  assert.deepEqual(await inHeap(page, key.slice(2)), []);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: /^(Activate|Continue)$/ }).waitFor();
  assert.deepEqual(new Set(await states(page)), new Set(['waiting']));
});

test('what goes to a DID for good is checked first', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'activate');
  await page.getByLabel('Documentation URL').fill('javascript:alert(1)');
  await page.getByLabel('Data API URL').fill(data);
  await begin(page);
  await page.getByText('That does not look like a web address', { exact: false }).waitFor();
  const field = page.getByLabel('Documentation URL');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await assertAccessible(page);
  assert.equal(await transactionCount(world, operator.address), 0);
  await assertQuiet(view);
});

test('a reload in the middle of an activation: it goes on, and nothing is paid twice', async () => {
  const operator = await newOperator(world);
  const view = await enterAs(browser, address, operator);
  const { page } = view;
  await enterRoom(page, 'activate');
  await fillForm(page);
  await world.rpc('evm_setAutomine', [false]);
  try {
    await begin(page);
    await approve(page);
    await page.locator('.steps').getByText('Sent').waitFor();
    await page.reload();
  } finally {
    await world.rpc('evm_setAutomine', [true]);
    await world.rpc('evm_mine', []);
  }
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('An activation was interrupted.').waitFor();
  await page.getByText('Under way: Register the machine.').waitFor();
  assert.equal(await page.getByLabel('Documentation URL').inputValue(), docs);
  await assertAccessible(page);
  await keepPictures(page, 'activate-interrupted');
  await page.getByRole('button', { name: 'Continue' }).click();
  await approve(page);
  await activated(page);
  assert.equal(await transactionCount(world, operator.address), 3);
  const rows = (await vaultFile(page, 'peaqos.log')).trim().split('\n').map(JSON.parse);
  assert.equal(rows.filter(({ step, status }) => step === 'register' && status === 'pending').length, 1);
  await page.getByRole('button', { name: 'Activate another' }).click();
  assert.equal(await page.getByText('An activation was interrupted.').count(), 0);
  await assertQuiet(view);
});
