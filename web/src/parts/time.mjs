// A moment, told as how long ago it is; the exact time on hover and for copying.
// SPDX-License-Identifier: Apache-2.0
import { ago } from '../format/time.mjs';
import { define, html, Part } from './part.mjs';

// One clock for all of them.
const shown = new Set();
setInterval(() => shown.forEach((element) => element.requestUpdate()), 10_000);

/** <pq-time .at=${milliseconds since 1970}> */
export class Time extends Part {
  static properties = { at: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    shown.add(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    shown.delete(this);
  }

  render() {
    if (this.at === null || this.at === undefined) return html`<span class="faint">never</span>`;
    const exact = new Date(this.at).toISOString();
    return html`<time datetime=${exact} title=${exact}>${ago(this.at, Date.now())}</time>`;
  }
}
define('pq-time', Time);
