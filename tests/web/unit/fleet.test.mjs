// What the store knows of a fleet: what changes are told, which machine is read next, what the vault keeps.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, condensed, judged } from '../../../web/src/worker/store/changes.mjs';
import { Crawl } from '../../../web/src/worker/store/crawl.mjs';
import { Feed } from '../../../web/src/worker/store/feed.mjs';
import { Fleet } from '../../../web/src/worker/store/fleet.mjs';
import { pack, unpack } from '../../../web/src/worker/store/kept.mjs';
import { scoreChange } from '../../../web/src/store/score_history.mjs';
import { standardRules } from '../../../web/src/store/rules.mjs';

const now = 1_800_000_000_000;
const seconds = now / 1000;
const did = (id) => `did:peaq:0x${String(id).padStart(40, '0')}`;
const listed = (id, facts = {}) => ({
  did: did(id),
  machine_id: id,
  mcr: 'A',
  mcr_score: 66,
  negative_flag: false,
  ...facts,
});
const rating = (id, facts = {}) => ({
  ...listed(id),
  bond_status: 'bonded',
  event_count: 4,
  revenue_trend: 'up',
  total_revenue: 12.5,
  last_updated: seconds - 60,
  mcr_degraded: false,
  ...facts,
});
const kinds = (entries) => entries.map(({ kind }) => kind);

function fleetOf(...machines) {
  const fleet = new Fleet('did:peaq:0xAA');
  fleet.applyList({ machines }, standardRules, now);
  return fleet;
}

test('the first sight of a machine is no news', () => {
  const fleet = new Fleet('did:peaq:0xAA');
  assert.deepEqual(fleet.applyList({ machines: [listed(1), listed(2, { mcr: 'NR' })] }, standardRules, now), []);
  assert.deepEqual(fleet.applyRating(rating(1, { bond_status: 'unbonded' }), standardRules, now), []);
});

test('a rating that falls, a bond that is lost, a flag', () => {
  const fleet = fleetOf(listed(1));
  fleet.applyRating(rating(1), standardRules, now);
  const entries = fleet.applyRating(
    rating(1, { mcr: 'BB', mcr_score: 30, bond_status: 'unbonded', negative_flag: true }),
    standardRules,
    now,
  );
  assert.deepEqual(kinds(entries), ['rating', 'flagged', 'bond']);
  assert.deepEqual(
    { ...entries[0] },
    { kind: 'rating', tone: 'bad', did: did(1), machine_id: 1, name: undefined, from: 'A', to: 'BB', score: 30 },
  );
  assert.equal(entries[2].bond, 'unbonded');
});

test('a first rating is good news, a lower one is not, and NR is the lowest', () => {
  const change = (from, to) => changesOf({ ...listed(1), mcr: from }, { ...listed(1), mcr: to })[0]?.tone;
  assert.equal(change('Provisioned', 'BB'), 'good');
  assert.equal(change('A', 'BBB'), 'bad');
  assert.equal(change('BBB', 'A'), 'good');
  assert.equal(change('B', 'NR'), 'bad');
  assert.equal(change('A', 'A'), undefined);
});

test('what the list tells otherwise makes the details old; what is gone is gone', () => {
  const fleet = fleetOf(listed(1), listed(2));
  fleet.applyRating(rating(1), standardRules, now);
  fleet.takeChanges();
  fleet.applyList({ machines: [listed(1, { mcr_score: 60 })] }, standardRules, now + 1000);
  const { rows, gone } = fleet.takeChanges();
  assert.deepEqual(gone, [did(2)]);
  assert.equal(rows[0].again, true);
  assert.equal(rows[0].details.bond, 'bonded');
  assert.equal(fleet.takeChanges(), undefined);
  fleet.applyRating(rating(1, { mcr_score: 60 }), standardRules, now + 2000);
  assert.equal(fleet.rows.get(did(1)).again, false);
});

test('an equal list changes nothing', () => {
  const fleet = fleetOf(listed(1));
  fleet.takeChanges();
  fleet.applyList({ machines: [listed(1)] }, standardRules, now + 1000);
  assert.equal(fleet.takeChanges(), undefined);
});

