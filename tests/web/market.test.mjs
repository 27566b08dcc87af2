// The room Market: the whole loop by clicks alone, with real payments on the devnet's chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { before, describe } from 'node:test';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { startBrowser } from '../support/browser.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  passphrase,
  serveConsole,
} from '../support/console.mjs';
import { envText, importSettings } from '../support/drawer.mjs';
import { enterRoom } from '../support/rooms.mjs';
import { tellStory } from '../support/story.mjs';
import { startWorld } from '../support/world.mjs';

const browser = await startBrowser();
const world = await startWorld();
const address = await serveConsole();

const key = generatePrivateKey();
const buyer = privateKeyToAccount(key);
const { PEAQOS_PRIVATE_KEY: _, ...env } = world.env();

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function importKey(page) {
  await enterRoom(page, 'wallets/import');
  await page.getByRole('radio', { name: 'Private key file' }).check();
  await page.getByLabel('Name', { exact: true }).fill('buyer');
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Choose a file').click();
  await (await choosing).setFiles({ name: 'key.txt', mimeType: 'text/plain', buffer: Buffer.from(key) });
  await button(page, 'Import').click();
  await page.getByText('Active wallet').waitFor();
}

// Searches, and orders the quote of a service.
async function order(page, service, { input = '{"pair":"EUR/USD"}' } = {}) {
  await page.getByRole('link', { name: 'Search services' }).click();
  await page.getByLabel('Service type').fill('oracle.price-feed');
  await button(page, 'Search').click();
  await button(page, `Order ${service}`).click();
  await page.getByLabel('Input').fill(input);
  await button(page, 'Place order').click();
}

