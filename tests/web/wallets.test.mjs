// The room Wallets: made, imported, exported, revealed, deleted; each way tested against the command in Node.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run } from '../support/commands.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  passphrase,
  serveConsole,
} from '../support/console.mjs';
import { envText, importSettings, openDrawer, outcome, runLine, typeLine } from '../support/drawer.mjs';
import { enterRoom } from '../support/rooms.mjs';
import { tellStory } from '../support/story.mjs';
import { startWorld } from '../support/world.mjs';

const browser = await startBrowser();
const world = await startWorld();
const address = await serveConsole();

const home = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
after(() => rmSync(home, { recursive: true, force: true }));
const node = (words, env = {}) => run('peaqos', words, { cwd: home, env: { HOME: home, ...env } });

// A phrase that everybody knows: that of the devnet's node.
const knownPhrase = 'test test test test test test test test test test test junk';
const knownAddress = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

const { PEAQOS_PRIVATE_KEY: _, ...env } = world.env();
const card = (page, name) => page.getByRole('article', { name, exact: true });

async function exportFile(page, name, secret = passphrase) {
  await card(page, name)
    .getByRole('button', { name: /^Export/ })
    .click();
  await page.getByLabel('Passphrase', { exact: true }).fill(secret);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Export' }).click(),
  ]);
  await page.waitForSelector('dialog', { state: 'detached' });
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function chooseInForm(page, file) {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await choosing).setFiles({ mimeType: 'application/octet-stream', ...file });
}

