// What the fleet's figures and filters need to know of its rows.
// SPDX-License-Identifier: Apache-2.0

/** The MCR API's ratings, best first. */
export const ratings = ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'NR', 'Provisioned'];

const quietAfter = 30 * 86_400; // seconds without an event

/** A listed machine, with the text that a search looks through. */
export const rowOf = ({ did, machine_id, mcr, mcr_score, negative_flag }) => ({
  did,
  machine_id,
  mcr,
  mcr_score,
  negative_flag,
  text: `${machine_id} ${did}`.toLowerCase(),
});

const found = (details, word) => details?.name?.toLowerCase().includes(word);

/** Rows that have one of the ratings (none given: any) and that a search finds by name, id or DID. */
export function filtered(rows, { search, chosen, detailsOf }) {
  const word = search.trim().toLowerCase();
  if (!word && chosen.length === 0) return rows;
  return rows.filter(
    (row) =>
      (chosen.length === 0 || chosen.includes(row.mcr)) &&
      (!word || row.text.includes(word) || found(detailsOf(row.did), word)),
  );
}

export function median(numbers) {
  if (numbers.length === 0) return undefined;
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Why somebody should look at a machine, in one or two words; nothing when nobody need. `now` in seconds. */
export function attention(row, details, now) {
  if (row.negative_flag) return 'Flagged';
  if (details?.bond === 'unbonded') return 'Not bonded';
  if (row.mcr === 'NR') return 'Not rated';
  if (details?.updated && now - details.updated > quietAfter) return 'Gone quiet';
  return undefined;
}
