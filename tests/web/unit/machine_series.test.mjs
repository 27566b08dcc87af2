// A machine's revenue, events and score on one time axis.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf, seriesOf, usualRange } from '../../../web/src/rooms/machine/series.mjs';

const day = 86_400;
const today = Math.floor(Date.parse('2026-04-23T00:00:00Z') / 1000);
const now = (today + 15 * 3600) * 1000;
const on = (ago, cents, events = 1) => ({ day: today - ago * day, cents, revenue: events, activity: 0, unpriced: 0 });

test('each day of a range is a point, and days without events are zero', () => {
  const { times, revenue, events } = seriesOf({ days: [on(2, 150, 3), on(0, 50)], range: 30, now });
  assert.equal(times.length, 30);
  assert.deepEqual(times.slice(-3), [today - 2 * day, today - day, today]);
  assert.deepEqual(revenue.slice(-4), [0, 1.5, 0, 0.5]);
  assert.deepEqual(events.slice(-4), [0, 3, 0, 1]);
});

test('minor units are those of the currency', () => {
  assert.equal(seriesOf({ days: [on(0, 150)], range: 30, now, digits: 0 }).revenue.at(-1), 150);
});

test('the mean is of seven days', () => {
  const { mean } = seriesOf({ days: [on(6, 700)], range: 30, now });
  assert.deepEqual(mean.slice(-8), [0, 1, 1, 1, 1, 1, 1, 1]);
});

test('a range is compared with the one before it', () => {
  const { sum, before } = seriesOf({
    days: [on(60, 9), on(59, 100), on(30, 100), on(29, 300), on(0, 1)],
    range: 30,
    now,
  });
  assert.deepEqual([sum, before], [301, 200]);
  assert.equal(changeOf(300, 200), '+50 %');
  assert.equal(changeOf(100, 200), '−50 %');
  assert.equal(changeOf(200, 200), 'unchanged');
  assert.equal(changeOf(200, 0), undefined);
});

test('the score is a line of steps from what is known of it', () => {
  const ratings = [
    { at: (today - 2 * day + 60) * 1000, score: 40 },
    { at: (today - 2 * day + 120) * 1000, score: 45 },
    { at: now, score: 66 },
  ];
  assert.deepEqual(seriesOf({ days: [], ratings, range: 30, now }).score.slice(-4), [null, 45, 45, 66]);
});

test('a young machine is shown from its beginning', () => {
  assert.equal(usualRange([], now), 30);
  assert.equal(usualRange([on(10, 1)], now), 30);
  assert.equal(usualRange([on(40, 1), on(1, 1)], now), 90);
  assert.equal(usualRange([on(400, 1)], now), 365);
});
