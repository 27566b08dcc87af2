// The age of a view's data, the state of its source, and a refresh button.
// SPDX-License-Identifier: Apache-2.0
import { freshnessOf } from '../format/freshness.mjs';
import { clock } from '../store/clock.mjs';
import { icon } from './icon.mjs';
import { define, html, nothing, Part } from './part.mjs';

/** <pq-freshness .reading=${} what="rating service" .options=${of stateOf} @refresh> */
export class Freshness extends Part {
  static properties = { reading: { attribute: false }, what: {}, options: { attribute: false } };

  constructor() {
    super();
    this.watch(clock);
  }

  render() {
    const { tone, text } = freshnessOf(this.reading, this.what, Date.now(), this.options);
    const refresh = () => this.dispatchEvent(new CustomEvent('refresh'));
    return html`<span
      class="freshness row tight small"
      data-tone=${tone}
      title=${this.reading.problem?.message ?? nothing}
    >
      ${tone ? icon('triangle', 12) : nothing} <span class=${tone ? '' : 'faint'}>${text}</span>
      <button type="button" class="button quiet little" @click=${refresh}>Refresh</button>
    </span>`;
  }
}
define('pq-freshness', Freshness);
