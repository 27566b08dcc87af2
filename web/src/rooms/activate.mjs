// Activate: Puts a machine on the chain
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Activate extends Part {
  render() {
    return html`${roomHead('Activate')}
    ${empty({ symbol: 'activate', title: 'Nothing here yet', text: 'Puts a machine on the chain' })}
    ${asCommand(['identity,', 'NFT,', 'DID.:activate'])}`;
  }
}
