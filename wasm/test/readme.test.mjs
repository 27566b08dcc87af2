// The README's examples run as they stand there, and its types hold.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newOperator, startWorld } from '../../tests/support/world.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'wasm/README.md'), 'utf8');
const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
const world = await startWorld();

/** A folder in which the workspace's packages can be imported. */
function project(context) {
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-readme-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const expected = [
  /signs on chain 31338\n[^]*6 machine_did confirmed[^]*did:peaq:0x[^]*rated \w+, \d+ of 100\nhttps:\/\/example\.com\/docs\n$/,
  /^30 of 30 recorded, in groups\n$/,
  /^robot-7 0x[0-9a-fA-F]{40}\n24 words\n$/,
  /^input \w+: [^\n]+\n$/,
  /^0 {3}Address : {2}0x/,
];

test('there is an expectation for every example', () => assert.equal(examples.length, expected.length));

for (const [index, code] of examples.entries()) {
  test(`example ${index + 1} of the README`, async (context) => {
    const folder = project(context);
    writeFileSync(join(folder, 'example.mjs'), code);
    const { env } = await newOperator(world);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['example.mjs'], {
      cwd: folder,
      env: { ...env, PATH: process.env.PATH, HOME: folder },
      timeout: 60_000,
    });
    assert.match(stdout, expected[index]);
    assert.equal(stderr, '');
  });
}

test('the examples agree with the types', async (context) => {
  const folder = project(context);
  examples.forEach((code, index) => writeFileSync(join(folder, `example${index}.mts`), code));
  writeFileSync(
    join(folder, 'wrong.mts'),
    "import { createClient } from '@peaqos/core';\n// @ts-expect-error: a URL is a text\nvoid createClient().activate({ docUrl: 1 });\n",
  );
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const files = [...examples.keys()].map((index) => `example${index}.mts`);
  await promisify(execFile)(process.execPath, [compiler, ...options, ...files, 'wrong.mts'], {
    cwd: folder,
    timeout: 120_000,
  }).catch(({ stdout }) => assert.fail(stdout));
});
