// Machines that are selected, by their DIDs: sets are never changed, so that a page sees when it has another one.
// SPDX-License-Identifier: Apache-2.0
import { html } from '../../parts/part.mjs';

function withOther(selected, did) {
  const next = new Set(selected);
  if (!next.delete(did)) next.add(did);
  return next;
}

/** The table's first column: a box for each row, and one for all; `select` is told the next selection. */
export function selectionColumn(rows, selected, select) {
  const all = rows.length > 0 && rows.every(({ did }) => selected.has(did));
  return {
    name: 'choose',
    width: 2,
    label: html`<input
      type="checkbox"
      aria-label="Select all"
      .checked=${all}
      @change=${({ target }) => select(new Set(target.checked ? rows.map(({ did }) => did) : []))}
    />`,
    cell: (row) =>
      html`<input
        type="checkbox"
        aria-label="Select machine ${row.machine_id}"
        .checked=${selected.has(row.did)}
        @click=${(event) => event.stopPropagation()}
        @change=${() => select(withOther(selected, row.did))}
      />`,
  };
}
