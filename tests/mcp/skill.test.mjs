// Every command line of the agent skill does what the skill says, in the order in which it has them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands, run } from '../support/commands.mjs';
import { file, marketEnv, newBuyer } from '../support/market.mjs';
import { activate, eventCount, machineIdOf, startWorld } from '../support/world.mjs';

const world = await startWorld();
const skill = readFileSync(new URL('../../node-cli/skills/peaqos/SKILL.md', import.meta.url), 'utf8');
const lines = [...skill.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].flatMap(([, block]) => block.trim().split(/\n */));

test('the skill has a name and a description, and names commands that there are', async () => {
  const [, head] = /^---\n([^]*?)\n---\n/.exec(skill);
  assert.match(head, /^name: peaqos$/m);
  assert.ok(/^description: (.*)$/m.exec(head)[1].length < 1024);
  const { stdout } = await run('peaqos', ['--json-schema']);
  const table = JSON.parse(stdout).commands;
  const flags = new Set(
    table.flatMap(({ input }) => Object.values(input.properties).map((member) => member['x-flag'])),
  );
  for (const [, flag] of skill.matchAll(/`--([a-z-]+)`/g)) assert.ok(flags.has(flag) || flag === 'json', flag);
});

test('its command lines run', async (context) => {
  const { machine, pairing, cwd } = await newBuyer(world, context);
  const env = { ...world.env(), ...marketEnv(world), HOME: cwd };
  const id = machineIdOf(await run('peaqos', activate, { cwd, env }));
  const event = (value) => JSON.stringify({ machine_id: Number(id), type: 'activity', value, ts: 1776945600 + value });
  file(cwd, 'day.jsonl', `${event(1)}\n${event(2)}\n`);
  // The operator of the examples has its machine before they read of it.
  const order = (line) => (line.includes('show') || line.includes('qualify mcr') ? 1 : 0);
  const sorted = [...lines].sort((a, b) => order(a) - order(b));
  assert.ok(sorted.length >= 15, `${sorted.length}`);
  for (const line of sorted) {
    const [program, ...words] = line
      .replaceAll('mach_1', machine.id)
      .replaceAll('pair_1', pairing.id)
      .replaceAll('--machine-id 1 ', `--machine-id ${id} `)
      .split(' ');
    assert.equal(program, Object.keys(commands)[0]);
    const { code, stdout, stderr } = await run('peaqos', words, { cwd, env });
    assert.equal(code, 0, `${line}: ${stderr}`);
    if (words.includes('--json') && !line.includes('qualify events')) assert.ok(JSON.parse(stdout), line);
  }
  assert.equal(await eventCount(world, id), 3);
});
