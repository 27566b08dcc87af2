// npm run lint: formatting, then eslint and clang-tidy. `npm run lint -- FILE...` limits clang-tidy to some files.
// SPDX-License-Identifier: Apache-2.0
import { buildPreset, setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';
import format, { tracked } from './format.mjs';

export default async function lint(files) {
  await setUp();
  await buildPreset('tidy', ['botan']); // whose header is made by the build
  const sources = files.length ? files : tracked('core/*.cpp', 'native/*.cpp');
  const outcomes = [
    await format(['--check']),
    await status('node', ['node_modules/eslint/bin/eslint.js', '.']),
    await status('bash', [
      '-c',
      'printf "%s\\0" "$@" | xargs -0 -n 4 -P 2 clang-tidy-19 --quiet -p build/tidy',
      'tidy',
      ...sources,
    ]),
  ];
  return outcomes.every((code) => code === 0) ? 0 : 1;
}
