// The room Settings: endpoints and their tests, `.env` in and out, keys that are never shown.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { after, before, describe } from 'node:test';
import { startBrowser } from '../support/browser.mjs';
import {
  assertAccessible,
  assertQuiet,
  keepPictures,
  makeVault,
  openConsole,
  serveConsole,
} from '../support/console.mjs';
import { envText, importSettings } from '../support/drawer.mjs';
import { tellStory } from '../support/story.mjs';
import { newOperator, startWorld } from '../support/world.mjs';

const browser = await startBrowser();
const world = await startWorld();
const address = await serveConsole();

// A node that answers, but allows no page to read it.
async function startClosedNode() {
  const server = http.createServer((_, response) => response.end('{"jsonrpc":"2.0","id":1,"result":"0x1"}'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

const exported = async (page, name) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Export ${name}` }).click(),
  ]);
  return readFileSync(await download.path());
};

describe('settings', () => {
  const step = tellStory();
  let console_;
  let page;
  let operator;
  const odd = () =>
    `\uFEFF# my settings\r\n\nexport PEAQOS_NETWORK = devnet # mine\n  OTHER='kept  as it is'\nnot a line\n${envText(operator.env)}PEAQOS_RPC_URL="http://127.0.0.1:1"`;

  before(async () => {
    operator = await newOperator(world);
    console_ = await openConsole(browser, address);
    ({ page } = console_);
    await makeVault(page);
  });

  step('.env leaves as it came, byte for byte', async () => {
    await importSettings(page, odd());
    assert.equal((await exported(page, '.env')).toString(), odd());
    await page.getByText('Line 5 of .env cannot be read').waitFor();
  });

  step('a changed setting changes its line alone', async () => {
    const field = page.getByLabel('Node', { exact: true });
    await field.fill(world.rpcUrl);
    await field.blur();
    await page.waitForFunction(() => /chain \d+/.test(document.querySelector('pq-top-bar')?.textContent));
    const text = (await exported(page, '.env')).toString();
    for (const line of ['# my settings\r\n', "  OTHER='kept  as it is'\n", 'not a line\n', '# mine\n'])
      assert.ok(text.includes(line), line);
    assert.ok(text.includes(`PEAQOS_RPC_URL=${world.rpcUrl}\n`));
    assert.ok(!text.includes('http://127.0.0.1:1"'));
  });

  step('an endpoint’s test tells what is there', async () => {
    const field = page.getByLabel('Node', { exact: true });
    const answer = async (url, words) => {
      await field.fill(url);
      await field.blur();
      await page.getByRole('button', { name: 'Test Node' }).click();
      await page.getByRole('status').getByText(words).waitFor();
    };
    await answer(await startClosedNode(), /Answers, but not to this page/);
    await answer('http://127.0.0.1:1', /Not reachable/);
    await answer(world.urls.mcr, /not as an EVM node/);
    await answer(world.rpcUrl, new RegExp(`Reachable · chain ${world.chainId} · `));
    // The first two complain in the browser's console, as they should.
    console_.problems.length = 0;
  });

  step('a key is set, said to be there, and removed; it is shown nowhere', async () => {
    await page.getByRole('button', { name: 'Replace Machine Market key' }).click();
    await page.locator('dialog input').fill('orch-key-that-nobody-sees');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.ok((await exported(page, '.env')).includes('PEAQOS_ORCH_API_KEY=orch-key-that-nobody-sees\n'));
    const html = await page.evaluate(() => document.documentElement.outerHTML);
    assert.ok(!html.includes('orch-key-that-nobody-sees'));
    assert.ok(!html.includes(operator.key.slice(2)));

    await page.getByRole('button', { name: 'Remove Machine Market key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Set Machine Market key' }).waitFor();
  });

  step('about names the versions and the licences', async () => {
    await page.getByText(/peaqos \d+\.\d+\.\d+ \(@peaqos\/core/).waitFor();
    await page.getByRole('button', { name: 'Licences of its parts' }).click();
    const parts = ['lit', 'Botan', 'JSON for Modern C++', 'libsecp256k1', 'QR Code generator', 'TinySSH', 'yyjson'];
    for (const name of parts) await page.getByRole('dialog').getByText(name, { exact: true }).waitFor();
    const texts = await page.locator('pre.licence').allTextContents();
    assert.deepEqual(
      texts.filter((text) => text.length < 200),
      [],
    );
    await page.getByRole('button', { name: 'Close' }).click();
  });

  step('it looks right, and axe finds nothing', async () => {
    await page.getByRole('button', { name: 'Test all' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.endpoint [role=status]').length === 4);
    await keepPictures(page, 'settings');
    await assertAccessible(page);
    // An API answers its base URL with 404, which the browser notes; there is nothing else.
    const problems = console_.problems.filter((text) => !/status of 404/.test(text));
    await assertQuiet({ page, problems });
  });
});
