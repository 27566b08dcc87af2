// npm run pack: the npm packages into build/packages, each with the licences and the bill of materials of what is inside, and
// their hashes. Equal sources make equal files.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from '../release/packages.mjs';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { root, run } from '../steps/shell.mjs';

export default async function pack() {
  await setUp();
  await buildCommand();
  await buildNative();
  const destination = join(root, 'build/packages');
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  for (const folder of Object.keys(packages))
    await run('npm', ['pack', '--silent', '--pack-destination', destination], { cwd: join(root, folder) });
  const names = readdirSync(destination).sort();
  const sums = names.map((name) => `${hashOf(join(destination, name))}  ${name}\n`).join('');
  writeFileSync(join(destination, 'SHA256SUMS'), sums);
  process.stderr.write(`peaqos: the packages are in build/packages\n${sums}`);
}

async function buildNative() {
  await buildPreset('linux-x64');
  const folder = join(root, 'native/linux-x64/bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, 'build/linux-x64/native/peaqos-native'), join(folder, 'peaqos'));
}

const hashOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
