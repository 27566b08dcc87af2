// The fleet as a grid: where a machine's square is, where keys lead, how it looks.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, cellAt, cellOf, layoutOf, moved } from '../../../web/src/rooms/fleet/grid_layout.mjs';

const hundred = { side: 10, columns: 20, rows: 5, height: 50 };

test('ten thousand squares fit where a thousand by four hundred are free; a few are large', () => {
  const many = layoutOf(10_000, 1000);
  assert.ok(many.height <= 420 && many.side >= 6, JSON.stringify(many));
  assert.ok(many.columns * many.side <= 1000);
  assert.ok(many.columns * many.rows >= 10_000);
  assert.equal(layoutOf(10, 1000).side, 26);
  assert.equal(layoutOf(0, 1000).height, 0);
});

test('on a phone squares do not become too small to be seen', () => {
  assert.equal(layoutOf(10_000, 320).side, 6);
  assert.equal(layoutOf(3, 2).columns, 1);
});

test('a point is in a square, or in none', () => {
  assert.equal(cellAt(hundred, 90, 0, 0), 0);
  assert.equal(cellAt(hundred, 90, 19.9, 10), 21);
  assert.equal(cellAt(hundred, 90, 200, 0), undefined); // right of the last column
  assert.equal(cellAt(hundred, 90, 199, 49), undefined); // below the last machine
  assert.equal(cellAt(hundred, 90, -1, 5), undefined);
});

test('arrows move to the neighbour, and stay at the edge', () => {
  assert.equal(moved(hundred, 90, 21, 'ArrowDown'), 41);
  assert.equal(moved(hundred, 90, 85, 'ArrowDown'), 85);
  assert.equal(moved(hundred, 90, 5, 'ArrowUp'), 5);
  assert.equal(moved(hundred, 90, 0, 'k'), 0);
  assert.equal(moved(hundred, 90, 0, 'j'), 1);
  assert.equal(moved(hundred, 90, 3, 'End'), 89);
  assert.equal(moved(hundred, 90, 3, 'PageDown'), 89);
  assert.equal(moved(hundred, 90, 3, 'q'), undefined);
});

test('a drag takes the rectangle between two squares, in whichever direction', () => {
  assert.deepEqual(between(hundred, 90, 1, 22), [1, 2, 21, 22]);
  assert.deepEqual(between(hundred, 90, 22, 1), [1, 2, 21, 22]);
  assert.deepEqual(between(hundred, 42, 21, 42), [21, 22, 41]); // 42 and what follows are no machines
});

test('colour tells the rating, marks tell why it needs attention', () => {
  assert.deepEqual(cellOf({ mcr: 'AAA' }, undefined), { tone: 'good', strength: 1, mark: '' });
  assert.deepEqual(cellOf({ mcr: 'BB' }, 'Gone quiet'), { tone: 'warn', strength: 0.8, mark: 'hatch' });
  assert.deepEqual(cellOf({ mcr: 'NR' }, 'Not rated'), { tone: '', strength: 0.35, mark: 'corner' });
});
