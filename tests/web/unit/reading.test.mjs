// The age of readings, and what the pages say of it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age } from '../../../web/src/format/age.mjs';
import { chainHealth, ratingsHealth } from '../../../web/src/store/health.mjs';
import { answered, asked, backoff, stateOf, unanswered, unread } from '../../../web/src/store/reading.mjs';

const now = 1_800_000_000_000;
const problem = { kind: 'network', message: 'no answer' };

test('a reading is unknown, fresh, stale or unreachable, and off without a setting', () => {
  assert.equal(stateOf(unread, now), 'unknown');
  assert.equal(stateOf(asked(unread, now - 1000), now), 'unknown');
  assert.equal(stateOf(answered(now - 1000), now), 'fresh');
  assert.equal(stateOf(answered(now - 121_000), now), 'stale');
  assert.equal(stateOf(unanswered(answered(now - 1000), problem, now, 2000), now), 'unreachable');
  assert.equal(stateOf(unanswered(unread, { kind: 'configuration' }, now, 2000), now), 'off');
});

test('an answer that is overdue is unreachable before it is given up; one that is only slow is not', () => {
  const waiting = asked(answered(now - 12_000), now - 2001);
  assert.equal(stateOf(waiting, now), 'unreachable');
  assert.equal(stateOf(asked(answered(now - 3000), now - 2001), now), 'fresh');
  assert.equal(stateOf(asked(answered(now - 60_000), now - 500), now), 'fresh');
  assert.equal(stateOf(asked(unread, now - 12_000), now), 'unreachable');
});

test('a failure keeps the time of the last answer, and counts', () => {
  const once = unanswered(answered(now - 5000), problem, now, 1500);
  const twice = unanswered(asked(once, now + 1500), problem, now + 2000, 4000);
  assert.deepEqual(twice, { asOf: now - 5000, failures: 2, problem, nextTry: now + 6000 });
  assert.deepEqual(answered(now), { asOf: now, failures: 0 });
});

test('pauses double up to a minute, and differ', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, 1));
  assert.deepEqual(longest, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  assert.equal(backoff(1, 0), 1000);
  assert.equal(backoff(1, 0.5), 1500);
});

test('ages are whole units, rounded down', () => {
  assert.deepEqual([0, 999, 12_999, 59_999, 60_000, 3_599_999, 7_200_000, 86_400_000, -5].map(age), [
    '0 s',
    '0 s',
    '12 s',
    '59 s',
    '1 min',
    '59 min',
    '2 h',
    '1 d',
    '0 s',
  ]);
});

const status = (blockAge, network = 'mainnet') => ({ network, blockTime: (now - blockAge) / 1000 });

test('the chain is good when both the answer and the block are young', () => {
  assert.deepEqual(chainHealth({ reading: answered(now - 4000), status: status(6000) }, now), {
    tone: 'good',
    text: '',
  });
});

test('an old block is amber where blocks come by themselves', () => {
  const reading = answered(now);
  assert.deepEqual(chainHealth({ reading, status: status(41 * 60_000) }, now), {
    tone: 'warn',
    text: 'no block for 41 min',
  });
  assert.equal(chainHealth({ reading, status: status(60_000) }, now).tone, 'good');
  assert.equal(chainHealth({ reading, status: status(41 * 60_000, 'devnet') }, now).tone, 'good');
});

test('a node that does not answer is amber with its last facts, red when it never did', () => {
  const silent = asked(answered(now - 50_000), now - 3000);
  assert.deepEqual(chainHealth({ reading: silent, status: status(50_000) }, now), {
    tone: 'warn',
    text: 'not answering for 50 s',
  });
  const refused = unanswered(unread, problem, now, 1000);
  assert.deepEqual(chainHealth({ reading: refused }, now), { tone: 'bad', text: 'Network not reachable' });
  assert.equal(
    chainHealth({ reading: unanswered(unread, { kind: 'configuration' }, now, 1000) }, now).text,
    'No network set',
  );
  assert.deepEqual(chainHealth({ reading: unread }, now), { tone: '', text: '' });
});

test('an answer that is old although nothing is awaited is amber as well', () => {
  assert.equal(chainHealth({ reading: answered(now - 46_000), status: status(0) }, now).text, 'last answer 46 s ago');
});

test('the rating service speaks up only when it does not answer', () => {
  assert.equal(ratingsHealth({ reading: answered(now - 86_400_000) }, now).text, '');
  assert.equal(ratingsHealth({ reading: unread }, now).text, '');
  const down = unanswered(answered(now - 14_000), problem, now, 1000);
  assert.deepEqual(ratingsHealth({ reading: down }, now), {
    tone: 'warn',
    text: 'Rating service not answering for 14 s',
  });
  assert.equal(
    ratingsHealth({ reading: unanswered(unread, problem, now, 1) }, now).text,
    'Rating service not answering',
  );
});
