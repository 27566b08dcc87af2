// The table of commands is told alike everywhere: as data, in help, in the manual page, and to shells.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, testBoth } from '../support/commands.mjs';

async function told(command, ...words) {
  const { code, stdout, stderr } = await run(command, words);
  assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
  return stdout;
}

testBoth('help, manual and completions have what the table has, and the table nothing else', async (command) => {
  const { commands } = JSON.parse(await told(command, '--json-schema'));
  const page = (await told(command, 'man')).replaceAll('\\-', '-');
  const scripts = await Promise.all(['bash', 'fish', 'zsh'].map((shell) => told(command, 'completion', shell)));
  assert.ok(commands.length > 25);
  for (const { command: path, summary, input, result } of commands) {
    const help = await told(command, ...path.split(' '), '--help');
    assert.ok(help.includes(summary) && page.includes(summary), path);
    const members = Object.entries(input.properties);
    const flags = members.map(([, { 'x-flag': flag }]) => flag).filter(Boolean);
    const [, options] = /\nOptions:\n((?: .*\n)+)/.exec(help);
    const inHelp = [...options.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)/gm)].map(([, name]) => name);
    assert.deepEqual(inHelp.toSorted(), [...flags, 'help', ...(result ? ['json'] : [])].toSorted(), path);
    for (const flag of flags) {
      assert.ok(page.includes(`--${flag}`), `${path} --${flag}`);
      for (const script of scripts) assert.ok(script.includes(flag), `${path} --${flag}`);
    }
    for (const [name, { 'x-argument': place }] of members)
      if (place !== undefined) assert.match(help.split('\n')[0], new RegExp(` ${name.toUpperCase()}\\b`), path);
    if (!result) continue;
    const { definitions } = JSON.parse(await told(command, '--json-schema', ...path.split(' ')));
    assert.deepEqual(definitions.input, input, path);
    assert.deepEqual(definitions.result, result, path);
  }
});

test('both commands have the same table', async () => {
  assert.equal(await told('peaqos', '--json-schema'), await told('peaqos-native', '--json-schema'));
});
