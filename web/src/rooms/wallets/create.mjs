// Wallets: a new one.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { failure, sendButton } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import './passphrase_choice.mjs';
import './wallet_name.mjs';

/** Says `made` with the wallet, or `back`. */
export class CreateWallet extends Part {
  static properties = {
    taken: { attribute: false },
    error: { state: true },
    busy: { state: true },
  };

  async #submit(event) {
    event.preventDefault();
    const words = event.target.elements.words.value;
    const name = this.querySelector('pq-wallet-name').take();
    this.error = undefined;
    if (name === undefined) return undefined;
    this.busy = true;
    try {
      const choice = this.querySelector('pq-passphrase-choice');
      const passphrase = await choice.take();
      if (passphrase === undefined) return undefined;
      const wallet = await session.call('createWallet', { name, words }, { question: () => passphrase });
      choice.clear();
      return this.dispatchEvent(new CustomEvent('made', { detail: wallet }));
    } catch (error) {
      return (this.error = error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<form class="card form" @submit=${this.#submit} aria-labelledby="create-title">
      <h2 id="create-title">Create a wallet</h2>
      <pq-wallet-name .taken=${this.taken}></pq-wallet-name>
      <div class="stack tight">
        <span class="legend" id="words">Recovery phrase</span>
        <div>
          <div class="segments" role="radiogroup" aria-labelledby="words">
            <label><input type="radio" name="words" value="12" checked /><span>12 words</span></label>
            <label><input type="radio" name="words" value="24" /><span>24 words</span></label>
          </div>
        </div>
      </div>
      <pq-passphrase-choice></pq-passphrase-choice>
      ${this.error ? failure(this.error) : nothing}
      <div class="row">
        ${sendButton('Create', { symbol: 'plus', busy: this.busy })}
        <button type="button" class="button quiet" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>
          Cancel
        </button>
      </div>
    </form>`;
  }
}
define('pq-create-wallet', CreateWallet);