describe('the market', () => {
  const step = tellStory();
  let console_;
  let page;

  before(async () => {
    await world.control.market.activate(buyer.address, world.accounts[1].address);
    await world.control.market.fund(buyer.address, '20');
    console_ = await openConsole(browser, address);
    ({ page } = console_);
    await makeVault(page);
  });

  step('without settings the room says what it needs', async () => {
    await enterRoom(page, 'market');
    await page.getByRole('heading', { name: 'Services for your machines' }).waitFor();
    await keepPictures(page, 'market-unset');
    await assertAccessible(page);
    await importSettings(page, envText(env));
    await importKey(page);
  });

  step('a machine is brought in with the wallet’s signature', async () => {
    await enterRoom(page, 'market');
    await page.getByRole('heading', { name: 'No machine in the market yet' }).waitFor();
    await button(page, 'Onboard a machine').click();
    const identity = page.getByLabel('Identity');
    await page.waitForFunction((input) => input.value !== '', await identity.elementHandle()); // the signer becomes known
    assert.equal(await identity.inputValue(), `did:peaq:${buyer.address}`);
    await page.getByLabel('Name', { exact: true }).fill('rover-014');
    await page.getByLabel('Owner').fill('north-yard');
    await page.getByLabel('Type', { exact: true }).fill('rover');
    await keepPictures(page, 'market-onboard');
    await assertAccessible(page);
    await button(page, 'Sign and register').click();
    await page.getByRole('main').getByText('No agent here may buy for this machine').waitFor();
  });

  step('an agent is paired, within limits, by a wallet of the console', async () => {
    await button(page, 'Pair an agent').click();
    await page.getByLabel('Per order').fill('5');
    await page.getByLabel('Per day').fill('10');
    await keepPictures(page, 'market-pair');
    await assertAccessible(page);
    await button(page, 'Sign and pair').click();
    await page.getByText('USD 5.00 an order · USD 10.00 a day').waitFor();
    await page.getByText('Token valid').waitFor();
  });

  step('quotes stand side by side, best first', async () => {
    await page.getByRole('link', { name: 'Search services' }).click();
    await page.getByLabel('Service type').fill('oracle.price-feed');
    await button(page, 'Search').click();
    const quotes = page.getByRole('list', { name: 'Quotes, best first' }).locator(':scope > li');
    await quotes.first().waitFor();
    assert.equal(await quotes.count(), 3);
    await button(page, 'As a command').click();
    assert.match(await page.locator('pq-as-command code').textContent(), / --service-type oracle\.price-feed( |$)/);
    await button(page, 'As a command').click();
    await keepPictures(page, 'market-search');
    await assertAccessible(page);
    await page.getByLabel('Service type').fill('nothing.at.all');
    await button(page, 'Search').click();
    await page.getByRole('heading', { name: 'No offers found' }).waitFor();
    await page.getByRole('link', { name: 'Orders' }).click();
  });

  step('an order is paid on the chain after the payment was shown, and its delivery is confirmed', async () => {
    await order(page, 'signed-price-feed');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('USD 1.50', { exact: true }).waitFor();
    await sheet.getByText(buyer.address).waitFor();
    await keepPictures(page, 'market-payment');
    await assertAccessible(page);
    assert.equal(Number(await world.control.market.dollarsOf(buyer.address)), 20);
    await button(page, 'Pay USD 1.50').click();
    await sheet.getByText(/^Pay 1\.50 \w+ for signed-price-feed$/).waitFor();
    await keepPictures(page, 'market-approve');
    await button(page, /^Sign and pay [\d.]+ /).click();
    await sheet.getByText('The service was delivered').waitFor();
    await keepPictures(page, 'market-delivered');
    assert.equal(Number(await world.control.market.dollarsOf(buyer.address)), 18.5);

    await button(page, 'See the order').click();
    await button(page, 'Confirm delivery').click();
    await button(page, 'Confirm').click();
    await page.getByText('The delivery is confirmed').waitFor();
    await page.getByRole('article', { name: 'Order' }).getByText('Confirmed', { exact: true }).waitFor();
    await page.getByText('of USD 10.00').waitFor();
  });

  step('an order in escrow is disputed with evidence', async () => {
    await order(page, 'audited-price-feed');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('The money waits in the escrow').waitFor();
    await button(page, 'Pay USD 2.00').click();
    await button(page, /^Sign and pay [\d.]+ /).click();
    await button(page, 'See the order').click();
    await button(page, 'Dispute').click();
    await page.getByLabel('What is wrong').fill('The price is of yesterday');
    await page.getByLabel('Evidence').fill('not json');
    await button(page, 'Raise dispute').click();
    await sheet.getByRole('alert').waitFor();
    await page.getByLabel('Evidence').fill('{"seen":"2026-11-23"}');
    await keepPictures(page, 'market-dispute');
    await assertAccessible(page);
    await button(page, 'Raise dispute').click();
    await page.getByText('The dispute is raised').waitFor();
    await page.getByRole('article', { name: 'Order' }).getByText('Frozen by a dispute').waitFor();
  });

  step('a payment that is put off leaves the order open, and going on pays once', async () => {
    await order(page, 'signed-price-feed', { input: '' });
    const sheet = page.getByRole('dialog');
    await button(page, 'Not now').click();
    await sheet.getByText('The order stays open').waitFor();
    const before = Number(await world.control.market.dollarsOf(buyer.address));
    await button(page, 'Close').last().click();
    await page.getByRole('article', { name: 'Order' }).getByText('Payment due').waitFor();
    await button(page, 'Continue').click();
    await button(page, 'Pay USD 1.50').click();
    await button(page, /^Sign and pay [\d.]+ /).click();
    await button(page, 'See the order').click();
    assert.equal(Number(await world.control.market.dollarsOf(buyer.address)), before - 1.5);
  });

  step('the orders are listed by state', async () => {
    await page.getByRole('radio', { name: /^Problems/ }).check();
    const rows = page.getByRole('row').filter({ hasText: 'price-feed' });
    await page.waitForFunction(() => document.querySelectorAll('pq-market-orders tbody tr[data-index]').length === 1);
    assert.match(await rows.first().textContent(), /audited-price-feed/);
    await page.getByRole('radio', { name: /^All/ }).check();
    await page.waitForFunction(() => document.querySelectorAll('pq-market-orders tbody tr[data-index]').length === 3);
    await keepPictures(page, 'market');
    await assertAccessible(page);
  });

  step('a token is rotated: the old one ends, the new one buys', async () => {
    await button(page, /^Rotate/).click();
    await button(page, 'Sign and rotate').click();
    await page.waitForSelector('dialog', { state: 'detached' });
    await order(page, 'open-price-feed');
    await button(page, 'Run it').click();
    await page.getByText('The service was delivered').waitFor();
    await button(page, 'See the order').click();
  });

  step('who leaves while the list takes the new order up stays where they went', async () => {
    await order(page, 'open-price-feed');
    await button(page, 'Run it').click();
    await page.getByText('The service was delivered').waitFor();
    const taken = page.waitForResponse((response) => response.url().includes('/orders?'));
    // As in a busy browser: the address is another one already, and the page has not been told yet.
    await page.evaluate(() => {
      [...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'See the order').click();
      history.replaceState(null, '', '#/wallets/create');
    });
    await taken;
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => location.hash), '#/wallets/create');
    await page.evaluate(() => window.dispatchEvent(new Event('hashchange')));
    await page.getByRole('heading', { name: 'Create a wallet' }).waitFor();
  });

  step('a wallet that is made later can be an agent at once', async () => {
    await enterRoom(page, 'wallets/create');
    await page.getByLabel('Name', { exact: true }).fill('second buyer');
    await page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase);
    await button(page, 'Create').click();
    await page.getByRole('article', { name: 'second buyer', exact: true }).waitFor();
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Market' }).click();
    await button(page, 'Pair an agent').click();
    await page
      .getByLabel('Agent', { exact: true })
      .getByRole('option', { name: /^second buyer/ })
      .waitFor({ state: 'attached' });
    await button(page, 'Cancel').click();
  });

  step('no token is in the page, and it complained about nothing', async () => {
    const tokens = world.control.market.requests
      .flatMap(({ headers }) => headers['x-agent-pairing-token'] ?? [])
      .filter(Boolean);
    assert.ok(tokens.length > 0);
    const text = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }) + location.href,
    );
    for (const secret of [...tokens, key.slice(2), env.PEAQOS_ORCH_API_KEY]) assert.ok(!text.includes(secret));
    await assertQuiet(console_);
  });
});
