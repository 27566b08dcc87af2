// The console in a real browser: what it loads, and how soon it answers.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { launchBrowser } from '../support/browser.mjs';
import { admit } from '../support/console.mjs';
import { envText } from '../support/drawer.mjs';
import { newOperator } from '../support/world.mjs';
import { measureFleet } from './fleet.mjs';
import { measureLighthouse } from './lighthouse.mjs';

const program = fileURLToPath(new URL('../../node-cli/dist/peaqos.cjs', import.meta.url));
const passphrase = 'correct horse battery staple';
const rounds = 7;

const median = (values) => values.slice().sort((a, b) => a - b)[values.length >> 1];

/** `row(what, figure, {bar, holds})` prints one line of the bench's table. */
export async function measureConsole(world, row, cwd) {
  const operator = await newOperator(world);
  world.control.addFleet(operator.address, 10_000);
  writeFileSync(join(cwd, '.env'), envText(operator.env));
  const child = spawn(process.execPath, [program, 'console', '--no-open', '--port', '0'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await launchBrowser();
  try {
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    await measureLoad(browser, line.trim(), row);
    const page = await measureUnlock(browser, line.trim(), row);
    await measureFleet(page, operator, row);
    await measureLighthouse(line.trim(), row);
  } finally {
    await browser.close();
    child.kill('SIGINT');
  }
}

async function measureLoad(browser, address, row) {
  const times = [];
  let size;
  for (let round = 0; round < rounds; ++round) {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const admitted = await admit(context, address);
    const answers = [];
    context.on('response', (answer) => answer.request().method() === 'GET' && answers.push(answer));
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('button', { name: 'Create a wallet' }).waitFor();
    times.push(await page.evaluate(() => performance.now()));
    await admitted?.();
    const bodies = await Promise.all(answers.map((answer) => answer.body()));
    size = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
    await context.close();
  }
  row('console: first load without the module, brotli', `${size} bytes`, {
    bar: '<= 60 KB',
    holds: size <= 60 * 1024,
  });
  const time = median(times);
  row('console: until a first visit can be answered', `${time.toFixed(0)} ms`, { bar: '< 1 s', holds: time < 1000 });
}

// The page's longest silence while its worker stretches the passphrase, 600,000 rounds.
async function measureUnlock(browser, address, row) {
  const context = await browser.newContext();
  await admit(context, address);
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Create a wallet' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase again', { exact: true }).fill(passphrase);
  await page.evaluate(() => {
    let last = performance.now();
    window.longest = 0;
    const tick = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      window.timer = setTimeout(tick);
    };
    tick();
  });
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.waitForSelector('pq-frame');
  const longest = await page.evaluate(() => (clearTimeout(window.timer), window.longest));
  row('console: longest gap of the page while a vault is made', `${longest.toFixed(0)} ms`, {
    bar: '<= 50 ms',
    holds: longest <= 50,
  });
  return page;
}
