// A stranger's whole life with the console, by clicks alone: from the first visit of `peaqos console` to a disputed order,
// and the wallet taken home to the command. Nothing but what the page offers is used; no address is typed.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run } from '../support/commands.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  openConsole,
  passphrase,
  startServed,
} from '../support/console.mjs';
import { envText, openDrawer, runLine } from '../support/drawer.mjs';
import { tellStory } from '../support/story.mjs';
import { codeOf, pasteCode, scanCode } from '../support/two_factor.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const browser = await startBrowser();
const world = await startWorld();
const { PEAQOS_PRIVATE_KEY: _, ...env } = world.env();
const served = await startServed({ settings: envText(env) });

const home = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
after(() => rmSync(home, { recursive: true, force: true }));

describe('a stranger', () => {
  let view;
  let page;
  let address;

  const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const enter = (room) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room }).click();
  const step = tellStory();
  const dialog = () => page.getByRole('dialog');
  const order = () => page.getByRole('article', { name: 'Order' });

  before(async () => {
    view = await openConsole(browser, served.address);
    ({ page } = view);
  });

  step('makes a vault and a wallet', async () => {
    await button(/^Create a wallet/).click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('Passphrase again', { exact: true }).fill(passphrase);
    await button('Create the vault').click();
    await page.getByLabel('Name', { exact: true }).fill('yard-7');
    await button('Create').click();
    await page.getByText('Active wallet').waitFor();
    address = await page.locator('pq-top-bar pq-value code').getAttribute('title');
    assert.match(address, /^0x[0-9a-fA-F]{40}$/);
  });

  step(
    'finds the endpoints of the folder in which the console was started, and gives it the market’s key',
    async () => {
      await enter('Settings');
      await button('Test all').click();
      await page.getByText(`Reachable · chain ${world.chainId}`, { exact: false }).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('.endpoint [role=status]').length === 4);
      const answers = await page.locator('.endpoint [role=status]').allTextContents();
      for (const answer of answers) assert.match(answer, /Reachable/);
      await keepPictures(page, 'settings-served');
      await button('Set Machine Market key').click();
      await dialog().locator('input').fill(env.PEAQOS_ORCH_API_KEY);
      await button('Save').click();
      await button('Replace Machine Market key').waitFor();
    },
  );

  step('activates a machine without a coin: the Gas Station pays, behind an authenticator', async () => {
    await enter('Fleet');
    await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Activate a machine' }).first().click();
    await page.getByLabel('Documentation URL').fill('https://example.com/docs');
    await page.getByLabel('Data API URL').fill('https://example.com/events');
    await button('Activate').click();
    await page.locator('svg.qr').waitFor();
    await pasteCode(page, codeOf(await scanCode(page)));
    await dialog().getByText('Details', { exact: true }).click();
    await dialog().getByTitle(address).first().waitFor();
    await keepPictures(page, 'stranger-signing');
    await button('Sign and continue').click();
    await page.getByText('The machine is active.').waitFor();
    await assertAccessible(page);
    await page.getByRole('link', { name: 'Open the machine' }).click();
    await page.locator('.verdict .letter', { hasText: 'Provisioned' }).waitFor();
  });

  step('submits an event, and the rating moves', async () => {
    await button('Submit event').click();
    await page.getByLabel('Amount').fill('50,000');
    await page.getByText('= USD 50,000.00, recorded as 5000000').waitFor();
    await button('Submit event').click();
    await button('Sign and record').click();
    await page.getByText('Recorded on the chain.').waitFor();
    await page.locator('.verdict .letter', { hasText: 'BBB' }).waitFor();
    await keepPictures(page, 'stranger-machine');
    await enter('Events');
    await page.locator('pq-table').getByText('Confirmed').waitFor();
    await page.locator('pq-table').getByText('USD 50,000.00').waitFor();
  });

  step('brings the machine into the market, and pairs an agent', async () => {
    await enter('Market');
    await button('Onboard a machine').click();
    await page.getByLabel('Name', { exact: true }).fill('rover-014');
    await page.getByLabel('Owner').fill('north-yard');
    await page.getByLabel('Type', { exact: true }).fill('rover');
    await button('Sign and register').click();
    await button('Pair an agent').click();
    await page.getByLabel('Per order').fill('5');
    await page.getByLabel('Per day').fill('10');
    await button('Sign and pair').click();
    await page.getByText('Token valid').waitFor();
  });

  // Searches and orders, as far as the payment sheet.
  async function buy(service) {
    await page.getByRole('link', { name: 'Search services' }).click();
    await page.getByLabel('Service type').fill('oracle.price-feed');
    await button('Search').click();
    await button(`Order ${service}`).click();
    await page.getByLabel('Input').fill('{"pair":"EUR/USD"}');
    await button('Place order').click();
  }

  step('buys a service, and confirms its delivery', async () => {
    await world.control.market.fund(address, '20'); // somebody sends dollars
    await buy('signed-price-feed');
    await button('Pay USD 1.50').click();
    await button(/^Sign and pay/).click();
    await dialog().getByText('The service was delivered').waitFor();
    assert.equal(Number(await world.control.market.dollarsOf(address)), 18.5);
    await button('See the order').click();
    await button('Confirm delivery').click();
    await button('Confirm').click();
    await order().getByText('Confirmed', { exact: true }).waitFor();
  });

  step('buys another, and disputes it', async () => {
    await buy('audited-price-feed');
    await button('Pay USD 2.00').click();
    await button(/^Sign and pay/).click();
    await button('See the order').click();
    await button('Dispute').click();
    await page.getByLabel('What is wrong').fill('The price is of yesterday');
    await button('Raise dispute').click();
    await order().getByText('Frozen by a dispute').waitFor();
    await keepPictures(page, 'stranger-dispute');
  });

  step('takes the wallet home: the command signs with it', async () => {
    await enter('Wallets');
    await button(/^Export/).click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    const download = page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Export' }).click();
    const file = await download;
    const folder = join(home, '.ows/wallets');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, file.suggestedFilename()), readFileSync(await file.path()), { mode: 0o600 });
    const variables = { ...env, HOME: home, PEAQOS_OWS_WALLET: 'yard-7', OWS_PASSPHRASE: passphrase };
    const before = await transactionCount(world, address);
    const words = ['activate', '--doc-url', 'https://example.com/new', '--data-api', 'https://example.com/events'];
    const { code, stdout, stderr } = await run('peaqos', words, { cwd: home, env: variables });
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`did:peaq:${address}`));
    assert.equal(await transactionCount(world, address), before + 1, 'the changed URL alone is written');
  });

  step('locks, unlocks, and finds everything again; the command line in the page too', async () => {
    await button('Lock').click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await button('Unlock').click();
    await page.getByText('Active wallet').waitFor();
    await openDrawer(page);
    const { code, stdout } = await runLine(page, `show machine did:peaq:${address}`);
    assert.equal(code, 0);
    assert.match(stdout, /https:\/\/example\.com\/new/);
    await enter('Fleet');
    await page.locator('pq-table .rating', { hasText: 'BBB' }).waitFor();
  });

  step('saw no complaint of the page, and left no secret in it', async () => {
    const text = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }) + location.href,
    );
    for (const secret of [passphrase, env.PEAQOS_ORCH_API_KEY, served.token]) assert.ok(!text.includes(secret));
    // Of a wallet that is no machine yet the rating service knows nothing, which the browser notes.
    const problems = view.problems.filter((problem) => !/status of 404/.test(problem));
    await assertQuiet({ page, problems });
  });
});
