// Geometry and marks of the grid of machines: one square for each. Pure functions; lengths in CSS pixels.
// SPDX-License-Identifier: Apache-2.0

const [least, most] = [6, 26]; // sides of a cell with its gap
const tallest = 420; // the grid's height while cells can still shrink

/** { side, columns, rows, height } for so many cells in a width: the largest cells that keep the grid low. */
export function layoutOf(count, width) {
  const of = (side) => {
    const columns = Math.max(1, Math.floor(width / side));
    const rows = Math.ceil(count / columns);
    return { side, columns, rows, height: rows * side };
  };
  for (let side = most; side > least; --side) {
    const layout = of(side);
    if (layout.height <= tallest) return layout;
  }
  return of(least);
}

/** The index of the cell at a point, or undefined where there is none. */
export function cellAt({ side, columns }, count, x, y) {
  const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
  const index = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && index < count ? index : undefined;
}

/** Where a key leads from a cell; undefined for other keys. */
export function moved({ columns }, count, index, key) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, j: 1, k: -1 };
  const far = { PageDown: 10 * columns, PageUp: -10 * columns, Home: -Infinity, End: Infinity };
  if (!(key in steps) && !(key in far)) return undefined;
  const next = index + (steps[key] ?? far[key]);
  if (key in far) return Math.max(0, Math.min(count - 1, next));
  return next < 0 || next >= count ? index : next;
}

/** Indices of the rectangle between two cells. */
export function between({ columns }, count, from, to) {
  const order = (a, b) => [Math.min(a, b), Math.max(a, b)];
  const [left, right] = order(from % columns, to % columns);
  const [top, bottom] = order(Math.floor(from / columns), Math.floor(to / columns));
  const found = [];
  for (let row = top; row <= bottom; ++row)
    for (let column = left; column <= right; ++column)
      if (row * columns + column < count) found.push(row * columns + column);
  return found;
}

const strengths = { AAA: 1, AA: 0.8, A: 0.6, BBB: 0.6, BB: 0.8, B: 1 };
const hatched = 'Gone quiet';

/**
 * How a machine's cell looks: { tone ("good", "warn" or none), strength (0 to 1), mark: "hatch", "corner" or none }.
 * `why` is its reason for attention.
 */
export function cellOf({ mcr }, why) {
  const tone = /^A/.test(mcr) ? 'good' : /^B/.test(mcr) ? 'warn' : '';
  return { tone, strength: strengths[mcr] ?? 0.35, mark: why === hatched ? 'hatch' : why ? 'corner' : '' };
}
