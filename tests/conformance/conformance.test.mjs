// The same command lines through the Python reference and through ours, in equal worlds: every difference is either on
// the list of accepted ones or a failure. A usual run takes every third case; CONFORMANCE_ONLY=words runs all those whose
// names hold them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { after, test } from 'node:test';
import { commands } from '../support/commands.mjs';
import { full, oneOf } from '../support/depth.mjs';
import { accepted } from './accepted/index.mjs';
import { cases } from './cases/index.mjs';
import { differences } from './compare.mjs';
import { execute, observe } from './observe.mjs';
import { current } from './reasons.mjs';
import { startReference } from './reference.mjs';
import { startWorlds } from './worlds.mjs';

const only = process.env.CONFORMANCE_ONLY;
const whole = full && !only;
const chosen = cases.filter(({ name }, index) => (only ? name.includes(only) : index % oneOf(3) === 0));
const reference = startReference();
after(() => reference.stop());
const worlds = await startWorlds();
after(() => worlds.stop());
// Every third case meets peaqos in Node; the others the native command, which starts in a third of the time.
const ours = (number) => ({ name: 'ours', command: commands[number % 3 === 0 ? 'peaqos' : 'peaqos-native'] });

const hits = new Map(accepted.map((row) => [row, 0]));
const reached = new Set();

const matches = (row, name) => (typeof row.cases === 'string' ? row.cases === name : row.cases.test(name));

async function compareCase(testCase, number) {
  const programs = { reference: { name: 'reference', ...reference }, ours: ours(number) };
  const [theirs, our] = await worlds.use((pair) =>
    Promise.all(
      ['reference', 'ours'].map(async (name) => {
        const shared = testCase.world && worlds[testCase.world];
        if (!shared && (!testCase.stateless || testCase.start)) await pair[name].reset(testCase.start);
        return observe(programs[name], testCase, shared ?? pair[name].world);
      }),
    ),
  );
  if (theirs.asked > 0 || our.asked > 0) reached.add(testCase.name);
  const unexpected = differences(theirs, our, testCase).filter((difference) => {
    const rows = accepted.filter((row) => row.difference === difference && matches(row, testCase.name));
    for (const row of rows) hits.set(row, hits.get(row) + 1);
    return rows.length === 0;
  });
  if (unexpected.length === 0) return;
  const said = ({ raw }) => `${raw.stdout}${raw.stderr}${raw.terminal}`.trim().slice(-1500);
  assert.fail(`${unexpected.join('\n')}\n--- the reference said:\n${said(theirs)}\n--- ours said:\n${said(our)}`);
}

test('every case', { concurrency: worlds.pairs }, (context) =>
  Promise.all(chosen.map((testCase, number) => context.test(testCase.name, () => compareCase(testCase, number)))),
);

test('the reference does the same in a fork as by itself', async () => {
  for (const words of [['--version'], ['whoami', '--nope'], ['whoami'], ['qualify', 'event', '-h']]) {
    const place = { cwd: tmpdir(), env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: tmpdir() } };
    const forked = await reference.execute(words, place);
    assert.deepEqual(forked, await execute([...reference.command, ...words], place), words.join(' '));
  }
});

test('the suite is what it says', { skip: !whole }, () => {
  const names = cases.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'each case has a name of its own');
  assert.ok(cases.length >= 150, `${cases.length} cases`);
  assert.ok(reached.size >= 60, `${reached.size} cases that reach the chain or an API`);
  const market = cases.filter(({ market: meant }) => meant);
  const asking = market.filter(({ name }) => reached.has(name));
  assert.ok(asking.length >= 80, `${asking.length} of ${market.length} cases that reach the Machine Market`);
});

test('every accepted difference is met, and none covers everything', { skip: !whole }, () => {
  const show = ({ cases: which, difference }) => `${which}: ${difference}`;
  assert.deepEqual(accepted.filter((row) => hits.get(row) === 0).map(show), [], 'met by no case');
  assert.deepEqual(accepted.filter((row) => cases.every(({ name }) => matches(row, name))).map(show), []);
  assert.deepEqual(accepted.filter(({ reason }) => !reason).map(show), [], 'each has a reason');
});

test('README.md lists the accepted differences', () => {
  const { text, wanted } = current();
  assert.equal(text, wanted, 'node tests/conformance/reasons.mjs writes it');
});
