// Revenue and events per day of a fleet.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Daily, sumsOf } from '../../../web/src/worker/store/daily.mjs';
import { Fleet } from '../../../web/src/worker/store/fleet.mjs';
import { joinDaily, seriesOfFleet } from '../../../web/src/rooms/fleet/daily.mjs';
import { standardRules } from '../../../web/src/store/rules.mjs';

const day = 86_400;
const today = 20_000 * day;
const now = today + 3600;
const on = (ago, cents, revenue = 1, activity = 0) => ({ day: today - ago * day, cents, revenue, activity });
const last = (values, count) => values.slice(-count);

test('a layer for each of the machines with the most revenue, one for the others', () => {
  const daily = new Daily();
  for (let at = 1; at <= 7; ++at) daily.put(`did:${at}`, 1, [on(0, at * 100), on(1, 10)], now);
  const { covered, ranges } = daily.sums(now);
  assert.equal(covered, 7);
  const { first, top, others, events } = ranges[30];
  assert.equal(first, today - 29 * day);
  assert.deepEqual(
    top.map(({ did }) => did),
    ['did:7', 'did:6', 'did:5', 'did:4', 'did:3'],
  );
  assert.deepEqual(last(top[0].cents, 2), [10, 700]);
  assert.deepEqual(last(others, 2), [20, 300]);
  assert.deepEqual(last(events, 3), [0, 7, 7]);
});

test('the range before is beside it, day by day, and no more than that is kept', () => {
  const daily = new Daily();
  daily.put('did:1', 4, [on(200, 1), on(59, 5), on(30, 7), on(29, 11)], now);
  const { before, top } = daily.sums(now).ranges[30];
  assert.deepEqual([before[0], before[29]], [5, 7]);
  assert.equal(top[0].cents[0], 11);
  assert.equal(daily.kept[0][2].length, 3);
});

test('activity is an event without revenue, and a machine that earned nothing has no layer', () => {
  const { top, events } = sumsOf([['did:1', { days: [{ day: today, cents: 0, events: 3 }] }]], 30, now);
  assert.deepEqual(top, []);
  assert.equal(events.at(-1), 3);
});

test('the vault keeps it', () => {
  const daily = new Daily();
  daily.put('did:1', 4, [on(3, 250, 2, 1)], now);
  const again = new Daily(JSON.parse(JSON.stringify(daily.kept)));
  assert.deepEqual(again.sums(now), daily.sums(now));
  assert.equal(again.countOf('did:1'), 4);
});

test('it is news after a profile, when a machine is gone, and on the next day', () => {
  const daily = new Daily();
  assert.equal(daily.isNews(now), false);
  daily.put('did:1', 1, [on(0, 5)], now);
  daily.put('did:2', 1, [on(0, 5)], now);
  assert.equal(daily.isNews(now), true);
  daily.sums(now);
  assert.equal(daily.isNews(now), false);
  assert.equal(daily.isNews(now + day), true);
  daily.remove('did:2');
  assert.equal(daily.isNews(now), true);
  assert.equal(daily.sums(now).covered, 1);
});

test('a fleet learns days from profiles, and forgets a machine that left', () => {
  const did = `did:peaq:0x${'1'.repeat(40)}`;
  const machine = { did, machine_id: 1, mcr: 'A', mcr_score: 66, negative_flag: false };
  const fleet = new Fleet('did:peaq:0xAA');
  fleet.applyList({ machines: [machine] }, standardRules, now * 1000);
  fleet.applyRating(
    { ...machine, bond_status: 'bonded', event_count: 2, last_updated: today },
    standardRules,
    now * 1000,
  );
  fleet.applyProfile(did, { name: 'north', days: [on(0, 125, 2)] }, standardRules, now * 1000);
  assert.equal(fleet.daily.countOf(did), 2);
  fleet.applyProfile(did, { name: 'north', days: undefined }, standardRules, now * 1000);
  assert.equal(fleet.daily.countOf(did), 2);
  fleet.applyList({ machines: [] }, standardRules, now * 1000);
  assert.equal(fleet.daily.countOf(did), undefined);
});

const rangeOf = (top, others, facts = {}) => ({
  first: today,
  top,
  others,
  events: [1, 2],
  before: [0, 100],
  ...facts,
});
const layer = (did, cents) => ({ did, cents });

test('layers stand on each other, the largest below', () => {
  const series = seriesOfFleet(rangeOf([layer('a', [300, 200]), layer('b', [100, 0])], [50, 50]));
  assert.deepEqual(series.times, [today, today + day]);
  assert.deepEqual(series.tops, [
    [3, 2],
    [4, 2],
    [4.5, 2.5],
  ]);
  assert.deepEqual(
    series.layers.map(({ did, sum }) => [did, sum]),
    [
      ['a', 500],
      ['b', 100],
      [undefined, 100],
    ],
  );
  assert.deepEqual([series.sum, series.sumBefore, series.before[1]], [700, 100, 1]);
});

test('without others there is no layer of them', () => {
  assert.equal(seriesOfFleet(rangeOf([layer('a', [1, 1])], [0, 0])).layers.length, 1);
  assert.equal(seriesOfFleet(rangeOf([], [0, 0])).sum, 0);
});

test('two fleets as one: five layers at most, each machine once', () => {
  const of = (names, others) => ({
    covered: names.length,
    ranges: {
      30: rangeOf(
        names.map((name, at) => layer(name, [100 - at, 0])),
        others,
      ),
    },
  });
  const { covered, ranges } = joinDaily([of(['a', 'b', 'c'], [1, 0]), undefined, of(['d', 'e', 'f', 'a'], [2, 0])]);
  assert.equal(covered, 7);
  assert.deepEqual(
    ranges[30].top.map(({ did }) => did),
    ['a', 'd', 'b', 'e', 'c'],
  );
  assert.deepEqual(ranges[30].others, [1 + 2 + 98, 0]);
  assert.deepEqual(ranges[30].events, [2, 4]);
  assert.equal(joinDaily([undefined, { covered: 0 }]), undefined);
});
