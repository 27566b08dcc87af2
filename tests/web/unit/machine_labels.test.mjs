// Names, places, tags and notes of machines, and the CSV that brings them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsv } from '../../../web/src/format/csv.mjs';
import { cleanLabel, labelsFromCsv, tagsOf } from '../../../web/src/format/machine_labels.mjs';

const did = (digit) => `did:peaq:0x${digit.repeat(40)}`;

test('CSV fields may be quoted, and hold separators, quotes and line ends', () => {
  assert.deepEqual(parseCsv('a,b\r\n"x, ""y""","1\n2"\r\n'), [
    ['a', 'b'],
    ['x, "y"', '1\n2'],
  ]);
  assert.deepEqual(parseCsv('a;b\n1;2\n\n;\n3;'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ]);
  assert.deepEqual(parseCsv('\uFEFFa\tb'), [['a', 'b']]);
  assert.deepEqual(parseCsv(''), []);
  assert.throws(() => parseCsv('a,b\n"x,2'), /no closing quote/);
});

test('labels are trimmed, tags are lower case and each is there once', () => {
  assert.deepEqual(tagsOf(' North, fast  charger;north'), ['north', 'fast-charger']);
  assert.deepEqual(cleanLabel({ alias: '  Charger \n north ', place: '', tags: '', note: null }), {
    alias: 'Charger north',
  });
  assert.equal(cleanLabel({ alias: ' ', tags: [] }), undefined);
  assert.equal(cleanLabel({ alias: 'x'.repeat(100) }).alias.length, 60);
});

test('a CSV labels machines by DID, address or known ID', () => {
  const text = `Name;Machine ID;DID;Place;Tags
North;;${did('a')};Oslo;"a, b"
South;;0x${'b'.repeat(40)};;
East;7;;;
West;8;;;
;;${did('c')};;`;
  const { labels, problems } = labelsFromCsv(text, (id) => (id === '7' ? did('7') : undefined));
  assert.deepEqual(
    [...labels],
    [
      [did('a'), { alias: 'North', place: 'Oslo', tags: ['a', 'b'] }],
      [did('b'), { alias: 'South' }],
      [did('7'), { alias: 'East' }],
    ],
  );
  assert.deepEqual(problems, ['Line 5: no known machine "8"', 'Line 6: nothing to set']);
});

test('a CSV that names no machines is refused', () => {
  assert.throws(() => labelsFromCsv('alias,place\nx,y'), /must name the columns/);
  assert.throws(() => labelsFromCsv(''), /must name the columns/);
});
