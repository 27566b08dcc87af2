// What every task needs first: the toolchain, the npm packages, and a build of the named presets.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, run } from './shell.mjs';

export function setUp() {
  run('bash', ['tools/setup.sh']);
  installNpmPackages();
}

function installNpmPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const want = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, want);
}

// Configures (once) and builds a CMake preset.
export function buildPreset(preset, targets = []) {
  const cmake = (...args) =>
    preset === 'wasm'
      ? run('bash', ['-c', '. .deps/emscripten/env.sh && exec cmake "$@"', 'cmake', ...args])
      : run('cmake', args);
  if (!existsSync(join(root, 'build', preset, 'build.ninja'))) cmake('--preset', preset);
  const target = targets.length ? ['--target', ...targets] : [];
  cmake('--build', '--preset', preset, '--parallel', String(availableParallelism()), ...target);
}

// The command as users get it: the WASM module, its one-file Node bundle, the console.
export function buildCommand() {
  buildPreset('wasm', ['peaqos_wasm']);
  run('node', ['web/build.mjs']);
  run('node', ['node-cli/build.mjs']);
}
