// npm run fuzz [-- TARGET [SECONDS]]: libFuzzer over every target of tests/fuzz, or over one, for a minute each or for the
// given seconds. It goes on from what it learnt before; a finding is kept as a file, and its place is said.
// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPreset, setUp } from '../steps/prepare.mjs';
import { fail, root, status } from '../steps/shell.mjs';

const SUFFIX = '_fuzz.cpp';
const targets = readdirSync(join(root, 'tests/fuzz'))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

export default async function fuzz([target, seconds = '60']) {
  if (target && !targets.includes(target)) fail(`'${target}' is no fuzz target. Targets: ${targets.join(', ')}`);
  if (!/^[1-9]\d*$/.test(seconds)) fail(`'${seconds}' is no number of seconds`);
  const chosen = target ? [target] : targets;
  await setUp();
  await buildPreset('fuzz', [target ? `${target}_fuzz` : 'fuzz_targets']);
  const broken = [];
  for (const name of chosen) if ((await runTarget(name, seconds)) !== 0) broken.push(name);
  if (broken.length > 0) process.stderr.write(`peaqos: findings of ${broken.join(', ')} are in build/fuzz/findings\n`);
  return broken.length > 0 ? 1 : 0;
}

function runTarget(name, seconds) {
  const folder = join(root, 'build/fuzz/tests/fuzz');
  const findings = join(root, 'build/fuzz/findings');
  mkdirSync(findings, { recursive: true });
  const options = readFileSync(join(folder, `${name}_fuzz.options`), 'utf8').split(';');
  process.stdout.write(`\n${name}: ${seconds} s\n`);
  return status(join(folder, `${name}_fuzz`), [
    `-max_total_time=${seconds}`,
    `-artifact_prefix=${findings}/${name}-`,
    ...options,
  ]);
}
