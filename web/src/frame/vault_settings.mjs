// Settings of the vault: when it locks, what opens it. A part of the room Settings.
// SPDX-License-Identifier: Apache-2.0
import { makePasskey, passkeysPossible } from '../core/passkey.mjs';
import { session } from '../core/session.mjs';
import { storage } from '../core/storage.mjs';
import { chooseTheme, theme } from '../core/theme.mjs';
import '../parts/density_switch.mjs';
import { strengthOf } from '../vault/strength.mjs';
import { icon } from '../parts/icon.mjs';
import { actOn, status } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import '../parts/secret_input.mjs';
import { askPassphrase } from './ask_passphrase.mjs';

const minutes = [1, 5, 10, 30, 60];
const themes = { system: 'System', light: 'Light', dark: 'Dark' };

const trouble = (message) => Object.assign(new Error(message), { kind: 'input', code: 'BAD_PASSPHRASE', hint: '' });

function nextPassphrase(form) {
  const [, next, again] = [...form.querySelectorAll('pq-secret')].map(({ value }) => value);
  const { problem } = strengthOf(next);
  if (problem) throw trouble(problem);
  if (next !== again) throw trouble('The two new passphrases are not the same');
  return next;
}

export class VaultSettings extends Part {
  static properties = { said: { state: true } };

  constructor() {
    super();
    this.watch(session);
    this.watch(storage);
    storage.look();
  }

  async #addPasskey() {
    const label = `Passkey ${session.passkeys.length + 1}`;
    const text =
      'It will open this vault without the passphrase, on devices that have it. The passphrase keeps working.';
    await askPassphrase({
      title: 'Add a passkey',
      text,
      async act(passphrase) {
        await session.checkPassphrase(passphrase);
        await session.addPasskey(passphrase, await makePasskey(label));
      },
    });
  }

  async #removePasskey({ label, credentialId }) {
    await askPassphrase({
      title: `Remove ${label}`,
      text: 'It will no longer open this vault. You may also delete it in your password manager.',
      button: 'Remove',
      danger: true,
      act: (passphrase) => session.removePasskey(passphrase, credentialId),
    });
  }

  async #changePassphrase() {
    const done = await askPassphrase({
      title: 'Change the passphrase',
      text: 'Wallets, settings and passkeys stay as they are.',
      button: 'Change',
      more: html`<pq-secret name="next" label="New passphrase" autocomplete="new-password"></pq-secret>
        <pq-secret name="again" label="New passphrase again" autocomplete="new-password"></pq-secret>`,
      act: (passphrase, form) => session.changePassphrase(passphrase, nextPassphrase(form)),
    });
    if (done) this.said = 'The passphrase was changed.';
  }

  #storage() {
    const at = {
      protected: () => status('good', 'Protected: the browser keeps it until you clear it'),
      'at risk': () =>
        html`${status('warn', 'May be cleared by the browser')}
          <button type="button" class="button little" @click=${() => storage.protect()}>Ask to protect it</button>`,
      unknown: () => status('', 'This browser does not say'),
    };
    return html`<div class="stack tight">
      <span class="legend">Storage</span>
      <div class="row tight" role="status">${at[storage.state]()}</div>
      ${
        storage.state === 'at risk'
          ? html`<p class="small faint">
              Browsers grant it to pages that are bookmarked, installed or used often. Keep backups of your wallets.
            </p>`
          : nothing
      }
    </div>`;
  }

  #passkeys() {
    const list = session.passkeys.map(
      (passkey) =>
        html`<li class="row apart">
          <span class="row tight">${icon('passkey')} ${passkey.label}</span>
          <button class="button quiet little" @click=${() => this.#removePasskey(passkey)}>
            ${actOn('Remove', passkey.label)}
          </button>
        </li>`,
    );
    const possible = passkeysPossible();
    return html`<div class="stack tight">
      <span class="legend">Passkeys</span>
      ${
        list.length > 0
          ? html`<ul class="stack tight">
              ${list}
            </ul>`
          : html`<p class="soft">None yet.</p>`
      }
      ${
        possible
          ? html`<div>
              <button class="button" @click=${this.#addPasskey}>${icon('plus')} Add a passkey</button>
            </div>`
          : html`<p class="small faint">
              Passkeys need a browser that has them, and an address at localhost or https.
            </p>`
      }
    </div>`;
  }

  #appearance() {
    return html`<section class="section" aria-labelledby="appearance">
      <h2 id="appearance">Appearance</h2>
      <div class="segments" role="radiogroup" aria-labelledby="appearance">
        ${Object.entries(themes).map(
          ([name, label]) =>
            html`<label>
              <input type="radio" name="theme" .checked=${theme() === name} @change=${() => chooseTheme(name)} />
              <span>${label}</span>
            </label>`,
        )}
      </div>
      <pq-density></pq-density>
    </section>`;
  }

  render() {
    if (session.state !== 'open') return this.#appearance();
    const after = session.preferences.idleMinutes;
    return html`<section class="section" aria-labelledby="vault">
        <h2 id="vault">Vault</h2>
        <div class="field">
          <label for="idle">Auto-lock after</label>
          <div>
            <select
              class="select short"
              id="idle"
              @change=${(event) => session.prefer({ idleMinutes: Number(event.target.value) })}
            >
              ${minutes.map(
                (count) =>
                  html`<option value=${count} ?selected=${count === after}>
                    ${count === 1 ? '1 minute' : `${count} minutes`}
                  </option>`,
              )}
            </select>
          </div>
        </div>
        ${this.#storage()} ${this.#passkeys()}
        <div class="row">
          <button class="button" @click=${this.#changePassphrase}>${icon('key')} Change the passphrase</button>
          ${this.said ? html`<span class="status" data-tone="good" role="status">${icon('check')} ${this.said}</span>` : nothing}
        </div>
      </section>
      ${this.#appearance()}`;
  }
}
define('pq-vault-settings', VaultSettings);
