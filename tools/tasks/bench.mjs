// npm run bench: speed, requests and sizes beside named peers, in one run; ends with 1 when a bar is missed.
// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { root, run } from '../steps/shell.mjs';

const reference = ['peaq-os-cli==0.0.4', 'peaq-os-sdk==0.2.0'];

// The Python reference in an environment of its own.
function installReference() {
  const home = join(root, '.bench/venv');
  if (existsSync(join(home, 'bin/peaqos'))) return;
  run('python3', ['-m', 'venv', home]);
  run(join(home, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...reference]);
}

export default async function bench() {
  setUp();
  buildCommand();
  buildPreset('wasm', ['crypto_bench']);
  buildPreset('native', ['crypto_bench', 'peaqos-native']);
  installReference();
  const { measureAll } = await import('../../tests/bench/bench.mjs');
  return (await measureAll()) ? 0 : 1;
}
