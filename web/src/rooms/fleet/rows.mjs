// Which rows of a fleet are shown, and in which order.
// SPDX-License-Identifier: Apache-2.0
import { parseFilter } from '../../format/filter_language.mjs';
import { attention, reasons } from '../../store/attention.mjs';
import { daysLeft } from '../../store/subscription.mjs';

// A row as the filter language sees it. What is costly is worked out only when a term asks for it.
class Filtered {
  #row;
  #rules;
  #now;

  constructor(row, { rules, now, labels }) {
    this.#row = row;
    this.#rules = rules;
    this.#now = now;
    const { machine_id: id, did, mcr, mcr_score: score, details } = row;
    const { place, tags, note } = labels.of(did);
    Object.assign(this, { id, did, place, tags, note, rating: mcr, score });
    Object.assign(this, { events: details?.events, revenue: details?.revenue });
    this.name = labels.nameOfRow(row);
    this.bonded = details && details.bond === 'bonded';
  }

  get quiet() {
    const { updated } = this.#row.details ?? {};
    return updated ? this.#now - updated : undefined;
  }

  get days() {
    const { chain } = this.#row;
    return chain && daysLeft(chain, this.#now);
  }

  get paused() {
    const { chain } = this.#row;
    return chain && chain.paused.length > 0;
  }

  get attention() {
    return Boolean(attention(this.#row, this.#rules, this.#now));
  }
}

/**
 * Rows that have one of the ratings (none given: any) and that a line of the filter language finds. `world` is
 * {rules, now (seconds), labels}.
 */
export function filtered(rows, { search, chosen }, world) {
  const line = search.trim();
  if (!line && chosen.length === 0) return rows;
  const { matches } = parseFilter(line);
  return rows.filter(
    (row) => (chosen.length === 0 || chosen.includes(row.mcr)) && (!line || matches(new Filtered(row, world))),
  );
}

/** The same rows, those that need attention first; otherwise in the order they are in. `now` in seconds. */
export function byAttention(rows, rules, now) {
  const groups = [...reasons, undefined].map(() => []);
  for (const row of rows) {
    const place = reasons.indexOf(attention(row, rules, now));
    groups.at(place).push(row); // -1, none, is the last group
  }
  return groups.flat();
}
