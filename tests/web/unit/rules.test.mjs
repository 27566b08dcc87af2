// Watch rules, attention and the figures of a fleet.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attention, figuresOf, isLookedAt } from '../../../web/src/store/attention.mjs';
import {
  conditionsOf,
  isBelow,
  quietAfter,
  standardRules,
  weiOf,
  withStandard,
} from '../../../web/src/store/rules.mjs';
import { byAttention, filtered } from '../../../web/src/rooms/fleet/rows.mjs';

const now = 1_800_000_000; // seconds
const hour = 3600;
const details = { bond: 'bonded', updated: now - 10 };
const row = (facts = {}) => ({
  did: 'did:peaq:0x1',
  machine_id: 1,
  mcr: 'A',
  mcr_score: 66,
  negative_flag: false,
  details,
  ...facts,
});

test('a machine is quiet after three times its own gap, never sooner than an hour', () => {
  assert.equal(quietAfter(standardRules, 2 * hour), 6 * hour);
  assert.equal(quietAfter(standardRules, 60), hour);
  assert.equal(quietAfter(standardRules, undefined), 7 * 24 * hour);
  assert.equal(quietAfter({ quiet: { hours: 2 } }, 100 * hour), 2 * hour);
  assert.equal(quietAfter({ quiet: null }, hour), Infinity);
});

test('ratings below another one; never rated is not below', () => {
  assert.equal(isBelow('BB', 'BBB'), true);
  assert.equal(isBelow('NR', 'BBB'), true);
  assert.equal(isBelow('BBB', 'BBB'), false);
  assert.equal(isBelow('Provisioned', 'BBB'), false);
  assert.equal(isBelow('unheard of', 'BBB'), false);
});

test('amounts of coins as wei; what is none is undefined', () => {
  assert.equal(weiOf('0.5'), 5n * 10n ** 17n);
  assert.equal(weiOf(' 12 '), 12n * 10n ** 18n);
  assert.equal(weiOf('0.000000000000000001'), 1n);
  for (const text of ['', '-1', '1,5', '1e3', '.5', '0.0000000000000000001', 'PEAQ'])
    assert.equal(weiOf(text), undefined);
});

test('conditions need details: of a machine that was not looked at nothing is said', () => {
  const rules = withStandard({ rating: { below: 'AA' } });
  assert.deepEqual(conditionsOf(row(), rules, now), ['below']);
  assert.deepEqual(conditionsOf(row({ details: undefined, mcr: 'AAA' }), rules, now), []);
  const silent = row({ gap: hour, details: { ...details, updated: now - 4 * hour } });
  assert.deepEqual(conditionsOf(silent, rules, now), ['quiet', 'below']);
  assert.deepEqual(conditionsOf(row({ mcr: 'AAA', details: { ...details, updated: null } }), rules, now), []);
});

test('the most pressing reason wins', () => {
  const silent = { gap: hour, details: { bond: 'unbonded', updated: 1 } };
  assert.equal(attention(row({ ...silent, negative_flag: true }), standardRules, now), 'Flagged');
  assert.equal(attention(row(silent), standardRules, now), 'Not bonded');
  assert.equal(attention(row({ mcr: 'NR' }), standardRules, now), 'Not rated');
  assert.equal(
    attention(row({ gap: hour, details: { bond: 'bonded', updated: 1 } }), standardRules, now),
    'Gone quiet',
  );
  assert.equal(attention(row(), standardRules, now), undefined);
});

test('figures tell what was looked at from what is known', () => {
  const rows = [
    row(),
    row({ details: { bond: 'unbonded', updated: now } }),
    row({ details: undefined }),
    row({ details: undefined, unknown: true }),
  ];
  assert.deepEqual(rows.map(isLookedAt), [true, true, false, true]);
  assert.deepEqual(figuresOf(rows, standardRules, now), {
    machines: 4,
    looked: 3,
    known: 2,
    bonded: 1,
    attention: 1,
    median: 66,
  });
  assert.equal(figuresOf([], standardRules, now).median, undefined);
});

test('rows that need attention come first, the others stay in order', () => {
  const rows = [
    row({ did: 'a' }),
    row({ did: 'b', mcr: 'NR' }),
    row({ did: 'c' }),
    row({ did: 'd', negative_flag: true }),
  ];
  assert.deepEqual(
    byAttention(rows, standardRules, now).map(({ did }) => did),
    ['d', 'b', 'a', 'c'],
  );
});

test('a search is a line of the filter language: words, labels, figures', () => {
  const labels = {
    of: (did) => (did === 'a' ? { place: 'Yard 7', tags: ['north'] } : {}),
    nameOfRow: ({ did, machine_id: id }) => (did === 'a' ? 'Charger' : `Machine ${id}`),
  };
  const rows = [
    row({ did: 'a', machine_id: 7, details: { ...details, updated: now - 3 * 86_400 }, gap: hour }),
    row({ did: 'b', machine_id: 8, mcr: 'BB', details: { bond: 'unbonded', updated: now } }),
    row({ did: 'c', machine_id: 9, details: undefined }),
  ];
  const found = (search, chosen = []) =>
    filtered(rows, { search, chosen }, { rules: standardRules, now, labels }).map(({ did }) => did);
  assert.deepEqual(found('charger'), ['a']);
  assert.deepEqual(found('tag:north place:yard'), ['a']);
  assert.deepEqual(found('quiet:>2d'), ['a']);
  assert.deepEqual(found('bond:no'), ['b']);
  assert.deepEqual(found('attention:yes'), ['a', 'b']);
  assert.deepEqual(found('machine'), ['b', 'c']);
  assert.deepEqual(found('', ['BB']), ['b']);
  assert.equal(filtered(rows, { search: ' ', chosen: [] }, {}), rows);
});
