// Why a machine needs attention, and the figures of a fleet. Pure functions.
// SPDX-License-Identifier: Apache-2.0
import { conditionsOf } from './rules.mjs';

const words = { quiet: 'Gone quiet', below: 'Low rating' };

/** Returns the most urgent reason in one or two words, or undefined if there is none. `now` in seconds. */
export function attention(row, rules, now) {
  if (row.negative_flag) return 'Flagged';
  if (row.details?.bond === 'unbonded') return 'Not bonded';
  if (row.mcr === 'NR') return 'Not rated';
  return words[conditionsOf(row, rules, now)[0]];
}

const grave = ['Flagged', 'Not bonded'];
export const toneOfAttention = (why) => (grave.includes(why) ? 'bad' : 'warn');

/** Whether a machine was checked: its details were read, or the rating service does not know it. */
export const isLookedAt = (row) => Boolean(row.details || row.unknown);

/**
 * Figures of a whole fleet: {machines, looked, known, bonded, attention, median}: `looked` counts checked machines,
 * `known` those with details. `now` in seconds.
 */
export function figuresOf(rows, rules, now) {
  const figures = { machines: rows.length, looked: 0, known: 0, bonded: 0, attention: 0, median: median(rows) };
  for (const row of rows) {
    if (isLookedAt(row)) figures.looked++;
    if (row.details) figures.known++;
    if (row.details?.bond === 'bonded') figures.bonded++;
    if (attention(row, rules, now)) figures.attention++;
  }
  return figures;
}

function median(rows) {
  if (rows.length === 0) return undefined;
  const sorted = Float64Array.from(rows, ({ mcr_score: score }) => score).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
