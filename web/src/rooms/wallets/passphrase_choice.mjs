// What protects a new wallet's file: the vault's passphrase, or a separate one. Right after the vault was made its
// passphrase is known, and not asked for again.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { refusalOf } from '../../frame/refusal.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/secret_input.mjs';
import { strengthOf } from '../../vault/strength.mjs';
import { terms } from '../../words/terms.mjs';
import { passphraseWords as words } from '../../words/wallets.mjs';

export class PassphraseChoice extends Part {
  static properties = { own: { state: true }, known: { state: true }, problems: { state: true } };

  constructor() {
    super();
    this.problems = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ask();
  }

  async #ask() {
    this.known = await session.passphraseKnown().catch(() => false);
  }

  #fields() {
    return [...this.querySelectorAll('pq-secret')];
  }

  clear() {
    this.#fields().forEach((field) => field.clear());
  }

  /**
   * The passphrase, or {vault: true} for the vault's as the worker remembers it: an answer to `new_passphrase`. Undefined
   * when something is wrong with it, which is said beside the field.
   */
  async take() {
    this.problems = {};
    if (this.known && !this.own) {
      await this.#ask();
      if (this.known) return { vault: true };
      await this.updateComplete;
      this.problems = { first: words.again };
      return undefined;
    }
    const [first, second] = this.#fields();
    const problems = this.own ? this.#judge(first.value, second.value) : await this.#check(first.value);
    if (!problems) return first.value;
    this.problems = problems;
    (problems.first ? first : second).focus();
    return undefined;
  }

  #judge(first, second) {
    const { problem } = strengthOf(first);
    if (problem) return { first: problem };
    return first === second ? undefined : { second: 'The two are not the same' };
  }

  async #check(passphrase) {
    try {
      await session.checkPassphrase(passphrase);
      return undefined;
    } catch (error) {
      return { first: refusalOf(error) ?? error.message };
    }
  }

  #choice(own, label) {
    return html`<label>
      <input
        type="radio"
        name="passphrase-of"
        .checked=${Boolean(this.own) === own}
        @change=${() => {
          this.own = own;
          this.problems = {};
        }}
      />
      <span>${label}</span>
    </label>`;
  }

  render() {
    return html`<div class="stack">
      <div class="stack tight">
        <span class="legend" id="passphrase-of">Protect with</span>
        <div>
          <div class="segments" role="radiogroup" aria-labelledby="passphrase-of">
            ${this.#choice(false, 'The vault passphrase')} ${this.#choice(true, 'A separate one')}
          </div>
        </div>
      </div>
      ${this.#secret()}
    </div>`;
  }

  #secret() {
    if (this.own || this.known === false) return this.#secrets();
    return this.known ? html`<p class="small soft">${words.same}</p>` : html`<span class="bone"></span>`;
  }

  #secrets() {
    return html`<pq-secret
        name="wallet-passphrase"
        label=${this.own ? 'Wallet passphrase' : terms.vaultPassphrase}
        autocomplete=${this.own ? 'new-password' : 'current-password'}
        .error=${this.problems.first}
      ></pq-secret>
      ${
        this.own
          ? html`<pq-secret
              name="wallet-passphrase-again"
              label="Wallet passphrase again"
              autocomplete="new-password"
              .error=${this.problems.second}
            ></pq-secret>`
          : nothing
      }`;
  }
}
define('pq-passphrase-choice', PassphraseChoice);
