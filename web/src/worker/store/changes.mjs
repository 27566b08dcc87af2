// What is worth telling about a machine: the difference between what was known of it and what is known now. Pure.
// SPDX-License-Identifier: Apache-2.0
import { conditionsOf, ratings } from '../../store/rules.mjs';

const most = 20; // entries of one kind told one by one; more become one entry

const about = ({ did, machine_id, details }) => ({ did, machine_id, name: details?.name });

/** Entries {kind, tone, did, machine_id, ...} for the feed. Nothing is told of a machine that is seen for the first time. */
export function changesOf(before, after) {
  if (!before) return [];
  const entries = [];
  const tell = (kind, tone, facts) => entries.push({ kind, tone, ...about(after), ...facts });
  if (before.mcr !== after.mcr) {
    const fell = ratings.indexOf(after.mcr) > ratings.indexOf(before.mcr);
    tell('rating', fell && before.mcr !== 'Provisioned' ? 'bad' : 'good', {
      from: before.mcr,
      to: after.mcr,
      score: after.mcr_score,
    });
  }
  if (!before.negative_flag && after.negative_flag) tell('flagged', 'bad');
  const [was, is] = [before.details?.bond, after.details?.bond];
  if (was && is && was !== is) tell('bond', is === 'bonded' ? 'good' : 'bad', { bond: is });
  return entries;
}

/**
 * The row with the conditions of the rules that hold now, and entries for those that did not hold before. What holds
 * when a machine is judged for the first time is not news.
 */
export function judged(row, rules, now) {
  if (!row.details) return { row, entries: [] };
  const holds = conditionsOf(row, rules, now);
  const before = row.holds;
  if (before && holds.length === before.length && holds.every((name) => before.includes(name)))
    return { row, entries: [] };
  const entries = [];
  if (before) {
    for (const name of holds.filter((one) => !before.includes(one)))
      entries.push({ kind: name, tone: 'warn', ...about(row), updated: row.details.updated, rating: row.mcr });
    if (before.includes('quiet') && !holds.includes('quiet'))
      entries.push({ kind: 'resumed', tone: 'good', ...about(row), updated: row.details.updated });
  }
  return { row: { ...row, holds }, entries };
}

/** One entry for many machines that the same happened to at once. */
export function condensed(entries) {
  const byKind = new Map();
  for (const entry of entries) {
    const name = `${entry.kind} ${entry.tone}`;
    byKind.set(name, [...(byKind.get(name) ?? []), entry]);
  }
  return [...byKind.values()].flatMap((alike) =>
    alike.length <= most
      ? alike
      : [{ kind: 'many', of: alike[0].kind, tone: alike[0].tone, count: alike.length, to: alike[0].to }],
  );
}
