// The filter language of lists of machines.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examples, parseFilter, spanOf, withoutTerm } from '../../../web/src/format/filter_language.mjs';

const north = {
  id: 7,
  did: 'did:peaq:0x00000000000000000000000000000000000000A7',
  name: 'Charger North 2',
  place: 'Yard 7, Oslo',
  tags: ['north', 'fast-charger'],
  rating: 'BB',
  score: 48,
  events: 12,
  revenue: 99.5,
  quiet: 3 * 86_400,
  bonded: false,
  attention: true,
};
const fresh = { id: 70, did: 'did:peaq:0x00000000000000000000000000000000000000b8', rating: 'Provisioned' };

const matches = (line, machine = north) => parseFilter(line).matches(machine);

test('words are searched in names, places, tags, notes, IDs and DIDs, in any letter case', () => {
  for (const line of ['', 'north', 'NORTH 2', 'oslo', 'fast', '7', '00a7', 'did:peaq:0x0', '"charger north"'])
    assert.ok(matches(line), line);
  for (const line of ['south', '"north charger"', '71', 'charger south']) assert.ok(!matches(line), line);
});

test('fields narrow a search', () => {
  for (const line of ['tag:north', 'TAG:North', 'place:"yard 7"', 'name:charger', 'id:7', 'bond:no', 'attention:yes'])
    assert.ok(matches(line), line);
  for (const line of ['tag:nor', 'place:"yard 8"', 'id:70', 'bond:yes', 'attention:no', 'note:x'])
    assert.ok(!matches(line), line);
});

test('ratings, scores, sums and times compare', () => {
  for (const line of [
    'rating:BB',
    'rating:<BBB',
    'rating:>=b',
    'score:<=48',
    'events:>10',
    'revenue:<100',
    'quiet:>2d',
  ])
    assert.ok(matches(line), line);
  for (const line of ['rating:>BB', 'rating:A', 'score:<48', 'quiet:>1w', 'quiet:<2h', 'revenue:100'])
    assert.ok(!matches(line), line);
  assert.ok(matches('rating:<B', fresh), 'a machine without a rating is below every letter');
});

test('what is not known does not match, and a minus turns a term round', () => {
  for (const line of ['quiet:>1m', 'score:>=0', 'bond:no', 'bond:yes', 'tag:north'])
    assert.ok(!matches(line, fresh), line);
  assert.ok(matches('-tag:north', fresh));
  assert.ok(!matches('-tag:north'));
  assert.ok(matches('-south north'));
});

test('all terms must hold', () => {
  assert.ok(matches('tag:north rating:<BBB quiet:>2d'));
  assert.ok(!matches('tag:north rating:<BBB quiet:>4d'));
});

test('a term that cannot be read says what can, and hides nothing', () => {
  for (const [line, example] of [
    ['rating:Z', 'rating:<BBB'],
    ['quiet:>2', 'quiet:>2d'],
    ['score:>high', 'score:>=60'],
    ['bond:maybe', 'bond:no'],
    ['tag:', 'tag:north'],
    ['place:""', 'place:yard'],
  ]) {
    const { terms, matches: holds } = parseFilter(line);
    assert.equal(terms[0].problem, `"${line}" is not a filter. Write ${example}`);
    assert.ok(holds(north), line);
  }
  assert.ok(!matches('constructor:x'), 'an unknown field is a word');
});

test('each example can be read, and a term can be taken out', () => {
  for (const line of examples) assert.equal(parseFilter(line).terms[0].problem, undefined, line);
  assert.deepEqual(
    parseFilter('tag:north -place:"yard 7" x').terms.map(({ field, negated }) => [field, negated]),
    [
      ['tag', false],
      ['place', true],
      [undefined, false],
    ],
  );
  assert.equal(withoutTerm('tag:north -place:"yard 7" x', 1), 'tag:north x');
});

test('spans have a unit', () => {
  assert.deepEqual(['90m', '2h', '1.5d', '1W'].map(spanOf), [5400, 7200, 129_600, 604_800]);
  for (const text of ['', '2', 'd', '-1d', '2y']) assert.equal(spanOf(text), undefined, text);
});
