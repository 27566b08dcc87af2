// The command drawer: the same command lines as in Node, with the same output and exit codes.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run, scratch } from '../support/commands.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  startServed,
} from '../support/console.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const env = world.env();
const { PEAQOS_PRIVATE_KEY: _key, ...open } = env;
const lines = (variables) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
const { address } = await startServed({ settings: lines(open) });
const browser = await startBrowser();

async function openDrawer() {
  const view = await openConsole(browser, address);
  await makeVault(view.page);
  await view.page.getByRole('button', { name: 'Command', exact: true }).click();
  return view;
}

// Runs a line in the drawer: {code, stdout, stderr}.
async function type(page, line) {
  const before = await page.locator('.drawer .run').count();
  await page.getByLabel('Command line').fill(line);
  await page.keyboard.press('Enter');
  return finished(page, before);
}
async function finished(page, at) {
  const block = page.locator('.drawer .run').nth(at);
  await block.locator('[data-exit]').waitFor();
  const text = async (stream) => (await block.locator(`pre > .${stream}`).allTextContents()).join('');
  return {
    code: Number(await block.locator('[data-exit]').getAttribute('data-exit')),
    stdout: await text('out'),
    stderr: await text('err'),
  };
}

test('output and exit codes equal those of Node on the same command lines', async (context) => {
  const { page, ...view } = await openDrawer();
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), lines(open));
  const did = 'did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  for (const words of [
    ['--version'],
    ['--help'],
    ['qualify', 'event', '--help'],
    ['nope'],
    ['qualify', 'mcr', 'no DID'],
    ['qualify', 'mcr', did],
    ['show', 'operator', 'machines', did],
    ['whoami'],
    ['activate', '--doc-url', 'https://example.com/a b', '--data-api', 'x'],
    ['qualify', 'event', '--machine-id', '1'],
    ['console'],
  ]) {
    const line = words.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
    const here = await type(page, line);
    if (words[0] === 'console') {
      assert.equal(here.code, 1);
      assert.match(here.stderr, /npx peaqos console/);
      continue;
    }
    const { code, stdout, stderr } = await run('peaqos', words, { cwd });
    assert.deepEqual(here, { code, stdout, stderr }, line);
  }
  await keepPictures(page, 'command');
  await assertAccessible(page);
  await assertQuiet({ page, ...view });
  await view.context.close();
});

test('failures of endpoints are told as Node tells them', async (context) => {
  const settings = lines({ ...open, PEAQOS_RPC_URL: 'http://127.0.0.1:9', PEAQOS_MCR_API_URL: 'http://127.0.0.1:9' });
  const served = await startServed({ settings });
  const view = await openConsole(browser, served.address);
  const { page } = view;
  await makeVault(page);
  await page.getByRole('button', { name: 'Command', exact: true }).click();
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), settings);
  const words = ['qualify', 'mcr', 'did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'];
  const { code, stdout, stderr } = await run('peaqos', words, { cwd });
  assert.deepEqual(await type(page, words.join(' ')), { code, stdout, stderr });
  assert.match(stderr, /refused/);
  await view.context.close();
});

test('questions are answered in the drawer, hidden ones without an echo', async () => {
  const view = await openDrawer();
  const { page } = view;
  await page.getByLabel('Command line').fill('init');
  await page.keyboard.press('Enter');
  const answer = page.getByLabel('Answer');
  const key = `0x${'22'.repeat(32)}`;
  for (let asked = 0; (await page.locator('.drawer [data-exit]').count()) === 0 && asked < 40; ++asked) {
    await Promise.race([answer.waitFor(), page.locator('.drawer [data-exit]').waitFor()]);
    if ((await answer.count()) === 0) break;
    const hidden = (await answer.getAttribute('type')) === 'password';
    const text = await page.locator('.drawer pre').innerText();
    const reply = hidden ? key : /\[y\/N\]:?\s*$/.test(text) ? 'y' : /paste[^\n]*$/.test(text) ? 'paste' : '';
    await answer.fill(reply);
    const seen = text.length;
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (length) =>
        document.querySelector('.drawer pre').innerText.length > length ||
        document.querySelector('.drawer [data-exit]'),
      seen,
    );
  }
  const { code, stdout, stderr } = await finished(page, 0);
  assert.equal(code, 0, stderr);
  assert.ok(!`${stdout}${stderr}`.includes(key.slice(2)));
  await view.context.close();
});

test('Ctrl-C ends a question and a run', async () => {
  const { page, context } = await openDrawer();
  await page.getByLabel('Command line').fill('init');
  await page.keyboard.press('Enter');
  await page.getByLabel('Answer').waitFor();
  await page.keyboard.press('Control+c');
  assert.equal((await finished(page, 0)).code, 130);
  await context.close();
});

test('files are taken from the disk', async () => {
  const { page, context } = await openDrawer();
  const words = 'qualify event --machine-id 1 --type revenue --value 1 --ts 1776945600 --raw-data invoice.json';
  await page.getByLabel('Command line').fill(words);
  await page.keyboard.press('Enter');
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('Choose invoice.json').click();
  await (await chooser).setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  const { code, stderr } = await finished(page, 0);
  assert.equal(code, 3); // no key, but the file was read
  assert.match(stderr, /PEAQOS_PRIVATE_KEY|wallet/i);
  await context.close();
});

test('Tab completes from the help, arrows recall, and the history survives a lock', async () => {
  const { page, context } = await openDrawer();
  const line = page.getByLabel('Command line');
  await line.fill('qualify m');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('.drawer input').value === 'qualify mcr ');
  await line.fill('qualify event --mach');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('.drawer input').value === 'qualify event --machine-id ');
  await type(page, '--version');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.waitForSelector('pq-frame .room h1');
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('peaqos whoami');
  await page.keyboard.press('Enter');
  assert.equal((await finished(page, 0)).code, 3);
  await page.getByLabel('Command line').press('ArrowUp');
  await page.getByLabel('Command line').press('ArrowUp');
  assert.equal(await page.getByLabel('Command line').inputValue(), '--version');
  await context.close();
});
