// npm test: every test. Unit suites natively under sanitizers and as WASM, fuzz targets for a bounded
// number of inputs, then everything that Node drives.
// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installer } from '../../tests/conformance/reference.mjs';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { root, runBeside, status } from '../steps/shell.mjs';

const folders = ['tests', 'devnet/test', 'wasm/test', 'node-cli/test'];

export default async function test(args) {
  await setUp();
  // What only tests need comes over the network while the compilers work.
  const arrived = [['bash', 'tools/setup.sh', '--tests'], installer].map(([program, ...words]) =>
    runBeside(program, words),
  );
  await buildPreset('asan');
  await buildPreset('wasm');
  await buildPreset('fuzz', ['fuzz_targets']);
  await buildCommand();
  await Promise.all(arrived);
  const outcomes = [
    await status('ctest', ['--preset', 'asan', '--progress', '--parallel', '2']),
    await status('ctest', ['--preset', 'fuzz', '--progress', '--parallel', '2']),
    await status('bash', ['-c', '. .deps/emscripten/env.sh && exec ctest --preset wasm --progress']),
    await status('node', ['--test', '--test-reporter=spec', '--test-concurrency=2', ...testFiles(args)]),
  ];
  return outcomes.every((code) => code === 0) ? 0 : 1;
}

// Test files, or those whose path holds one of the given words.
function testFiles(words) {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort();
}