test('an operator that is a machine itself is in its fleet once', () => {
  const fleet = new Fleet(did(9));
  fleet.applyList({ machines: [listed(1)], own: rating(9) }, standardRules, now);
  assert.deepEqual([...fleet.rows.keys()], [did(9), did(1)]);
  assert.equal(fleet.rows.get(did(9)).details.bond, 'bonded');
  fleet.applyList({ machines: [listed(1), listed(9)], own: rating(9) }, standardRules, now);
  assert.equal(fleet.rows.size, 2);
});

test('a machine goes quiet after its own rhythm, once, and is told to report again', () => {
  const fleet = fleetOf(listed(1));
  const hours = [30, 20, 10, 0].map((ago) => seconds - ago * 3600);
  for (const last of hours) fleet.applyRating(rating(1, { last_updated: last }), standardRules, now);
  assert.equal(fleet.rows.get(did(1)).gap, 10 * 3600);
  const later = (h) => fleet.judgeAll(standardRules, now + h * 3_600_000);
  assert.deepEqual(kinds(later(29)), []);
  assert.deepEqual(kinds(later(31)), ['quiet']);
  assert.deepEqual(kinds(later(32)), []);
  const back = fleet.applyRating(rating(1, { last_updated: seconds + 33 * 3600 }), standardRules, now + 33 * 3_600_000);
  assert.deepEqual(kinds(back), ['resumed']);
});

test('what holds when a machine is first judged is no news', () => {
  const silent = { ...listed(1), gap: 3600, details: { bond: 'bonded', updated: 1 } };
  const first = judged(silent, standardRules, seconds);
  assert.deepEqual(first.entries, []);
  assert.deepEqual(first.row.holds, ['quiet']);
  assert.equal(judged(first.row, standardRules, seconds).row, first.row);
});

test('many of a kind are one entry', () => {
  const entries = Array.from({ length: 21 }, (_, id) => ({ kind: 'rating', tone: 'bad', machine_id: id, to: 'BB' }));
  assert.deepEqual(condensed([...entries, { kind: 'bond', tone: 'bad' }]), [
    { kind: 'many', of: 'rating', tone: 'bad', count: 21, to: 'BB' },
    { kind: 'bond', tone: 'bad' },
  ]);
  assert.equal(condensed(entries.slice(1)).length, 20);
});

test('the crawl: in view first, then what changed, then unknown ones newest first, then the oldest', () => {
  const crawl = new Crawl();
  const row = (id, facts) => [did(id), { did: did(id), machine_id: id, ...facts }];
  const rows = new Map([
    row(1, {}),
    row(2, {}),
    row(3, { details: {}, detailsAt: now - 1000, again: true }),
    row(4, { details: {}, detailsAt: now - 130_000 }),
    row(5, { details: {}, detailsAt: now - 900_000 }),
    row(6, { details: {}, detailsAt: now - 61_000 }),
    row(7, { unknown: true, detailsAt: now - 900_000 }),
    row(8, { details: {}, detailsAt: now - 1000 }),
  ]);
  crawl.plan(rows, now);
  const order = [];
  for (let next; (next = crawl.next(rows, [did(6), did(8)], now));) {
    order.push(Number(next.slice(11)));
    crawl.begin(next);
  }
  assert.deepEqual(order, [6, 3, 2, 1, 5, 4]);
  assert.equal(crawl.underWay, 6);
});

test('a fleet of ten thousand is read again at four requests a second at most', () => {
  const crawl = new Crawl();
  const rows = new Map();
  for (let id = 0; id < 10_000; ++id)
    rows.set(did(id), { did: did(id), machine_id: id, details: {}, detailsAt: now - 2_400_000 });
  crawl.plan(rows, now);
  assert.equal(crawl.next(rows, [], now), undefined);
  crawl.plan(rows, now + 100_001);
  assert.notEqual(crawl.next(rows, [], now + 100_001), undefined);
});

