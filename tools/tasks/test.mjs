// npm test: unit suites natively under sanitizers and as WASM, the corpus of each fuzz target, then everything that Node
// drives; of the long suites a part. Words limit it to the test files whose paths hold one of them, build only what those
// need, and run unit suites natively. With words or --full the long suites are whole.
// SPDX-License-Identifier: Apache-2.0
import { installerOf } from '../../tests/conformance/reference.mjs';
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';
import { selectTests } from '../steps/select_tests.mjs';
import { fail, runBeside, status } from '../steps/shell.mjs';

const programs = ['bash', 'tools/setup.sh', '--tests'];
const references = [installerOf('reference'), installerOf('reference2')];
const fetched = (commands) => commands.map(([program, ...words]) => runBeside(program, words));
const runFiles = (files) => status('node', ['--test', '--test-reporter=spec', '--test-concurrency=2', ...files]);

export default async function test(given) {
  const full = given.includes('--full');
  const words = given.filter((word) => word !== '--full');
  if (full || !words.length) process.env.PEAQOS_TESTS = full ? 'full' : 'part'; // tests/support/depth.mjs
  await setUp();
  return words.length ? testSome(words) : testAll();
}

async function testAll() {
  // What only tests need comes over the network while the compilers work.
  const arrived = fetched([programs, ...references]);
  await buildPreset('asan');
  await buildPreset('wasm');
  await buildCommand();
  await Promise.all(arrived);
  const outcomes = [
    await status('ctest', ['--preset', 'asan', '--progress', '--parallel', '2']),
    await status('bash', ['-c', '. .deps/emscripten/env.sh && exec ctest --preset wasm --progress --parallel 2']),
    await runFiles(selectTests([]).files),
  ];
  return outcomes.every((code) => code === 0) ? 0 : 1;
}

async function testSome(words) {
  const { suites, files, needs } = selectTests(words);
  if (suites.length + files.length === 0)
    fail(`no test file's path holds ${words.map((word) => `'${word}'`).join(' or ')}`);
  const arrived = fetched([
    ...(needs.has('programs') ? [programs] : []),
    ...(needs.has('reference') ? references : []),
  ]);
  const targets = [
    ...(suites.length ? ['peaqos_unit'] : []),
    ...(needs.has('native') ? ['peaqos-native'] : []),
    ...(needs.has('probes') ? ['transport_probe'] : []),
  ];
  if (targets.length) await buildPreset('asan', targets);
  if (needs.has('probes')) await buildPreset('wasm', ['transport_probe']);
  if (needs.has('command')) await buildCommand();
  await Promise.all(arrived);
  const outcomes = [];
  if (suites.length) {
    const filter = suites.map((suite) => `${suite}.*:*/${suite}.*`).join(':');
    outcomes.push(await status('build/asan/tests/unit/peaqos_unit', ['--gtest_brief=1', `--gtest_filter=${filter}`]));
  }
  if (files.length) outcomes.push(await runFiles(files));
  return outcomes.every((code) => code === 0) ? 0 : 1;
}
