// Market: Services that machines buy and sell.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Market extends Part {
  render() {
    return html`${roomHead('Market')}
    ${empty({ symbol: 'market', title: 'Nothing here yet', text: 'Services that machines buy and sell.' })}
    ${asCommand(['scale', '--help'])}`;
  }
}
