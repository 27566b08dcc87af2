// What every task needs first: the toolchain, the npm packages, and a build of the named presets.
// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, run } from './shell.mjs';

export async function setUp() {
  await run('bash', ['tools/setup.sh']);
  await installNpmPackages();
}

async function installNpmPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const want = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, want);
}

// Whether a preset was configured, and as the presets are now.
function isConfigured(preset) {
  const ninja = join(root, 'build', preset, 'build.ninja');
  const changed = (path) => statSync(path).mtimeMs;
  return existsSync(ninja) && changed(ninja) >= changed(join(root, 'CMakePresets.json'));
}

// Configures (once) and builds a CMake preset.
export async function buildPreset(preset, targets = []) {
  const cmake = (...args) =>
    preset === 'wasm'
      ? run('bash', ['-c', '. .deps/emscripten/env.sh && exec cmake "$@"', 'cmake', ...args])
      : run('cmake', args);
  if (!isConfigured(preset)) await cmake('--preset', preset);
  const target = targets.length ? ['--target', ...targets] : [];
  await cmake('--build', '--preset', preset, '--parallel', String(availableParallelism()), ...target);
}

// The command as users get it: the WASM module, its one-file Node bundle, the console.
export async function buildCommand() {
  await buildPreset('wasm', ['peaqos_wasm']);
  await run('node', ['web/build.mjs']);
  await run('node', ['node-cli/build.mjs']);
}
