// Addresses, hashes and DIDs: short to the eye, whole when focused, hovered or copied.
// SPDX-License-Identifier: Apache-2.0
import './copy.mjs';
import { shorten } from '../format/shorten.mjs';
import { define, html, Part } from './part.mjs';

/** <pq-value .text=${address} label="address">; `wide` shows it whole. */
export class Value extends Part {
  static properties = { text: {}, label: {}, wide: { type: Boolean }, whole: { state: true } };

  render() {
    const shown = this.wide || this.whole ? this.text : shorten(this.text);
    return html`<span class="value" ?data-wide=${this.wide || this.whole}
      ><code
        class="mono short"
        tabindex=${this.wide ? -1 : 0}
        title=${this.text}
        @focus=${() => (this.whole = true)}
        @blur=${() => (this.whole = false)}
        >${shown}</code
      ><pq-copy .text=${this.text} .label=${this.label}></pq-copy
    ></span>`;
  }
}
define('pq-value', Value);
