// Settings: Networks, endpoints, the lock.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, empty, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';

export default class Settings extends Part {
  render() {
    return html`${roomHead('Settings')}
    ${empty({ symbol: 'settings', title: 'Nothing here yet', text: 'Networks, endpoints, the lock.' })}
    ${asCommand(['whoami'])}`;
  }
}
