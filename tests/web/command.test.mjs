// The command drawer: lines in the browser come to what they come to in Node.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import { run, scratch } from '../support/commands.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  passphrase,
  serveConsole,
  startServed,
} from '../support/console.mjs';
import { envText, importSettings, openDrawer, outcome, runLine, typeLine } from '../support/drawer.mjs';
import { enterRoom } from '../support/rooms.mjs';
import { tellStory } from '../support/story.mjs';
import { activate, machineIdOf, newOperator, startWorld, urls } from '../support/world.mjs';

const browser = await startBrowser();
const world = await startWorld();
const address = await serveConsole();

const stateOf = (page) => page.evaluate(() => document.querySelector('#command-line').value);

describe('lines', () => {
  const step = tellStory();
  const operator = {};
  let console_;
  let page;
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
  after(() => rmSync(cwd, { recursive: true, force: true }));

  before(async () => {
    Object.assign(operator, await newOperator(world));
    writeFileSync(join(cwd, '.env'), envText(operator.env));
    const activated = await run('peaqos', activate, { cwd });
    assert.equal(activated.code, 0, activated.stderr);
    operator.machineId = machineIdOf(activated);

    console_ = await openConsole(browser, address);
    ({ page } = console_);
    await makeVault(page);
    await importSettings(page, envText(operator.env));
    await openDrawer(page);
  });

  const event = () => `qualify event --machine-id ${operator.machineId} --type revenue --value 125`;
  const table = [
    ['the versions', () => '--version'],
    ['the help', () => '--help'],
    ['a group alone', () => 'show'],
    ['the help of a command', () => 'qualify event --help'],
    ['an unknown command', () => 'frobnicate'],
    ['a quoted unknown command', () => `'show machine'`],
    ['an unknown option', () => 'whoami --frobnicate'],
    ['who signs', () => 'whoami'],
    ['who signs, as JSON', () => 'whoami --json'],
    ['a fleet', () => `show operator machines ${operator.did}`],
    ['a fleet, as JSON', () => `show operator machines "${operator.did}" --json`],
    ['a machine', () => `show machine ${operator.did} --json`],
    ['a rating', () => `qualify mcr ${operator.did}`],
    ['the rating of nobody', () => 'qualify mcr did:peaq:0x00000000000000000000000000000000000000aa'],
    ['a DID that is none', () => 'qualify mcr did:web:example.com'],
    ['a missing option', () => 'qualify event --machine-id 1'],
    ['a bad choice', () => `${event()} --ts 1776945600 --trust blind`],
    ['an event in the future', () => `${event()} --ts 4102444800`],
    ['an event of another’s machine', () => 'qualify event --machine-id 999 --type activity --value 1 --ts 1776945600'],
    ['an activated machine', () => `activate ${urls.join(' ')} --skip-funding`],
    ['settings that are there already', () => 'init --non-interactive'],
  ];
  for (const [name, line] of table)
    test(`${name}: code and output as in Node`, async () => {
      const inBrowser = await runLine(page, line());
      const words = line()
        .split(' ')
        .map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
      const quoted = /^'(.*)'$/.exec(line());
      const inNode = await run('peaqos', quoted ? [quoted[1]] : words, { cwd });
      assert.equal(inBrowser.code, inNode.code, `${inBrowser.stderr}\n${inNode.stderr}`);
      assert.equal(inBrowser.stdout, inNode.stdout);
    });

  step('a quote without its end is said, and nothing runs', async () => {
    await typeLine(page, `show 'machine`);
    await page.getByText("the line has a ' without its end").waitFor();
  });

  step('a file of the line comes from the disk; none there is as in Node', async () => {
    const line = `${event()} --ts 1776945600 --raw-data reading.json`;
    await typeLine(page, line);
    await page.getByRole('button', { name: 'There is no such file' }).click();
    const inNode = await run('peaqos', line.split(' '), { cwd });
    const missing = await outcome(page);
    assert.equal(missing.code, inNode.code);
    assert.match(missing.stderr, /reading\.json/);

    await typeLine(page, line);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose reading.json' }).click();
    await (await choosing).setFiles({ name: 'r.json', mimeType: 'text/plain', buffer: Buffer.from('{"kWh":12}') });
    const { code, stdout } = await outcome(page);
    assert.equal(code, 0);
    assert.match(stdout, /0x[0-9a-f]{64}/);
  });

  step('the journal and the settings stay in the vault, and leave byte for byte', async () => {
    await enterRoom(page, 'settings');
    const exported = async (name) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Export ${name}` }).click(),
      ]);
      return readFileSync(await download.path(), 'utf8');
    };
    assert.equal(await exported('.env'), envText(operator.env));
    const rows = (await exported('peaqos.log'))
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    const story = rows.map(({ step, status }) => `${step} ${status}`);
    assert.deepEqual(story.slice(-2), ['submit_event pending', 'submit_event confirmed']);
  });

  step('the history is recalled, and words are completed', async () => {
    const input = page.locator('#command-line');
    await input.fill('');
    await runLine(page, 'whoami');
    await input.press('ArrowUp');
    assert.equal(await stateOf(page), 'whoami');
    await input.fill('qual');
    await input.press('Tab');
    await page.waitForFunction(() => document.querySelector('#command-line').value === 'qualify ');
    await input.press('Tab');
    await page.getByRole('status').getByText('event', { exact: true }).waitFor();
    await input.fill('qualify event --trust h');
    await input.press('Tab');
    await page.waitForFunction(
      () => document.querySelector('#command-line').value === 'qualify event --trust hardware ',
    );
    await input.fill('');
  });

  step('it looks right, and axe finds nothing', async () => {
    await runLine(page, 'frobnicate');
    await keepPictures(page, 'command');
    await assertAccessible(page);
  });

  step('the page complained about nothing, and the key is nowhere in it', async () => {
    await assertQuiet(console_);
    const traces = await page.evaluate(() => ({
      html: document.documentElement.outerHTML,
      local: JSON.stringify({ ...localStorage }),
      url: location.href,
    }));
    for (const text of Object.values(traces)) assert.ok(!text.includes(operator.key.slice(2)));
  });
});

test('failures of endpoints are told as Node tells them, where peaqos console serves the page', async (context) => {
  const { PEAQOS_PRIVATE_KEY: _, ...open } = world.env();
  const closed = { ...open, PEAQOS_RPC_URL: 'http://127.0.0.1:9', PEAQOS_MCR_API_URL: 'http://127.0.0.1:9' };
  const served = await startServed({ settings: envText(closed) });
  const { page } = await openConsole(browser, served.address);
  await makeVault(page);
  await openDrawer(page);
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), envText(closed), { mode: 0o600 });
  const line = 'qualify mcr did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  const { code, stdout, stderr } = await run('peaqos', line.split(' '), { cwd });
  assert.deepEqual(await runLine(page, line), { code, stdout, stderr });
  assert.match(stderr, /refused/);
  await page.context().close();
});

test('init asks in the drawer, hidden questions masked, and writes the vault’s .env', async () => {
  const { page } = await openConsole(browser, address);
  await makeVault(page);
  await openDrawer(page);
  await typeLine(page, 'init');
  const answer = page.locator('.answer input');
  const ended = page.locator('.run .outcome');
  const key = `0x${'22'.repeat(32)}`;
  let masked = 0;
  while (!(await ended.isVisible())) {
    await answer.or(ended).waitFor();
    if (await ended.isVisible()) break;
    const asked = await answer.getAttribute('aria-label');
    const hidden = (await answer.getAttribute('type')) === 'password';
    masked += hidden;
    await answer.fill(hidden ? key : /\[y\/N\]/.test(asked) ? 'y' : /paste/.test(asked) ? 'paste' : '');
    const before = await page.locator('.run pre.echo').allTextContents();
    await answer.press('Enter');
    await page.waitForFunction(
      (seen) =>
        [...document.querySelectorAll('.run pre.echo')].map(({ textContent }) => textContent).join('') !== seen ||
        document.querySelector('.run .outcome'),
      before.join(''),
    );
  }
  const { code, stdout, stderr } = await outcome(page);
  assert.equal(code, 0, stderr);
  assert.ok(masked > 0);
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!`${stdout}${stderr}${html}`.includes(key.slice(2)));
  await page.context().close();
});

test('Ctrl-C ends a question; the history outlives a lock; the palette runs a line', async () => {
  const { page } = await openConsole(browser, address);
  await makeVault(page);
  await openDrawer(page);
  await typeLine(page, 'init');
  const answer = page.locator('.answer input');
  await answer.waitFor();
  await answer.press('Control+c');
  const { code, stderr } = await outcome(page);
  assert.equal(code, 130, stderr);
  await runLine(page, 'nope --orch-api-key secret');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.waitForSelector('pq-frame .room h1');
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('peaqos --version');
  await page.keyboard.press('Enter');
  assert.equal((await outcome(page)).code, 0);
  const line = page.locator('#command-line');
  await line.press('ArrowUp');
  await line.press('ArrowUp');
  assert.equal(await line.inputValue(), 'init');
  await page.context().close();
});
