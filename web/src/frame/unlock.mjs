// Unlocking by passphrase or by passkey.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { passkeySecret } from '../core/passkey.mjs';
import { icon } from '../parts/icon.mjs';
import { failure, sendButton } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { accountName } from './account_name.mjs';
import { refusalOf } from './refusal.mjs';

export class Unlock extends Part {
  static properties = { problem: { state: true }, error: { state: true }, busy: { state: true } };

  async #try(open) {
    this.busy = true;
    this.problem = this.error = undefined;
    try {
      await open();
    } catch (error) {
      this.problem = refusalOf(error);
      if (this.problem) this.#again();
      else this.error = error;
    } finally {
      this.busy = false;
    }
  }

  #again() {
    const field = this.querySelector('pq-secret');
    field.clear();
    field.focus();
  }

  #submit(event) {
    event.preventDefault();
    this.#try(() => session.unlock({ passphrase: this.querySelector('pq-secret').value }));
  }

  render() {
    return html`<form class="stack loose" @submit=${this.#submit}>
      <div class="stack tight">
        <h1>Unlock</h1>
        <p class="soft">Enter your passphrase to unlock.</p>
      </div>
      ${accountName}
      <pq-secret
        name="passphrase"
        label="Passphrase"
        autocomplete="current-password"
        focused
        .error=${this.problem}
      ></pq-secret>
      ${this.error ? failure(this.error) : nothing}
      <div class="row">
        ${sendButton('Unlock', { symbol: 'unlock', busy: this.busy })}
        ${
          session.passkeys.length > 0
            ? html`<button
                type="button"
                class="button"
                ?disabled=${this.busy}
                @click=${() => this.#try(async () => session.unlock(await passkeySecret(session.passkeys)))}
              >
                ${icon('passkey')} Use a passkey
              </button>`
            : nothing
        }
      </div>
    </form>`;
  }
}
define('pq-unlock', Unlock);
