// The switch for the density of tables.
// SPDX-License-Identifier: Apache-2.0
import { density, densities } from '../core/density.mjs';
import { densityWords as words } from '../words/density.mjs';
import { define, html, Part } from './part.mjs';

let switches = 0;

/** <pq-density> */
export class DensitySwitch extends Part {
  constructor() {
    super();
    this.watch(density);
    this.group = `density-${++switches}`; // two of them may be in the page
  }

  render() {
    return html`<div class="segments small" role="radiogroup" aria-label=${words.label}>
      ${Object.keys(densities).map(
        (name) =>
          html`<label>
            <input
              type="radio"
              name=${this.group}
              .checked=${name === density.name}
              @change=${() => density.choose(name)}
            />
            <span>${words[name]}</span>
          </label>`,
      )}
    </div>`;
  }
}
define('pq-density', DensitySwitch);
