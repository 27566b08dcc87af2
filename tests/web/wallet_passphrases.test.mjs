// Passphrases of wallets' files as records of the vault: what opens the vault, a passkey too, unlocks signing; a secret is
// shown only behind a passphrase that is typed afresh; nothing of it is in the browser's database in the clear.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { assertQuiet, openConsole, makeVault, passphrase, startServed } from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { addAuthenticator } from '../support/passkey.mjs';
import { tellStory } from '../support/story.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const browser = await startBrowser();
const { PEAQOS_PRIVATE_KEY: _, ...env } = world.env();
const { address } = await startServed({ settings: envText(env) });

const ofTheFile = 'six green kettles in a row';

// The browser's records, id by id, as bytes.
const records = async (page) =>
  new Map(
    await page.evaluate(async () => {
      const settled = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await settled(indexedDB.open('peaqos'));
      const store = database.transaction('records').objectStore('records');
      const [ids, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      database.close();
      return ids.map((id, at) => [id, [...values[at].data]]);
    }),
  );
const passphraseRecords = async (page) => [...(await records(page)).keys()].filter((id) => /^passphrase:/.test(id));

describe('the passphrase of a wallet’s file', () => {
  let view;
  let page;

  const step = tellStory();
  const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const enter = (room) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room }).click();
  const sheet = () => page.getByRole('dialog');

  async function lockAndUseThePasskey() {
    await button('Lock').click();
    await button('Use a passkey').click();
    await page.waitForSelector('pq-frame');
  }

  async function download(secret, act) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await sheet().getByLabel('Passphrase', { exact: true }).fill(secret);
        await sheet().getByRole('button', { name: act }).click();
      })(),
    ]);
    await page.waitForSelector('dialog', { state: 'detached' });
    return readFileSync(await file.path(), 'utf8');
  }

  before(async () => {
    view = await openConsole(browser, address);
    ({ page } = view);
    await addAuthenticator(view);
    await makeVault(page);
  });

  step('is kept, encrypted, when the wallet is made', async () => {
    await page.getByLabel('Name', { exact: true }).fill('yard-7');
    await page.getByRole('radio', { name: 'A separate one' }).check();
    await page.getByLabel('Wallet passphrase', { exact: true }).fill(ofTheFile);
    await page.getByLabel('Wallet passphrase again', { exact: true }).fill(ofTheFile);
    await button('Create').click();
    await page.getByText('Active wallet').waitFor();
    assert.equal((await passphraseRecords(page)).length, 1);
    for (const [id, bytes] of await records(page))
      assert.ok(!Buffer.from(bytes).includes(ofTheFile), `${id} is in the clear`);
  });

  step('is not asked for when a passkey has opened the vault', async () => {
    await enter('Settings');
    await button('Add a passkey').click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await button('Continue').click();
    await page.getByText('Passkey 1', { exact: true }).first().waitFor();
    await lockAndUseThePasskey();
    const wallet = await page.locator('pq-top-bar pq-value code').getAttribute('title');
    await world.rpc('anvil_setBalance', [wallet, `0x${(5n * 10n ** 18n).toString(16)}`]);
    await enter('Activate');
    await page.getByLabel('Documentation URL').fill('https://example.com/docs');
    await page.getByLabel('Data API URL').fill('https://example.com/events');
    await button('Activate').click();
    // Nothing stands between the click and the transaction: another question would be another sheet.
    await sheet().waitFor();
    assert.equal(
      await sheet()
        .getAttribute('aria-labelledby')
        .then((id) => page.locator(`#${id}`).textContent()),
      'Sign this transaction?',
    );
    await button('Sign and continue').click();
    await page.getByText('The machine is active.').waitFor();
  });

  step('is asked for to take the secret out, or the vault’s own is', async () => {
    await enter('Wallets');
    await button(/^Back up phrase/).click();
    await sheet().getByLabel('Passphrase', { exact: true }).fill('neither of the two');
    await sheet().getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('That is not the passphrase').waitFor();
    assert.equal(await sheet().getByRole('listitem').count(), 0);
    await sheet().getByLabel('Passphrase', { exact: true }).fill(ofTheFile);
    await sheet().getByRole('button', { name: 'Show', exact: true }).click();
    await sheet().getByRole('listitem').nth(11).waitFor();
    await sheet().getByRole('button', { name: 'Close' }).last().click();
    await button(/^Export/).click();
    const file = JSON.parse(await download(passphrase, 'Export'));
    assert.equal(file.name, 'yard-7');
  });

  step('goes with the wallet', async () => {
    await button(/^Delete/).click();
    await page.getByLabel(/Type its name/).fill('yard-7');
    await button('Delete the wallet').click();
    await page.getByRole('heading', { name: 'No wallet yet' }).waitFor();
    assert.deepEqual(await passphraseRecords(page), []);
    await assertQuiet(view);
  });
});