describe('wallets', () => {
  const step = tellStory();
  let console_;
  let page;
  let created;

  before(async () => {
    console_ = await openConsole(browser, address);
    ({ page } = console_);
    await makeVault(page);
    await importSettings(page, envText(env));
  });

  step('the empty room says how to begin', async () => {
    await enterRoom(page, 'wallets');
    await page.getByRole('heading', { name: 'No wallet yet' }).waitFor();
    await keepPictures(page, 'wallets-empty');
    await assertAccessible(page);
  });

  step('one is made, signs at once, and reminds of a copy', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Create a wallet' }).click();
    await page.getByLabel('Name', { exact: true }).fill('yard-7');
    await page.getByText('The passphrase that you just chose', { exact: false }).waitFor();
    assert.equal(await page.locator('pq-create-wallet pq-secret').count(), 0);
    await keepPictures(page, 'wallets-create');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await card(page, 'yard-7').getByText('Active wallet').waitFor();
    await page.getByText('Not backed up').waitFor();
    created = await page.evaluate(() => document.querySelector('pq-wallet-card pq-value code').title);
    assert.match(created, /^0x[0-9a-fA-F]{40}$/);
    await page.getByRole('banner').getByRole('link', { name: 'yard-7' }).waitFor();
  });

  step('the command in Node lists the export and signs with it', async () => {
    const file = await exportFile(page, 'yard-7');
    await card(page, 'yard-7').getByText('Not backed up').waitFor({ state: 'detached' });
    mkdirSync(join(home, '.ows/wallets'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, '.ows/wallets', file.name), file.bytes, { mode: 0o600 });
    const listed = JSON.parse((await node(['wallet', 'list', '--json'])).stdout);
    assert.deepEqual(
      listed.map(({ name, peaq_address: own }) => [name, own]),
      [['yard-7', created]],
    );
    await world.rpc('anvil_setBalance', [created, '0x56bc75e2d63100000']);
    const signing = { ...env, PEAQOS_OWS_WALLET: 'yard-7', OWS_PASSPHRASE: passphrase };
    const line = ['activate', '--doc-url', 'https://example.com/d', '--data-api', 'https://example.com/a'];
    const { code, stderr } = await node(line, signing);
    assert.equal(code, 0, stderr);
  });

  step('the console signs with it, and asks for no passphrase', async () => {
    await openDrawer(page);
    const { code, stdout } = await runLine(page, 'whoami');
    assert.equal(code, 0);
    assert.ok(stdout.includes(created));
  });

  step('the drawer’s own wallet commands work on the same wallets, hidden questions masked', async () => {
    await typeLine(page, 'wallet create shed');
    const answer = page.locator('.answer input');
    for (let count = 0; count < 2; count++) {
      await answer.waitFor();
      assert.equal(await answer.getAttribute('type'), 'password');
      await answer.fill('another good passphrase');
      await answer.press('Enter');
    }
    assert.equal((await outcome(page)).code, 0);
    assert.match((await runLine(page, 'wallet list')).stdout, /shed[^]*yard-7/);
    await page.getByRole('button', { name: 'Close the drawer' }).click();
    await card(page, 'shed').waitFor();
  });

  step('a wallet of the command in Node comes in by its file', async () => {
    const words = ['wallet', 'create', 'depot'];
    assert.equal((await node(words, { OWS_PASSPHRASE: 'passphrase of node' })).code, 0);
    const files = readdirSync(join(home, '.ows/wallets')).map((name) => join(home, '.ows/wallets', name));
    const path = files.find((one) => JSON.parse(readFileSync(one, 'utf8')).name === 'depot');
    await enterRoom(page, 'wallets/import');
    await page.getByRole('radio', { name: 'Wallet file' }).check();
    await chooseInForm(page, { name: 'depot.json', buffer: readFileSync(path) });
    await page.getByLabel('Wallet passphrase', { exact: true }).fill('a wrong passphrase');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Wallet passphrase', { exact: true }).fill('passphrase of node');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await card(page, 'depot').waitFor();
    // What was taken over leaves as it came: by the console's passphrase, and by the file's own.
    for (const secret of [passphrase, 'passphrase of node'])
      assert.deepEqual((await exportFile(page, 'depot', secret)).bytes, readFileSync(path));
  });

  step('a recovery phrase and a private key come in', async () => {
    await enterRoom(page, 'wallets/import');
    await page.getByLabel('Name', { exact: true }).fill('known');
    await page.getByLabel('Recovery phrase', { exact: true }).last().fill(knownPhrase);
    await page.getByLabel('Vault passphrase', { exact: true }).fill('not the passphrase');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('That is not the passphrase of this vault').waitFor();
    await page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await card(page, 'known').getByTitle(knownAddress).waitFor();

    await enterRoom(page, 'wallets/import');
    await page.getByRole('radio', { name: 'Private key file' }).check();
    await page.getByLabel('Name', { exact: true }).fill('by key');
    const key = world.accounts.find(({ address: own }) => own !== knownAddress);
    await chooseInForm(page, { name: 'key.txt', buffer: Buffer.from(`${key.key}\n`) });
    await page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase);
    await keepPictures(page, 'wallets-import');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await card(page, 'by key').getByTitle(key.address).waitFor();
  });

  step('a phrase that is here already, in another spelling, is recognised', async () => {
    await enterRoom(page, 'wallets/import');
    await page.getByLabel('Name', { exact: true }).fill('twin');
    await page.getByLabel('Recovery phrase', { exact: true }).last().fill(`  ${knownPhrase.toUpperCase()} `);
    await page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('alert').getByText('This wallet is already here, as known.').waitFor();
    await enterRoom(page, 'wallets');
    await card(page, 'known').waitFor();
    assert.equal(await card(page, 'twin').count(), 0);
  });

  step('another wallet takes over the signing', async () => {
    await card(page, 'known').getByRole('button', { name: /^Use/ }).click();
    await card(page, 'known').getByText('Active wallet').waitFor();
    await page.locator('pq-top-bar').getByTitle(knownAddress).waitFor();
    await keepPictures(page, 'wallets');
    await assertAccessible(page);
  });

  step('all families’ addresses are shown', async () => {
    await card(page, 'known')
      .getByRole('button', { name: /^Addresses/ })
      .click();
    const families = page.getByRole('dialog').getByRole('listitem');
    assert.equal(await families.count(), 12);
    await keepPictures(page, 'wallets-addresses');
    await assertAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();
  });

  step('the phrase is shown behind a fresh passphrase, checked, and gone', async () => {
    await card(page, 'known')
      .getByRole('button', { name: /^Back up phrase/ })
      .click();
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong wrong wrong');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('That is not the passphrase').waitFor();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const words = page.getByRole('dialog').getByRole('listitem');
    await words.first().waitFor();
    assert.equal((await words.allTextContents()).map((text) => text.trim()).join(' '), knownPhrase);
    await keepPictures(page, 'wallets-reveal');
    await assertAccessible(page);
    const attributes = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .flatMap((element) => [...element.attributes].map(({ value }) => value))
        .join('\n'),
    );
    assert.ok(!attributes.includes('junk'));
    await page.getByRole('button', { name: /I wrote it down/ }).click();
    const labels = page.getByRole('dialog').locator('label');
    await labels.first().waitFor();
    for (const label of await labels.allTextContents()) {
      const place = Number(/\d+/.exec(label)[0]);
      await page.getByLabel(label.trim(), { exact: true }).fill(knownPhrase.split(' ')[place - 1]);
    }
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await card(page, 'known').getByText('Not backed up').waitFor({ state: 'detached' });
    assert.ok(!(await page.evaluate(() => document.documentElement.outerHTML)).includes('junk'));
  });

  step('deleting wants the name', async () => {
    await card(page, 'by key')
      .getByRole('button', { name: /^Delete/ })
      .click();
    const button = page.getByRole('button', { name: 'Delete the wallet' });
    assert.ok(await button.isDisabled());
    await page.getByLabel(/Type its name/).fill('by key');
    await keepPictures(page, 'wallets-delete');
    await assertAccessible(page);
    await button.click();
    await card(page, 'by key').waitFor({ state: 'detached' });
  });

  step('they are there after a lock, and the page complained about nothing', async () => {
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await card(page, 'known').getByText('Active wallet').waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, url: location.href }));
    for (const secret of [passphrase, 'junk']) assert.ok(!kept.includes(secret));
    await assertQuiet(console_);
  });
});

test('whoever goes on to another room while a wallet is made stays there', async () => {
  const view = await openConsole(browser, address);
  const { page, context } = view;
  await makeVault(page);
  await importSettings(page, envText(env));
  await enterRoom(page, 'wallets/create');
  await page.getByLabel('Name', { exact: true }).fill('yard-7');
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(
    (url) => url.href.startsWith(world.rpcUrl),
    async (route) => {
      await held;
      await route.continue();
    },
  );
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await card(page, 'yard-7').getByText('Active wallet').waitFor();
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  release();
  await page.locator('pq-top-bar pq-value').waitFor(); // the network has answered who signs
  assert.equal(new URL(page.url()).hash, '#/settings');
  await context.close();
});
