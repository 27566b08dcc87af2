// Workflows run what the repository names, with actions that nobody can exchange.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.github');
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yml'));
const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

test('actions are pinned by commit, or are our own', () => {
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name);
  assert.ok(used.length > 10);
  for (const name of used) {
    if (name.startsWith('./')) assert.ok(existsSync(join(root, name, 'action.yml')), name);
    else assert.match(name, /@[0-9a-f]{40}$/);
  }
});

test('tasks, presets and scripts that workflows call are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [, name] of text.matchAll(/npm run (?:--silent )?([\w-]+)/g)) assert.ok(name in scripts, name);
  const presets = JSON.parse(readFileSync(join(root, 'CMakePresets.json'), 'utf8'));
  const names = new Set([...presets.buildPresets, ...presets.testPresets].map(({ name }) => name));
  for (const [, name] of text.matchAll(/--preset (\w+)/g)) assert.ok(names.has(name), name);
  for (const [path] of text.matchAll(/tools\/setup\.sh|\.ci\/run/g)) assert.ok(existsSync(join(root, path)), path);
});

test('every workflow preset is made of presets that are there', () => {
  const presets = JSON.parse(readFileSync(join(root, 'CMakePresets.json'), 'utf8'));
  for (const { name, steps } of presets.workflowPresets) {
    for (const step of steps) {
      const known = presets[`${step.type}Presets`].map((preset) => preset.name);
      assert.ok(known.includes(step.name), `${name}: ${step.type} ${step.name}`);
    }
  }
});
