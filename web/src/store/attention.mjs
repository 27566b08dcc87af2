// Why a machine needs attention, and the figures of a fleet. Pure functions.
// SPDX-License-Identifier: Apache-2.0
import { conditionsOf } from './rules.mjs';
import { statusOf } from './subscription.mjs';

const words = { ending: 'Ends soon', quiet: 'Gone quiet', below: 'Low rating' };
const lapsed = ['grace', 'runoff', 'terminated', 'not_activated'];

/** Every reason, the most urgent first. */
export const reasons = [
  'Flagged',
  'Losing its bond',
  'In grace',
  'Ended',
  'No subscription',
  'Not bonded',
  'Suspended',
  'Paused',
  'Ends soon',
  'Gone quiet',
  'Low rating',
  'Not rated',
];

/** Returns the most urgent reason in one or two words, or undefined if there is none. `now` in seconds. */
export function attention(row, rules, now) {
  const { chain } = row;
  if (row.negative_flag) return 'Flagged';
  if (lapsed.includes(chain?.status)) return statusOf(chain)[1];
  if (row.details?.bond === 'unbonded') return 'Not bonded';
  if (chain?.paused.length > 0) return chain.paused[0] === 'operator' ? 'Suspended' : 'Paused';
  const [condition] = conditionsOf(row, rules, now);
  if (condition === 'ending') return words.ending;
  if (row.mcr === 'NR') return 'Not rated';
  return words[condition];
}

const grave = ['Flagged', 'Losing its bond', 'Ended', 'Not bonded'];
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
