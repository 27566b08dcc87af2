// The vault in a real browser: ways in, wrong ones, changed blobs, locking, two tabs.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
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

const browser = await startBrowser();
const address = await serveConsole();

const lock = async (page) => {
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.waitForSelector('pq-unlock');
};
async function unlock(page, secret) {
  await page.getByLabel('Passphrase', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

// Everything that IndexedDB holds, by store and key; bytes as arrays.
const stored = (page) =>
  page.evaluate(async () => {
    const request = (what) =>
      new Promise((resolve, reject) => {
        what.onsuccess = () => resolve(what.result);
        what.onerror = () => reject(what.error);
      });
    const database = await request(indexedDB.open('peaqos'));
    const found = {};
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      for (const key of await request(store.getAllKeys()))
        found[`${name} ${key}`] = await request(database.transaction(name).objectStore(name).get(key));
    }
    database.close();
    return JSON.stringify(found, (_, value) => (value instanceof Uint8Array ? Array.from(value) : value));
  });

// Changes one stored value by a function's text.
const tamper = (page, store, key, change) =>
  page.evaluate(
    async ([storeName, keyName, text]) => {
      const request = (what) =>
        new Promise((resolve, reject) => {
          what.onsuccess = () => resolve(what.result);
          what.onerror = () => reject(what.error);
        });
      const database = await request(indexedDB.open('peaqos'));
      const objects = () => database.transaction(storeName, 'readwrite').objectStore(storeName);
      const value = await request(objects().get(keyName));
      const steps = { bit: (v, path) => (v[path][0] ^= 1), rounds: (v) => (v.slots[0].iterations = 600_001) };
      const [step, path] = text.split(' ');
      if (step === 'slot') value.slots[0][path][0] ^= 1;
      else steps[step](value, path);
      await request(objects().put(value, keyName));
      database.close();
    },
    [store, key, change],
  );

test('the first visit offers three ways, and a vault is made behind a passphrase', async () => {
  const view = await openConsole(browser, address);
  const { page } = view;
  await keepPictures(page, 'first-visit');
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Create a wallet' }).click();
  const first = page.getByLabel('Passphrase', { exact: true });
  await first.fill('short');
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.getByText('At least 12 characters are needed').waitFor();
  await first.fill(passphrase);
  await page.getByLabel('Passphrase again', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.getByText('The two are not the same').waitFor();
  await keepPictures(page, 'new-vault');
  await assertAccessible(page);
  await page.getByLabel('Passphrase again', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.waitForSelector('pq-frame');
  await assertAccessible(page);
  await assertQuiet(view);
  await view.context.close();
});

test('a wrong passphrase says so, changes nothing, and slows down the fourth try', async () => {
  const view = await openConsole(browser, address);
  const { page } = view;
  await makeVault(page);
  await lock(page);
  await keepPictures(page, 'unlock');
  await assertAccessible(page);
  const header = async () => JSON.parse(await stored(page))['vault header'];
  const before = await header();
  for (const wrong of ['', 'wrong passphrase', `${passphrase} `]) {
    await unlock(page, wrong);
    await page.getByText('That is not the passphrase of this vault. Nothing was changed.').waitFor();
    assert.equal(await page.getByLabel('Passphrase', { exact: true }).inputValue(), '');
  }
  await unlock(page, passphrase);
  await page.getByText('Too many wrong tries').waitFor();
  assert.deepEqual(await header(), before);
  await page.reload(); // does not help
  await page.waitForSelector('pq-unlock');
  await unlock(page, passphrase);
  await page.getByText('Too many wrong tries').waitFor();
  await keepPictures(page, 'unlock-slow');
  await page.getByText('Too many wrong tries').waitFor();
  // Five seconds after the third: the right passphrase opens, whatever was tried in between.
  await assert.doesNotReject(async () => {
    for (let open = false; !open;) {
      await unlock(page, passphrase);
      open = await page
        .waitForSelector('pq-frame', { timeout: 2000 })
        .then(() => true)
        .catch(() => false);
    }
  });
  await assertQuiet(view);
  await view.context.close();
});

test('a changed blob is noticed: the wrapped key, its parameters, a record', async () => {
  const view = await openConsole(browser, address);
  const { page } = view;
  await makeVault(page);
  await page.evaluate(() => document.querySelector('pq-frame').constructor);
  await lock(page);
  await tamper(page, 'vault', 'header', 'slot wrapped');
  await unlock(page, passphrase);
  await page.getByText('was changed by something other than this console').waitFor();
  await tamper(page, 'vault', 'header', 'slot wrapped'); // back
  await tamper(page, 'vault', 'header', 'rounds');
  await unlock(page, passphrase);
  await page.getByText('That is not the passphrase').waitFor();
  await assertQuiet(view);
  await view.context.close();
});

test('nothing secret is in what the browser keeps, the address or the document', async () => {
  const view = await openConsole(browser, address);
  const { page } = view;
  await makeVault(page);
  const seen = [await stored(page), page.url(), await page.content()];
  seen.push(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])));
  for (const text of seen) assert.ok(!text.includes(passphrase));
  await view.context.close();
});

test('locking in one tab locks the other; both open the same vault', async () => {
  const first = await openConsole(browser, address);
  await makeVault(first.page);
  const second = await openConsole(browser, address, { context: first.context });
  await unlock(second.page, passphrase);
  await second.page.waitForSelector('pq-frame');
  await lock(second.page);
  await first.page.waitForSelector('pq-unlock');
  await unlock(first.page, passphrase);
  await first.page.waitForSelector('pq-frame');
  await assertQuiet(first);
  await assertQuiet(second);
  await first.context.close();
});

test('nobody there for ten minutes: locked, and the worker has ended', async () => {
  const context = await browser.newContext();
  const view = await openConsole(browser, address, { context });
  const { page } = view;
  await makeVault(page);
  assert.equal(page.workers().length, 1);
  const [worker] = page.workers();
  const closed = worker.waitForEvent('close');
  await page.clock.install();
  await lock(page);
  await closed;
  await unlock(page, passphrase);
  await page.waitForSelector('pq-frame');
  await page.clock.fastForward('09:30');
  await page.mouse.move(5, 5); // a sign of life
  await page.clock.fastForward('09:30');
  await page.waitForSelector('pq-frame');
  await page.clock.fastForward('00:45');
  await page.waitForSelector('pq-unlock');
  await assertQuiet(view);
  await context.close();
});
