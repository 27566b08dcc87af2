// Profiles, reduced to what a page shows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { medianGap, reducedProfile } from '../../../web/src/worker/store/profile.mjs';
import { Profiles } from '../../../web/src/worker/store/profiles.mjs';

const day = 86_400;
const start = 20_000 * day;
const profileOf = (event_data) => ({
  name: 'Machine 1',
  peaqos: { machine_id: 1, event_count: event_data?.length ?? 7, data_visibility: 'public', event_data },
});
const revenue = (timestamp, usd_value = 100) => ({ event_type: 0, timestamp, usd_value });

test('a hundred thousand events become fifty and a sum for each day', () => {
  const events = Array.from({ length: 100_000 }, (_, at) => revenue(start + at * 60));
  const { machine, events: shown, count, days, gap } = reducedProfile(profileOf(events));
  assert.equal(count, 100_000);
  assert.equal(shown.length, 50);
  assert.equal(shown[0].timestamp, start + 99_999 * 60);
  assert.equal(days.length, Math.ceil(100_000 / 1440));
  assert.deepEqual(days[0], { day: start, cents: 144_000, revenue: 1440, activity: 0, unpriced: 0 });
  assert.equal(
    days.reduce((sum, { cents }) => sum + cents, 0),
    10_000_000,
  );
  assert.equal(gap, 60);
  assert.equal(machine.peaqos.event_data, undefined);
});

test('activities have no money, and revenue without a rate is counted, not zero', () => {
  const { days } = reducedProfile(profileOf([revenue(start + 1, null), { event_type: 1, timestamp: start + 2 }]));
  assert.deepEqual(days, [{ day: start, cents: 0, revenue: 1, activity: 1, unpriced: 1 }]);
});

test('revenue of which no part has a rate keeps its own currency, if it is one', () => {
  const euros = (at, origin_value, usd_value = null) => ({
    ...revenue(start + at, usd_value),
    origin_value,
    origin_currency: 'EUR',
  });
  const unratedOf = (...events) => reducedProfile(profileOf(events)).unrated;
  const activity = { event_type: 1, timestamp: start + 9 };
  assert.deepEqual(unratedOf(euros(1, 250), euros(2, 50), activity), {
    currency: 'EUR',
    days: [{ day: start, cents: 300, revenue: 2, activity: 1, unpriced: 0 }],
  });
  assert.equal(unratedOf(euros(1, 250), euros(2, 50, 60)), undefined);
  assert.equal(unratedOf(euros(1, 250), { ...euros(2, 50), origin_currency: 'GBP' }), undefined);
  assert.equal(unratedOf(activity), undefined);
});

test('a profile that shows no events says how many there are', () => {
  const { hidden, count, events, days } = reducedProfile(profileOf(undefined));
  assert.deepEqual({ hidden, count, events, days }, { hidden: true, count: 7, events: [], days: [] });
});

test('the median gap, in whichever order; too few times have none', () => {
  assert.equal(medianGap([50, 10, 20, 30]), 10);
  assert.equal(medianGap([1, 2]), undefined);
  assert.equal(medianGap([]), undefined);
});

test('a profile is asked for again only when the rating says that something is others', async () => {
  const asked = [];
  let events = 3;
  const call = async (operation) => {
    asked.push(operation);
    return operation === 'queryMcr' ? { last_updated: 5, event_count: events, bond_status: 'bonded' } : profileOf([]);
  };
  const heard = [];
  const profiles = new Profiles({ call, onRating: (mcr) => heard.push(mcr.event_count) });
  const first = await profiles.read('did');
  assert.equal(await profiles.read('did'), first);
  events = 4;
  assert.notEqual(await profiles.read('did'), first);
  assert.deepEqual(asked, ['queryMcr', 'queryMachine', 'queryMcr', 'queryMcr', 'queryMachine']);
  assert.deepEqual(heard, [3, 3, 4]);
});

test('the rating is heard before the profile is there', async () => {
  const order = [];
  const call = async (operation) => {
    order.push(operation);
    return operation === 'queryMcr' ? { last_updated: 5 } : profileOf([]);
  };
  const profiles = new Profiles({ call, onRating: () => {} });
  await profiles.read('did', { onRating: () => order.push('rating') });
  assert.deepEqual(order, ['queryMcr', 'rating', 'queryMachine']);
});

test('a profile is read again for more of its events, and kept with them', async () => {
  let read = 0;
  const all = Array.from({ length: 120 }, (_, at) => ({ event_type: 1, timestamp: at }));
  const call = async (operation) =>
    operation === 'queryMcr' ? { last_updated: 5, event_count: 120 } : (++read, profileOf(all));
  const profiles = new Profiles({ call, onRating: () => {} });
  assert.equal((await profiles.read('did')).events.length, 50);
  assert.equal((await profiles.read('did', { events: 500 })).events.length, 120);
  assert.equal((await profiles.read('did', { events: 300 })).events.length, 120);
  assert.equal((await profiles.read('did')).events.length, 120);
  assert.equal(read, 2);
});
