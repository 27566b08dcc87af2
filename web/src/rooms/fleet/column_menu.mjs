// The menu in which columns are shown and hidden, and the table's density is chosen.
// SPDX-License-Identifier: Apache-2.0
import { html } from '../../parts/part.mjs';
import '../../parts/density_switch.mjs';

/** `shown`: names of columns; `toggle(name)`. */
export function columnMenu(columns, shown, toggle) {
  const close = (event) => (event.currentTarget.open = false);
  return html`<details
    class="menu"
    @keydown=${(event) => event.key === 'Escape' && close(event)}
    @focusout=${(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget) && close(event)}
  >
    <summary class="button little">Columns</summary>
    <div class="float" role="group" aria-label="Columns">
      ${columns.map(
        ({ name, label }) =>
          html`<label class="check">
            <input type="checkbox" .checked=${shown.includes(name)} @change=${() => toggle(name)} />
            ${label}
          </label>`,
      )}
      <pq-density></pq-density>
    </div>
  </details>`;
}
