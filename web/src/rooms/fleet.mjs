// Fleet: Every machine of an operator, with its rating.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Fleet extends Part {
  render() {
    return html`${roomHead('Fleet')}
    ${empty({ symbol: 'fleet', title: 'Nothing here yet', text: 'Every machine of an operator, with its rating.' })}
    ${asCommand(['show', 'operator', 'machines', 'DID'])}`;
  }
}
