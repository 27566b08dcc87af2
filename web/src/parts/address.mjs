// A whole address or hash in groups of four, as people compare them; selecting it and copying give it without gaps.
// SPDX-License-Identifier: Apache-2.0
import './copy.mjs';
import { html } from './part.mjs';

const groupsOf = (text) => [...(/^0x/.test(text) ? ['0x'] : []), ...text.replace(/^0x/, '').match(/.{1,4}/gs)];

/** address('0x5E11…', 'recipient') */
export const address = (text, label = 'address') =>
  html`<span class="whole-address"
    ><code class="mono" title=${text}>${groupsOf(text).map((group) => html`<span>${group}</span>`)}</code
    ><pq-copy .text=${text} .label=${label}></pq-copy
  ></span>`;
