// Places of machines on a map without tiles.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinatesOf, mapOf, marksOf, placesOf } from '../../../web/src/rooms/fleet/places.mjs';

const oslo = { lat: 59.91, lon: 10.75, name: 'Yard 7, Oslo' };

test('coordinates stand at the end of a place', () => {
  assert.deepEqual(coordinatesOf('Yard 7, Oslo (59.91, 10.75)'), oslo);
  assert.deepEqual(coordinatesOf('Yard 7, Oslo 59.91,10.75'), oslo);
  assert.deepEqual(coordinatesOf('-33.87; 151.21'), { lat: -33.87, lon: 151.21, name: '-33.87, 151.21' });
});

test('house numbers are none, nor what is not on the Earth', () => {
  for (const place of ['Yard 7, 12', 'Yard 7, Oslo', '', undefined, '95.1, 10.2', '10.1, 181.5'])
    assert.equal(coordinatesOf(place), undefined, place);
});

const rows = [
  { did: 'a', place: 'Oslo (59.91, 10.75)' },
  { did: 'b', place: 'Oslo (59.91, 10.75)' },
  { did: 'c', place: 'Bergen (60.39, 5.32)' },
  { did: 'd', place: 'Hall 3' },
];
const places = placesOf(rows, ({ place }) => place);

test('machines of one place are together, those without coordinates are left out', () => {
  assert.deepEqual(
    places.map(({ name, rows: own }) => [name, own.map(({ did }) => did)]),
    [
      ['Oslo', ['a', 'b']],
      ['Bergen', ['c']],
    ],
  );
});

test('every place is inside the map, north is up, east is right', () => {
  const map = mapOf(places, 800, 400);
  const [east, west] = places.map(({ lat, lon }) => [map.x(lon), map.y(lat)]);
  for (const [x, y] of [east, west]) assert.ok(x >= 39 && x <= 761 && y >= 39 && y <= 361, `${x} ${y}`);
  assert.ok(east[0] > west[0] && east[1] > west[1]);
  assert.ok(map.meridians.some(({ text }) => text === '10° E'));
});

test('the bar of the scale is true at the middle', () => {
  const map = mapOf(places, 800, 400);
  const [number, unit] = map.bar.text.split(' ');
  assert.equal(unit, 'km');
  const degree = map.y(59.5) - map.y(60.5);
  assert.ok(Math.abs(map.bar.length / degree - Number(number) / 111.32) < 1e-9);
  assert.ok(map.bar.length <= 120);
});

test('one place has surroundings, and a scale in metres', () => {
  const map = mapOf([oslo], 300, 380);
  assert.deepEqual([map.x(oslo.lon), map.y(oslo.lat)], [150, 190]);
  assert.match(map.bar.text, / m$/);
});

test('places that would cover each other are one mark', () => {
  const near = [...places, { lat: 59.92, lon: 10.76, name: 'Oslo harbour', rows: [{ did: 'e' }] }];
  const marks = marksOf(near, mapOf(near, 800, 400));
  assert.equal(marks.length, 2);
  assert.deepEqual(marks[0].names, ['Oslo', 'Oslo harbour']);
  assert.equal(marks[0].rows.length, 3);
});
