// Which rows of a fleet are shown, and in which order.
// SPDX-License-Identifier: Apache-2.0
import { attention } from '../../store/attention.mjs';

const texts = new WeakMap(); // row -> what a search looks through

function textOf(row) {
  if (!texts.has(row)) texts.set(row, `${row.machine_id} ${row.did} ${row.details?.name ?? ''}`.toLowerCase());
  return texts.get(row);
}

/** Rows that have one of the ratings (none given: any) and that a search finds by name, id or DID. */
export function filtered(rows, { search, chosen }) {
  const word = search.trim().toLowerCase();
  if (!word && chosen.length === 0) return rows;
  return rows.filter(
    (row) => (chosen.length === 0 || chosen.includes(row.mcr)) && (!word || textOf(row).includes(word)),
  );
}

const pressing = ['Flagged', 'Not bonded', 'Gone quiet', 'Low rating', 'Not rated'];

/** The same rows, those that need attention first; otherwise in the order they are in. `now` in seconds. */
export function byAttention(rows, rules, now) {
  const groups = [...pressing, undefined].map(() => []);
  for (const row of rows) {
    const place = pressing.indexOf(attention(row, rules, now));
    groups.at(place).push(row); // -1, none, is the last group
  }
  return groups.flat();
}
