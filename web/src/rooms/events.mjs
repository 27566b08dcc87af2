// Events: What machines earned and did, submitted and confirmed.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Events extends Part {
  render() {
    return html`${roomHead('Events')}
    ${empty({ symbol: 'events', title: 'Nothing here yet', text: 'What machines earned and did, submitted and confirmed.' })}
    ${asCommand(['qualify', 'event', '--help'])}`;
  }
}
