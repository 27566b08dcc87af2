// Sources: when they are due, how they are given up, how they come back.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Source, within } from '../../../web/src/worker/store/source.mjs';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function sourceOf(read, more = {}) {
  const world = { now: 1000, heard: [] };
  const source = new Source({
    what: 'the node',
    read,
    every: () => 10_000,
    deadline: 5000,
    onChange: () => world.heard.push(source.reading),
    clock: () => world.now,
    random: () => 1,
    ...more,
  });
  return { source, world };
}

test('it is due at first, then after its interval, and at once when it is asked for', async () => {
  const { source } = sourceOf(async () => 1);
  assert.equal(source.due(1000), true);
  await source.run();
  assert.equal(source.due(10_999), false);
  assert.equal(source.due(11_000), true);
  source.refresh();
  assert.equal(source.due(1001), true);
  await source.run();
  assert.equal(source.due(1001), false);
});

test('while it runs it is not due, and what was asked for meanwhile comes after', async () => {
  let answer;
  const { source } = sourceOf(() => new Promise((resolve) => (answer = resolve)));
  const run = source.run();
  source.refresh();
  assert.equal(source.due(99_000), false);
  answer(1);
  await run;
  assert.equal(source.due(1000), true);
});

test('failures back off, keep the last answer, and end with an answer', async () => {
  let failing = false;
  const { source, world } = sourceOf(async () => {
    if (failing) throw Object.assign(new Error('refused'), { kind: 'network', code: 'X', hint: 'h' });
    return 1;
  });
  await source.run();
  failing = true;
  world.now = 11_000;
  await source.run();
  await source.run();
  assert.deepEqual(source.reading, {
    asOf: 1000,
    failures: 2,
    problem: { kind: 'network', code: 'X', message: 'refused', hint: 'h' },
    nextTry: 15_000,
  });
  assert.equal(source.due(14_999), false);
  assert.equal(source.due(15_000), true);
  failing = false;
  await source.run();
  assert.deepEqual(source.reading, { asOf: 11_000, failures: 0 });
});

test('what does not answer in time is given up and its request ended', async () => {
  let late;
  const timers = { setTimeout: (expire) => ((late = expire), 1), clearTimeout: () => {} };
  let ended = false;
  const never = (signal) =>
    new Promise(() => {
      signal.addEventListener('abort', () => (ended = true));
    });
  const { source } = sourceOf(never, { timers });
  const run = source.run();
  late();
  await run;
  assert.equal(ended, true);
  assert.equal(source.reading.problem.code, 'NO_ANSWER');
  assert.match(source.reading.problem.message, /the node has not answered within 5 s/);
});

test('an answer of before a reset is dropped', async () => {
  let answer;
  const values = [];
  const { source } = sourceOf(() => new Promise((resolve) => (answer = resolve)), {
    onAnswer: (value) => values.push(value),
  });
  const run = source.run();
  source.reset();
  answer('old');
  await run;
  assert.deepEqual(values, []);
  assert.equal(source.reading.asOf, undefined);
  assert.equal(source.due(1000), true);
});

test('a request that was given up fails unheard', async () => {
  const timers = { setTimeout: (expire) => void setImmediate(expire), clearTimeout: () => {} };
  const failing = (signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
  await assert.rejects(within(5, 'it', failing, timers), { code: 'NO_ANSWER' });
  await settled();
});
