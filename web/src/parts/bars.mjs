// A distribution: one bar for each kind, and each bar a switch that filters by it.
// SPDX-License-Identifier: Apache-2.0
import { count } from '../format/amount.mjs';
import { html } from './part.mjs';
import { styled } from './styled.mjs';

/** bars({ label, kinds: [{ name, number, tone, on }], toggle: (name) => ... }) */
export function bars({ label, kinds, toggle }) {
  const most = Math.max(1, ...kinds.map(({ number }) => number));
  return html`<ul class="bars" aria-label=${label}>
    ${kinds.map(
      ({ name, number, tone, on }) =>
        html`<li>
          <button
            type="button"
            data-tone=${tone}
            aria-pressed=${String(on)}
            ?disabled=${number === 0 && !on}
            @click=${() => toggle(name)}
          >
            <span class="column"><i ${styled({ height: `${(100 * number) / most}%` })}></i></span>
            <span class="many">${count(number)}</span>
            <span class="kind">${name}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}
