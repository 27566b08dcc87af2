// Settings: network, endpoints, keys, files, the vault, and what this console is.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { asCommand, notice, roomHead } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import '../frame/vault_settings.mjs';
import './settings/about.mjs';
import './settings/endpoints.mjs';
import './settings/files.mjs';
import './settings/keys.mjs';
import './settings/machine_labels.mjs';

export default class Settings extends Part {
  constructor() {
    super();
    this.watch(session);
  }

  render() {
    return html`${roomHead('Settings')}
      ${session.state === 'visiting' ? notice('', 'Read-only mode: what you set here is forgotten when you exit.') : nothing}
      <div>
        <pq-settings-endpoints></pq-settings-endpoints>
        <pq-settings-keys></pq-settings-keys>
        <pq-settings-files></pq-settings-files>
        ${session.state === 'open' ? html`<pq-settings-machine-labels></pq-settings-machine-labels>` : nothing}
        <pq-vault-settings></pq-vault-settings>
        <pq-settings-about></pq-settings-about>
      </div>
      ${asCommand(['whoami'])}`;
  }
}
