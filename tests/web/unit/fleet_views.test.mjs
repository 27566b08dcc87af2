// Saved views of the fleet, and whose machines it shows.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanView, readViews, showsSame, viewOf, withoutView, withView } from '../../../web/src/format/views.mjs';
import { mostFleets, scopeOf, together } from '../../../web/src/rooms/fleet/scope.mjs';

const north = {
  name: 'North',
  search: 'tag:north quiet:>2d',
  ratings: ['A', 'BBB'],
  columns: ['machine', 'score'],
  order: { name: 'score', descending: true },
  picture: 'grid',
};

test('a view keeps its filter, columns, order and picture, and nothing else', () => {
  assert.deepEqual(cleanView({ ...north, name: '  North ', stranger: 1 }), north);
  assert.deepEqual(cleanView({ name: 'All', order: 7, columns: 'score', picture: 'film' }), {
    name: 'All',
    search: '',
    ratings: [],
    columns: [],
    order: {},
    picture: 'table',
  });
  assert.equal(cleanView({ ...north, name: '  ' }), undefined);
});

test('a view of the same name is replaced, whatever its letter case; views are in the order of their names', () => {
  const { views } = withView([cleanView({ name: 'Yard 10' }), cleanView({ name: 'Yard 9' })], north);
  assert.deepEqual(
    views.map(({ name }) => name),
    ['North', 'Yard 9', 'Yard 10'],
  );
  const again = withView(views, { ...north, name: 'NORTH', search: '' }).views;
  assert.equal(again.length, 3);
  assert.equal(viewOf(again, 'north').search, '');
  assert.equal(withoutView(again, 'North').length, 2);
});

test('there is a bound to them, which replacing does not meet', () => {
  const many = Array.from({ length: 50 }, (_, at) => cleanView({ name: `View ${at}` }));
  assert.match(withView(many, north).problem, /^At most 50/);
  assert.equal(withView(many, { ...north, name: 'View 7' }).views.length, 50);
});

test('a file of views survives what is damaged in it', () => {
  assert.deepEqual(readViews(JSON.stringify([north, null, { search: 'no name' }])), [north]);
  assert.deepEqual(readViews('{'), []);
  assert.deepEqual(readViews('{}'), []);
});

test('two views that show the same differ at most in their names', () => {
  assert.ok(showsSame(north, { ...north, name: 'Other' }));
  assert.ok(!showsSame(north, { ...north, search: 'tag:south' }));
  assert.ok(!showsSame(north, { ...north, order: {} }));
});

const address = (letter) => `0x${letter.repeat(40)}`;
const did = (letter) => `did:peaq:${address(letter)}`;
const wallet = (letter) => ({ name: letter, peaq_address: address(letter) });

test('the scope is this wallet, all wallets, or an operator', () => {
  assert.deepEqual(scopeOf({}, address('a'), []), { kind: 'own', operators: [did('a')], left: 0 });
  assert.deepEqual(scopeOf({ operator: did('b'), scope: 'all' }, address('a'), []), {
    kind: 'operator',
    operators: [did('b')],
    left: 0,
  });
  assert.deepEqual(scopeOf({}, undefined, []), { kind: 'operator', operators: [], left: 0 });
  const all = [wallet('b'), { ...wallet('a'), peaq_address: address('A') }, { name: 'without one' }];
  assert.deepEqual(scopeOf({ scope: 'all' }, address('a'), all), {
    kind: 'all',
    operators: [did('A'), did('b')],
    left: 0,
  });
});

test('more wallets than the store reads are counted', () => {
  const { operators, left } = scopeOf({ scope: 'all' }, undefined, [...'0123456789'].map(wallet));
  assert.equal(operators.length, mostFleets);
  assert.equal(left, 2);
});

test('fleets together: each machine once, and the worst reading', () => {
  const row = (letter) => ({ did: did(letter) });
  const fresh = { reading: { asOf: 900, failures: 0 }, rows: [row('a'), row('b')], known: true };
  const older = { reading: { asOf: 500, failures: 0 }, rows: [row('b')], known: true };
  const failing = { reading: { asOf: 950, failures: 2 }, rows: [], known: false };
  const both = together([fresh, older], 1000);
  assert.equal(both.rows.length, 2);
  assert.equal(both.reading, older.reading);
  assert.equal(together([fresh, older, failing], 1000).reading, failing.reading);
  assert.equal(together([fresh], 1000), fresh);
  assert.equal(together([failing, { ...failing }], 1000).known, false);
});
