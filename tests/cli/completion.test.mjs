// Completion scripts, each run by its own shell.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands, run, scratch } from '../support/commands.mjs';

const inShell = (cwd, program, words) =>
  execFileSync(program, words, { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: cwd } });

const bashWord = (text) => `'${text}'`;

// A shell's candidates for a line, whose last word is the one to complete.
const shells = {
  bash: (cwd, words) => {
    const line = `COMP_WORDS=(peaqos ${words.map(bashWord).join(' ')}) COMP_CWORD=${words.length}`;
    const print = '_peaqos; printf "%s\\n" "${COMPREPLY[@]}"';
    return inShell(cwd, 'bash', [
      '--norc',
      '-uc',
      `source ./script; complete -p peaqos >/dev/null || exit; ${line}; ${print}`,
    ]);
  },
  // Its completion system works inside its line editor only: what it would be told is printed instead.
  zsh: (cwd, words) => {
    const told = `
      compdef() { [[ "$*" == "_peaqos peaqos" ]] }
      compadd() { print -l -- "$@" }
      _files() { print -l -- * }
      _message() { }
      _describe() { print -l -- "\${(@)\${(@P)@[-1]}%%:*}" }`;
    const line = `words=(peaqos ${words.map(bashWord).join(' ')}); CURRENT=${words.length + 1}`;
    const printed = inShell(cwd, 'zsh', ['-fec', `${told}\nsource ./script\n${line}\n_peaqos`]);
    return printed
      .split('\n')
      .filter((word) => word.startsWith(words.at(-1)))
      .join('\n');
  },
  fish: (cwd, words) =>
    inShell(cwd, 'fish', ['--no-config', '-c', `source ./script; complete -C '${['peaqos', ...words].join(' ')}'`])
      .split('\n')
      .map((row) => row.split('\t')[0])
      .filter((word) => words.at(-1).startsWith('-') || !word.startsWith('-'))
      .join('\n'),
};

const cases = [
  [['qua'], ['qualify']],
  [['--ver'], ['--verbose', '--version']],
  [['-q', 'sho'], ['show']],
  [
    ['qualify', 'e'],
    ['event', 'events'],
  ],
  [['show', 'operator', 'm'], ['machines']],
  [
    ['qualify', 'event', '--so'],
    ['--source-chain', '--source-tx'],
  ],
  [
    ['qualify', 'event', '--type', ''],
    ['activity', 'revenue'],
  ],
  [['qualify', 'event', '--type', 'revenue', '--trust', 'h'], ['hardware']],
  [['activate', '--machine-key', 'mach'], ['machine key.txt']],
  [['activate', '--doc-url', ''], []],
  [['whoami', 'x'], []],
];

for (const [shell, candidates] of Object.entries(shells)) {
  test(`${shell} completes commands, options and values`, async (context) => {
    const cwd = scratch(context);
    const scripts = await Promise.all(
      Object.keys(commands).map((command) => run(command, ['completion', shell], { cwd })),
    );
    assert.deepEqual(scripts[0], scripts[1]);
    assert.equal(scripts[0].code, 0, scripts[0].stderr);
    writeFileSync(join(cwd, 'script'), scripts[0].stdout);
    writeFileSync(join(cwd, 'machine key.txt'), '');
    for (const [words, expected] of cases) {
      const given = candidates(cwd, words)
        .split('\n')
        .map((word) => word.replace(/^['"]|['"]$|\\(?= )/g, ''))
        .filter(Boolean);
      assert.deepEqual([...new Set(given)].sort(), expected, `peaqos ${words.join(' ')}`);
    }
  });
}
