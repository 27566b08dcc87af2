// npm run format: the formatters decide style. With --check, only says what they would change.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { setUp } from '../steps/prepare.mjs';
import { root, status } from '../steps/shell.mjs';

export function tracked(...patterns) {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);
}

export default async function format(args) {
  await setUp();
  const check = args.includes('--check');
  const cpp = await status('clang-format-19', [
    ...(check ? ['--dry-run', '--Werror'] : ['-i']),
    ...tracked('*.cpp', '*.hpp'),
  ]);
  const js = await status('node', [
    'node_modules/prettier/bin/prettier.cjs',
    check ? '--check' : '--write',
    '--log-level=warn',
    '.',
  ]);
  return cpp || js;
}
