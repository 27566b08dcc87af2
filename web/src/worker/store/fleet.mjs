// Known state of an operator's machines. Rows are immutable; takeChanges() returns the ones that were replaced. No I/O.
// SPDX-License-Identifier: Apache-2.0
import { changesOf, judged } from './changes.mjs';
import { Daily } from './daily.mjs';
import { medianGap } from './profile.mjs';
import { scoresAfter } from '../../store/score_history.mjs';

const rhythm = 16; // last-event times remembered per machine

const listed = ({ did, machine_id, mcr, mcr_score, negative_flag }) => ({
  did,
  machine_id,
  mcr,
  mcr_score,
  negative_flag,
});
const ofMcr = (mcr, details) => ({
  ...details,
  bond: mcr.bond_status,
  events: mcr.event_count,
  trend: mcr.revenue_trend,
  revenue: mcr.total_revenue,
  updated: mcr.last_updated,
  degraded: mcr.mcr_degraded,
});
const differ = (a, b) => Object.keys(b).some((name) => a[name] !== b[name]);

export class Fleet {
  /**
   * did -> row: the list's members, and `details`, `detailsAt` (ms), `unknown`, `gap` (s), `seen`, `holds`,
   * `scores` (store/score_history.mjs); of a machine with a subscription `chain` (store/subscription.mjs) and `chainAt` (ms).
   */
  rows = new Map();
  #changed = new Set();
  #gone = new Set();

  constructor(operator, rows = [], days = []) {
    this.operator = operator;
    /** Revenue and events per day, as far as profiles were read. */
    this.daily = new Daily(days);
    for (const row of rows) this.rows.set(row.did, row);
  }

  /** Returns {rows, gone} since the last call, or undefined if nothing changed. */
  takeChanges() {
    if (this.#changed.size + this.#gone.size === 0) return undefined;
    const rows = [...this.#changed].map((did) => this.rows.get(did)).filter(Boolean);
    const gone = [...this.#gone];
    this.#changed.clear();
    this.#gone.clear();
    return { rows, gone };
  }

  #put(row, rules, now) {
    const before = this.rows.get(row.did);
    const scores = scoresAfter(before, row, now);
    const { row: after, entries } = judged(scores === row.scores ? row : { ...row, scores }, rules, now / 1000);
    this.rows.set(after.did, after);
    this.#changed.add(after.did);
    return [...changesOf(before, after), ...entries];
  }

  /** Applies the list of the operator's machines; `own` is the rating of the operator itself, if it is a machine. */
  applyList({ machines, own }, rules, now) {
    const self = own && !machines.some(({ did }) => did.toLowerCase() === own.did.toLowerCase());
    const all = self ? [own, ...machines] : machines;
    const entries = [];
    const there = new Set();
    for (const machine of all) {
      const before = this.rows.get(machine.did);
      const facts = listed(machine);
      there.add(machine.did);
      // Details are outdated if the list differs.
      if (!before || differ(before, facts))
        entries.push(...this.#put({ ...before, ...facts, again: Boolean(before?.details) }, rules, now));
    }
    for (const did of this.rows.keys()) {
      if (there.has(did)) continue;
      this.rows.delete(did);
      this.#changed.delete(did);
      this.#gone.add(did);
      this.daily.remove(did);
    }
    if (own) entries.push(...this.applyRating(own, rules, now));
    return entries;
  }

  /** Applies one machine's rating, as queryMcr returns it. */
  applyRating(mcr, rules, now) {
    const before = this.rows.get(mcr.did);
    if (!before) return [];
    const details = ofMcr(mcr, before.details);
    const seen =
      details.updated && before.seen?.at(-1) !== details.updated
        ? [...(before.seen ?? []), details.updated]
        : before.seen;
    const row = {
      ...before,
      ...listed(mcr),
      details,
      detailsAt: now,
      unknown: undefined,
      again: false,
      seen: seen?.slice(-rhythm),
      gap: medianGap(seen ?? []) ?? before.gap,
    };
    return this.#put(row, rules, now);
  }

  /** Records that the rating service does not know a listed machine. */
  applyUnknown(did, now) {
    const before = this.rows.get(did);
    if (!before) return;
    this.rows.set(did, { ...before, unknown: true, detailsAt: now, again: false });
    this.#changed.add(did);
  }

  /** Applies what only a profile contains: {name, visibility, gap, days}; `days` of a profile that shows its events. */
  applyProfile(did, { name, visibility, gap, days }, rules, now) {
    const before = this.rows.get(did);
    if (!before?.details) return [];
    if (days) this.daily.put(did, before.details.events, days, now / 1000);
    return this.#put(
      { ...before, details: { ...before.details, name, visibility }, gap: gap ?? before.gap },
      rules,
      now,
    );
  }

  /** Applies what the chain says of a machine (chainFacts()). The first time, what holds then is no news. */
  applyChain(did, chain, rules, now) {
    const before = this.rows.get(did);
    if (!before) return [];
    const entries = this.#put({ ...before, chain, chainAt: now, chainAgain: undefined }, rules, now);
    return before.chain ? entries : [];
  }

  /** Evaluates the rules for all machines again, after time has passed or the rules changed. */
  judgeAll(rules, now) {
    const entries = [];
    for (const row of this.rows.values()) {
      const { row: after, entries: more } = judged(row, rules, now / 1000);
      if (after === row) continue;
      this.rows.set(after.did, after);
      this.#changed.add(after.did);
      entries.push(...more);
    }
    return entries;
  }
}
