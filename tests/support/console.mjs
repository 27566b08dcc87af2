// The console in a real browser, for the tests of one file: its pages, their complaints, pictures of them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveStatic } from './browser.mjs';
import { commands } from './commands.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pictures = join(root, 'build/screenshots');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const patience = 120_000; // milliseconds that a busy machine may take; nothing is judged by time

export const passphrase = 'correct horse battery staple';

/** The console on a static host, with the policy that is in its page. */
export const serveConsole = () => serveStatic({ folders: { '/': join(root, 'web/dist/') } });

/** `peaqos console` in a folder with these settings (lines of `.env`): {address, port, token}. It ends with the file's tests. */
export async function startServed({ settings = '', env = {} } = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-test-'));
  writeFileSync(join(cwd, '.env'), settings);
  const child = spawn(...served(['console', '--no-open', '--port', '0']), {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  after(async () => {
    const ended = once(child, 'close');
    child.kill('SIGINT');
    await ended;
    rmSync(cwd, { recursive: true, force: true });
  });
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) {
    text += part;
    if (text.endsWith('\n')) break;
  }
  const [, port, token] = /:(\d+)\/#token=(\w+)/.exec(text);
  return { address: text.trim(), port: Number(port), token };
}

const served = (words) => {
  const [program, ...first] = commands.peaqos;
  return [program, [...first, ...words]];
};

// An address of `peaqos console` lets one browser in: what it gave the first is given to the browsers after it.
const admissions = new Map(); // address -> cookies

export async function admit(context, address) {
  if (!address.includes('#token=')) return undefined;
  const token = /^[^#]*#token=[\w-]+/.exec(address)?.[0] ?? address; // a room may follow it
  const known = admissions.get(token);
  if (known) return context.addCookies(known);
  return async () => {
    const deadline = Date.now() + 10_000;
    for (let cookies = []; ; cookies = await context.cookies(address)) {
      if (cookies.length > 0) return admissions.set(token, cookies);
      if (Date.now() > deadline) return undefined; // what the test is about may be a refusal
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}

/**
 * A page of its own, as a browser of one person: {page, problems}. `problems` collects what the page complains about:
 * refusals of the Content-Security-Policy, uncaught errors, errors of the console.
 */
export async function openConsole(browser, address, { options = {}, context } = {}) {
  const own = context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options }));
  own.setDefaultTimeout(patience);
  const page = await own.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`));
  await page.addInitScript(() => {
    window.refusals = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.refusals.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  const admitted = await admit(own, address);
  await page.goto(address);
  await page.waitForSelector('pq-gate, pq-frame');
  await admitted?.();
  return { page, problems, context: own };
}

/** Fails when the page complained, or its policy refused something. */
export async function assertQuiet({ page, problems }) {
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate(() => window.refusals), []);
}

/** Makes a vault by the first visit's screens, and waits for the frame. */
export async function makeVault(page, { secret = passphrase } = {}) {
  await page.getByRole('button', { name: 'Create a wallet' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(secret);
  await page.getByLabel('Passphrase again', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.waitForSelector('pq-frame');
}

const phone = { width: 360, height: 740 };

/** Keeps pictures of what the page shows: light and dark, as it is and on a phone, where only tables may scroll sideways. */
export async function keepPictures(page, name) {
  mkdirSync(pictures, { recursive: true });
  const size = page.viewportSize();
  await takePictures(page, name);
  if (size.width > phone.width) {
    await page.setViewportSize(phone);
    await takePictures(page, `${name}-phone`);
  }
  assert.deepEqual(await page.evaluate(sideways), [], `${name} scrolls sideways on a phone`);
  await page.setViewportSize(size);
}

async function takePictures(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
}

// What is wider than it may be, of the things that hold a view.
const sideways = () =>
  ['html', '.room', 'dialog[open] > .body', 'dialog[open]', '.gate', '.drawer-frame']
    .map((selector) => [selector, document.querySelector(selector)])
    .filter(([, element]) => element && element.scrollWidth > element.clientWidth)
    .map(([selector, element]) => `${selector}: ${element.scrollWidth} > ${element.clientWidth}`);

/** Fails when axe finds something against WCAG 2.2 AA, in light or dark. */
export async function assertAccessible(page) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await runAxe(page);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    assert.deepEqual(found, [], `axe, ${colorScheme}`);
  }
}

async function runAxe(page) {
  // A script that the page's policy would refuse comes in by the debugger's door.
  await page.evaluate(readFileSync(axe, 'utf8'));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return page.evaluate(
    async (values) => (await window.axe.run(document, { runOnly: { type: 'tag', values } })).violations,
    tags,
  );
}
