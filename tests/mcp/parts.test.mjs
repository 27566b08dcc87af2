// The parts of the server that need no module: plans, files, texts.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { pin, withPinned } from '../../node-cli/src/mcp/files.mjs';
import { lineOf, partsOf } from '../../node-cli/src/mcp/input.mjs';
import { checkUnchanged, createPlans, LIFETIME } from '../../node-cli/src/mcp/plans.mjs';
import { progressOf } from '../../node-cli/src/mcp/progress.mjs';
import { visible } from '../../node-cli/src/mcp/visible.mjs';
import { scratch } from '../support/commands.mjs';
import { file } from '../support/market.mjs';

const code = (expected) => (error) => error.code === expected;

test('a plan is taken once, within its lifetime', () => {
  let now = 1000;
  let last = 0;
  const plans = createPlans(
    () => now,
    () => String(++last),
  );
  const { id } = plans.keep({ a: 1 });
  assert.equal(plans.take(id).a, 1);
  assert.throws(() => plans.take(id), code('PLAN_USED'));
  assert.throws(() => plans.take('x'), code('NO_SUCH_PLAN'));
  const old = plans.keep({});
  now += LIFETIME - 1;
  plans.take(old.id);
  const older = plans.keep({});
  now += LIFETIME;
  assert.throws(() => plans.take(older.id), code('PLAN_EXPIRED'));
  for (let i = 0; i < 1000; ++i) plans.keep({});
  assert.throws(() => plans.take(String(last - 200)), /PLAN|plan/);
});

const transaction = { to: '0xa', function: 'f()', value: '1', fee: '10', max_fee: '20', gas: 5 };
const plan = (sum = {}, change = {}) => ({
  ...{ command: 'c', chain_id: 1, signer: '0xs' },
  transactions: [{ ...transaction, ...change }],
  sums: { PEAQ: { decimals: 18, value: '1', fee: '10', max_fee: '20', ...sum } },
});

test('a fresh plan may differ in fees up to those that were shown, and in nothing else', () => {
  checkUnchanged(plan(), plan({ fee: '20', max_fee: '40' }, { fee: '20', max_fee: '40', gas: 6 }));
  const others = [
    plan({ fee: '21' }),
    plan({ value: '2' }),
    plan({}, { to: '0xb' }),
    plan({}, { function: 'g()' }),
    plan({}, { value: '2' }),
    { ...plan(), transactions: [] },
    { ...plan(), signer: '0xt' },
    { ...plan(), chain_id: 2 },
    { ...plan(), actions: [{ name: 'pay' }] },
  ];
  for (const other of others)
    assert.throws(() => checkUnchanged(plan(), other), code('PLAN_CHANGED'), JSON.stringify(other));
});

test('a pinned file has the bytes that were read, whatever becomes of it, and cannot be written', async (context) => {
  const folder = scratch(context);
  const path = file(folder, 'a.txt', 'one', 0o644);
  const pinned = pin(folder, 'a.txt');
  assert.equal(pinned.sha256.length, 64);
  writeFileSync(path, 'two');
  const host = withPinned({ readFile: () => 'host', replaceFile: () => 'written' }, [pinned]);
  assert.equal(String(host.readFile('a.txt', 10)), 'one');
  assert.equal(String(host.readFilePart('a.txt', 1, 9)), 'ne');
  assert.equal(host.fileSize('a.txt'), 3);
  assert.throws(() => host.readFile('a.txt', 2), /too-large/);
  assert.equal(host.readFile('b.txt', 2), 'host');
  await assert.rejects(host.replaceFile('a.txt', 'x', 0o644), /denied/);
  assert.equal(host.replaceFile('b.txt'), 'written');
  file(folder, 'private.txt', 'x');
  assert.throws(() => pin(folder, 'private.txt'), code('FILE_DENIED'));
});

test('a value can be nothing but the value of its own option or argument', () => {
  const members = new Map([
    ['service_id', { 'x-argument': 0 }],
    ['machine_id', { 'x-flag': 'machine-id' }],
    ['skip_payment', { 'x-flag': 'skip-payment' }],
    ['day', { 'x-flag': 'day' }],
  ]);
  const wordsOf = (input) => lineOf(partsOf({ operation: { command: 'scale order' }, members }, input), ['--plan']);
  assert.deepEqual(wordsOf({ service_id: 'list', machine_id: '--yes', skip_payment: true }), [
    ...['scale', 'order', '--json', '--plan', '--machine-id=--yes', '--skip-payment', '--', 'list'],
  ]);
  assert.deepEqual(wordsOf({ service_id: '--yes', skip_payment: false }).slice(3), ['--plan', '--', '--yes']);
  assert.deepEqual(wordsOf({ service_id: 's', day: ['1', '--yes'] }).slice(4, 6), ['--day=1', '--day=--yes']);
  assert.throws(() => wordsOf({ service_id: '-' }), code('BAD_FIELD'));
});

test('what cannot be seen is shown by its escape, in names too', () => {
  assert.deepEqual(visible({ 'a\u202e': ['b\n', 1, null, true, '\u{e0041}', '\ud800'] }), {
    'a\\u202e': ['b\\u000a', 1, null, true, '\\u{e0041}', '\\ud800'],
  });
});

test('progress only grows', () => {
  const sent = [];
  const say = progressOf('t', async ({ params }) => sent.push(params));
  for (const line of ['hello', 'again', '[1/6] One', 'x', 'y', '[2/6] Two', '[6/6] Six', 'z', 'z']) say(line);
  const values = sent.map(({ progress }) => progress);
  assert.ok(
    values.every((value, i) => i === 0 || value > values[i - 1]),
    values.join(),
  );
  assert.ok(values.every((value) => value <= 6));
  assert.equal(progressOf(undefined, assert.fail)('x'), undefined);
});
