// The npm package as users get it: packed, and run by npx in an empty folder.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newOperator, startWorld } from '../../tests/support/world.mjs';

const source = fileURLToPath(new URL('..', import.meta.url));
const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'peaqos-pack-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Nothing is to be downloaded, and neither the user's cache nor npm's own state is touched.
const quiet = {
  PATH: process.env.PATH,
  HOME: folder,
  npm_config_cache: join(folder, 'cache'),
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};
const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
  cwd: source,
  env: quiet,
});
const [packed] = JSON.parse(stdout);
const npx = (words, options) =>
  execute('npx', ['--yes', `./${packed.filename}`, ...words], { cwd: folder, timeout: 120_000, ...options });

test('the tarball holds the command, its manual page, the module, the console, their licences and what npm wants, nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  const [site, rest] = [true, false].map((ofSite) => paths.filter((path) => path.startsWith('dist/web/') === ofSite));
  assert.ok(site.includes('dist/web/index.html'));
  assert.deepEqual(rest.sort(), [
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES.txt',
    'dist/command.cjs',
    'dist/console.cjs',
    'dist/mcp.cjs',
    'dist/peaqos.1',
    'dist/peaqos.cjs',
    'dist/peaqos.wasm',
    'dist/web.json',
    'package.json',
    'sbom.cdx.json',
    'skills/peaqos/SKILL.md',
  ]);
});

test('npx runs it in an empty folder', async () => {
  const version = await npx(['--version'], { env: quiet });
  assert.match(version.stdout, /^peaqos \d+\.\d+\.\d+ \(@peaqos\/core \d+\.\d+\.\d+\)\n$/);
  const world = await startWorld();
  const { address, env } = await newOperator(world);
  const whoami = await npx(['whoami'], { env: { ...quiet, ...env } });
  assert.ok(whoami.stdout.includes(address));
  const refused = await npx(['nope'], { env: quiet }).catch((error) => error);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Error: [^\n]*nope/);
});

test('it has no run-time dependency', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  assert.deepEqual(
    [manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies],
    [undefined, undefined, undefined],
  );
  assert.deepEqual(
    readdirSync(source).filter((name) => name === 'node_modules'),
    [],
  );
});
