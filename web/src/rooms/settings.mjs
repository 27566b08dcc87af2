// Settings: Networks, endpoints, the lock.
// SPDX-License-Identifier: Apache-2.0
import { asCommand, roomHead } from '../parts/parts.mjs';
import { html, Part } from '../parts/part.mjs';
import '../frame/vault_settings.mjs';

export default class Settings extends Part {
  render() {
    return html`${roomHead('Settings')}
      <pq-vault-settings></pq-vault-settings>
      ${asCommand(['whoami'])}`;
  }
}
