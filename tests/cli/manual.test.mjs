// The manual page and the README say all that the table of commands has.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { run, scratch, testBoth } from '../support/commands.mjs';

const section = (help, title) =>
  (new RegExp(`\\n${title}:\\n((?: .*\\n)+)`).exec(help)?.[1] ?? '').matchAll(/^ {2}(?:-\w, | {4})?([\w-]+)/gm);

/** Paths of all commands, and their options, as help tells them. */
async function commandsBelow(cwd, path = []) {
  const { stdout } = await run('peaqos-native', [...path, '--help'], { cwd });
  const found = [];
  const isGroup = path.length === 0 || /^Usage: .* COMMAND\n/.test(stdout);
  if (!isGroup) found.push({ path: path.join(' '), options: [...section(stdout, 'Options')].map(([, name]) => name) });
  for (const [, name] of section(stdout, 'Commands')) found.push(...(await commandsBelow(cwd, [...path, name])));
  return found;
}

/** Commands of the README's table; a row that begins with `peaqos a b` may go on with `c`, which is `peaqos a c`. */
function commandsOf(readme) {
  return [...readme.matchAll(/^\| (`peaqos .*?) \|/gm)].flatMap(([, cell]) => {
    const names = [...cell.matchAll(/`(?:peaqos )?([a-z]+(?:[ -][a-z]+)*)/g)].map(([, words]) =>
      words.trim().split(' '),
    );
    return names.map((words) => [...names[0].slice(0, names[0].length - words.length), ...words].join(' '));
  });
}

testBoth(
  'the manual page has every command and option, and troff takes it without a warning',
  async (command, context) => {
    const cwd = scratch(context);
    const { code, stdout } = await run(command, ['man'], { cwd });
    assert.equal(code, 0);
    const {
      status,
      stdout: page,
      stderr,
    } = spawnSync('groff', ['-ww', '-man', '-Tascii', '-P-c', '-P-b', '-P-u', '-rLL=200n'], {
      input: stdout,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [0, '']);
    for (const { path, options } of await commandsBelow(cwd)) {
      assert.ok(page.includes(`peaqos ${path}`), path);
      for (const option of options.filter((name) => name !== '--help')) assert.ok(page.includes(option), option);
    }
  },
);

test('the README has every command', async (context) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const paths = (await commandsBelow(scratch(context))).map(({ path }) => path);
  assert.ok(paths.length > 5);
  const told = commandsOf(readme);
  assert.deepEqual(
    paths.filter((path) => !told.includes(path)),
    [],
  );
});
