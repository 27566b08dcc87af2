// Feed entries from the difference between two states of a machine. Pure functions.
// SPDX-License-Identifier: Apache-2.0
import { conditionsOf, ratings } from '../../store/rules.mjs';

const most = 20; // entries of one kind; more are condensed into one

const about = ({ did, machine_id, details }) => ({ did, machine_id, name: details?.name });

/** Returns feed entries {kind, tone, did, machine_id, ...}; none for a machine that was not known before. */
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
  entries.push(...chainChanges(before.chain, after.chain).map((entry) => ({ ...entry, ...about(after) })));
  return entries;
}

// What the chain tells otherwise than before.
function chainChanges(before, after) {
  if (!before || !after) return [];
  const entries = [];
  if (before.status !== after.status)
    entries.push({
      kind: 'subscription',
      tone: after.status === 'active' ? 'good' : after.status === 'grace' ? 'warn' : 'bad',
      status: after.status,
    });
  else if (after.ends > before.ends) entries.push({ kind: 'renewed', tone: 'good', ends: after.ends });
  if (before.paused.join() !== after.paused.join())
    entries.push({ kind: 'paused', tone: after.paused.length > 0 ? 'warn' : 'good', paused: after.paused });
  return entries;
}

/**
 * Evaluates the rules: {row, entries}, the row with the conditions that hold now and an entry for each that did not
 * hold before. The first evaluation of a machine yields no entries.
 */
export function judged(row, rules, now) {
  if (!row.details && !row.chain) return { row, entries: [] };
  const holds = conditionsOf(row, rules, now);
  const before = row.holds;
  if (before && holds.length === before.length && holds.every((name) => before.includes(name)))
    return { row, entries: [] };
  const entries = [];
  if (before) {
    for (const name of holds.filter((one) => !before.includes(one)))
      entries.push({
        ...{ kind: name, tone: 'warn', ...about(row) },
        ...{ updated: row.details?.updated, rating: row.mcr, ends: row.chain?.ends },
      });
    if (before.includes('quiet') && !holds.includes('quiet'))
      entries.push({ kind: 'resumed', tone: 'good', ...about(row), updated: row.details?.updated });
  }
  return { row: { ...row, holds }, entries };
}

/** Condenses many entries of one kind into one. */
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
