// The package in a page's bundle: each bundler takes it as it is published, without a word of configuration for it, and
// what comes out runs in a browser.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { serveStatic, startBrowser } from '../../tests/support/browser.mjs';

const source = fileURLToPath(new URL('..', import.meta.url));
const { files, version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const browser = await startBrowser();

const ENTRY = `
import { createClient, run } from '@peaqos/core';

let printed = '';
const code = await run(['--version'], { write: (stream, text) => (printed += text) });
const error = await createClient({ env: {} }).whoami().catch((failure) => failure);
document.body.textContent = [code, printed.trim(), error.name, error.code].join('|');
`;

// A page's project with the package in node_modules, as npm would put it there.
function newProject() {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-bundle-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, 'node_modules/@peaqos/core');
  mkdirSync(installed, { recursive: true });
  // What only a tarball gets is not there yet.
  const present = ['package.json', ...files].filter((file) => existsSync(join(source, file)));
  for (const file of present) cpSync(join(source, file), join(installed, file), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'main.js'), ENTRY);
  writeFileSync(join(folder, 'index.html'), '<body><script type="module" src="./main.js"></script></body>');
  return folder;
}

// Bundlers that take no files but scripts: whoever uses them puts the module beside the script, as README.md says.
const putModule = (folder) =>
  cpSync(join(folder, 'node_modules/@peaqos/core/dist/peaqos.wasm'), join(folder, 'dist/peaqos.wasm'));

async function runsInAPage(folder) {
  if (!existsSync(join(folder, 'dist/index.html')))
    writeFileSync(join(folder, 'dist/index.html'), '<body><script type="module" src="./main.js"></script></body>');
  const site = await serveStatic({ folders: { '/app/': join(folder, 'dist/') }, texts: { '/favicon.ico': '' } });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(`${site.replace(/\/$/, '')}/app/`);
  await page
    .waitForFunction(() => document.body.textContent.includes('|'), null, { timeout: 30_000 })
    .catch(() => assert.fail(problems.join('\n')));
  const [code, printed, name, error] = (await page.textContent('body')).trim().split('|');
  assert.deepEqual([code, name, error], ['0', 'PeaqosError', 'MISSING_PEAQOS_PRIVATE_KEY']);
  assert.ok(printed.includes(version), printed);
  assert.deepEqual(problems, []);
  await page.close();
}

test('esbuild', async () => {
  const folder = newProject();
  const { warnings } = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: ['main.js'],
    bundle: true,
    format: 'esm',
    outdir: 'dist',
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  putModule(folder);
  await runsInAPage(folder);
});

test('rollup, with its plug-in that finds packages', async () => {
  const folder = newProject();
  const bundle = await rollup({
    input: join(folder, 'main.js'),
    plugins: [nodeResolve()],
    onLog: (level, { message }) => assert.ok(message.includes('"module"'), message), // Node's, which no page asks for
  });
  await bundle.write({ dir: join(folder, 'dist'), format: 'es' });
  await bundle.close();
  putModule(folder);
  await runsInAPage(folder);
});

test('webpack', async () => {
  const folder = newProject();
  const output = { path: join(folder, 'dist') }; // its default, beside the working directory's
  const stats = await promisify(webpack)({ context: folder, mode: 'production', entry: './main.js', output });
  assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  assert.ok(readdirSync(join(folder, 'dist')).some((file) => file.endsWith('.wasm')));
  await runsInAPage(folder);
});

test('vite', async () => {
  const folder = newProject();
  await vite({ root: folder, base: './', configFile: false, logLevel: 'error' });
  assert.ok(readdirSync(join(folder, 'dist/assets')).some((file) => file.endsWith('.wasm')));
  await runsInAPage(folder);
});
