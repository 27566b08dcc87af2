// The scores that a machine was seen with, as [[ms, score], ...], oldest first. Pure functions.
// SPDX-License-Identifier: Apache-2.0

const remembered = 12;
const span = 30 * 86_400_000; // milliseconds that a change is told over

/** The `scores` of a row after its next state; undefined while its score has always been the same. */
export function scoresAfter(before, after, now) {
  const numbers = typeof before?.mcr_score === 'number' && typeof after.mcr_score === 'number';
  if (!numbers || before.mcr_score === after.mcr_score) return before?.scores;
  const known = before.scores ?? [[before.detailsAt ?? now, before.mcr_score]];
  return [...known, [now, after.mcr_score]].slice(-remembered);
}

/** {by, from, since (ms)}: how the score of a row has changed in the last 30 days, as far as it was seen. */
export function scoreChange({ scores, mcr_score: score }, now) {
  if (!scores) return undefined;
  const [since, from] = scores.findLast(([at]) => at <= now - span) ?? scores[0];
  return { by: score - from, from, since: Math.max(since, now - span) };
}