test('the feed: newest first, counted until seen, bounded, one entry for one key', () => {
  const feed = new Feed();
  feed.add([{ kind: 'a' }, { kind: 'b', key: 'x' }], now);
  feed.add([{ kind: 'c', key: 'x' }], now + 1);
  assert.deepEqual(kinds(feed.entries), ['c', 'a']);
  assert.equal(feed.unread, 2);
  feed.markRead(feed.entries[1].id);
  assert.equal(feed.unread, 1);
  feed.markRead();
  assert.equal(feed.unread, 0);
  feed.add([{ kind: 'own', read: true }], now);
  assert.equal(feed.unread, 0);
  for (let count = 0; count < 300; ++count) feed.add([{ kind: 'd' }], now);
  assert.equal(feed.entries.length, 200);
  const again = new Feed(feed.entries);
  again.add([{ kind: 'e' }], now);
  assert.ok(again.entries[0].id > again.entries[1].id);
});

test('the vault keeps rows compactly and gives them back as they were', async () => {
  const fleet = fleetOf(listed(1), listed(2));
  fleet.applyRating(rating(1, { last_updated: null }), standardRules, now);
  fleet.applyUnknown(did(2), now);
  const rows = [...fleet.rows.values()].map((row) => JSON.parse(JSON.stringify(row)));
  const state = { world: 'devnet', rules: standardRules, feed: [], told: ['x'] };
  const bytes = await pack({ ...state, fleets: [{ operator: 'did:peaq:0xAA', asOf: now, rows }] });
  const back = await unpack(bytes);
  assert.deepEqual({ ...back, fleets: [] }, { ...state, fleets: [] });
  for (const [at, row] of back.fleets[0].rows.entries())
    for (const name of ['did', 'mcr', 'details', 'unknown', 'detailsAt'])
      assert.deepEqual(row[name], rows[at][name], name);
});

test('ten thousand machines are less than 40 bytes each', async () => {
  const rows = Array.from({ length: 10_000 }, (_, id) => ({
    ...listed(id),
    detailsAt: now + id,
    details: { bond: 'bonded', updated: seconds - id * 37 },
  }));
  const bytes = await pack({ fleets: [{ operator: 'x', asOf: now, rows }] });
  assert.ok(bytes.length < 400_000, `${bytes.length}`);
});

test('what cannot be read is as if nothing was kept', async () => {
  assert.equal(await unpack(new Uint8Array([1, 2, 3])), undefined);
});

test('while rows go by, only those in view are read', () => {
  const crawl = new Crawl();
  const rows = new Map(['a', 'b', 'c'].map((did, id) => [did, { did, machine_id: id }]));
  crawl.plan(rows, 0);
  assert.equal(crawl.next(rows, ['b'], 0, { viewOnly: true }), 'b');
  crawl.begin('b');
  assert.equal(crawl.next(rows, ['b'], 0, { viewOnly: true }), undefined);
  assert.equal(crawl.next(rows, ['b'], 0), 'c', 'the newest afterwards');
});

test('a score that changes is told against that of a month ago, or the first one seen', async () => {
  const day = 86_400_000;
  const fleet = fleetOf(listed(1), listed(2));
  assert.equal(scoreChange(fleet.rows.get(did(1)), now), undefined, 'it has always been the same');
  fleet.applyRating(rating(1, { mcr_score: 70 }), standardRules, now + day);
  fleet.applyRating(rating(1, { mcr_score: 64 }), standardRules, now + 40 * day);
  assert.equal(fleet.rows.get(did(2)).scores, undefined);
  const row = fleet.rows.get(did(1));
  assert.deepEqual(scoreChange(row, now + 40 * day), { by: -6, from: 70, since: now + 10 * day });
  const [{ rows }] = (await unpack(await pack({ fleets: [{ operator: 'x', asOf: now, rows: [row] }] }))).fleets;
  assert.deepEqual(rows[0].scores, row.scores, 'the vault keeps it');
  for (let n = 0; n < 30; ++n) fleet.applyRating(rating(1, { mcr_score: n }), standardRules, now + (50 + n) * day);
  assert.equal(fleet.rows.get(did(1)).scores.length, 12);
});
