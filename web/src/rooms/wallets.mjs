// Wallets: The keys that sign, each encrypted on its own.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Wallets extends Part {
  render() {
    return html`${roomHead('Wallets')}
    ${empty({ symbol: 'wallets', title: 'Nothing here yet', text: 'The keys that sign, each encrypted on its own.' })}
    ${asCommand(['wallet', 'list'])}`;
  }
}
