// The console's rooms for the tests of one file: a person with a vault, and the settings and the key of an operator in it.
// SPDX-License-Identifier: Apache-2.0
import { makeVault, openConsole } from './console.mjs';
import { envText } from './drawer.mjs';

/** Calls a method of the page's session: the console's own way to the vault, found among the modules that it loaded. */
const onSession = (page, method, ...values) =>
  page.evaluate(
    async ([name, given]) => {
      const scripts = performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'));
      const modules = await Promise.all(scripts.map((entry) => import(entry.name).catch(() => ({}))));
      const session = modules.flatMap(Object.values).find((value) => typeof value?.writeFile === 'function');
      const [path, text] = given;
      const answer = await session[name](path, text === undefined ? text : new TextEncoder().encode(text));
      return answer && new TextDecoder().decode(answer);
    },
    [method, values],
  );

const write = (page, name, text) => onSession(page, 'writeFile', name, text);

/** A person at the console, whose wallet is the operator's. */
export async function enterAs(browser, address, operator, options) {
  const view = await openConsole(browser, address, options);
  await makeVault(view.page);
  await write(view.page, '.env', envText(operator.env));
  return view;
}

/** A person who only looks around, in the world of these settings. */
export async function visit(browser, address, env, options) {
  const view = await openConsole(browser, address, options);
  await view.page.getByRole('button', { name: 'Explore read-only' }).click();
  await view.page.waitForSelector('pq-frame');
  await write(view.page, '.env', envText(env));
  return view;
}

/** Goes to an address of a room, such as "fleet" or "fleet/did:peaq:0x...". */
export async function enterRoom(page, path) {
  await page.evaluate((hash) => (location.hash = hash), `#/${path}`);
  await page.waitForSelector(`pq-room-${path.split(/[/?]/)[0]}`);
}

/** Writes a file of the vault, as a room would. */
export const writeVaultFile = write;

/** The text of a file in the vault. */
export const vaultFile = (page, name) => onSession(page, 'readFile', name);

/** Waits until the vault has a record of this name. */
export async function recordKept(page, name) {
  const kept = async (id) => {
    const opening = indexedDB.open('peaqos');
    const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const asked = database.transaction('records').objectStore('records').getAllKeys();
    const keys = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
    database.close();
    return keys.includes(id);
  };
  while (!(await page.evaluate(kept, name))) await page.waitForTimeout(200);
}
