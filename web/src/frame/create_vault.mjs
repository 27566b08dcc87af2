// A new vault: its passphrase, with an honest word about how long it would hold.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { storage } from '../core/storage.mjs';
import { strengthOf } from '../vault/strength.mjs';
import { failure, sendButton } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { accountName } from './account_name.mjs';
import { go } from './router.mjs';

export class CreateVault extends Part {
  static properties = {
    then: { attribute: false },
    strength: { state: true },
    problems: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.problems = {};
  }

  async #submit(event) {
    event.preventDefault();
    const [first, second] = this.querySelectorAll('pq-secret');
    const strength = strengthOf(first.value);
    this.problems = {
      first: strength.problem,
      second: first.value === second.value ? undefined : 'The two are not the same',
    };
    if (this.problems.first || this.problems.second) return (this.problems.first ? first : second).focus();
    this.busy = true;
    try {
      const made = session.create(first.value);
      storage.protect(); // while the click still counts as one
      await made;
      return go('wallets', this.then);
    } catch (error) {
      return (this.error = error);
    } finally {
      this.busy = false;
    }
  }

  #meter() {
    const { score = 0, words } = this.strength ?? {};
    return html`<div class="stack tight">
      <div class="meter" data-tone=${score < 2 ? 'bad' : score < 3 ? 'warn' : 'good'} aria-hidden="true">
        ${[1, 2, 3, 4].map((step) => html`<i class=${step <= score ? 'on' : ''}></i>`)}
      </div>
      <p class="small soft" role="status">${words ?? 'At least 12 characters; four random words are good'}</p>
    </div>`;
  }

  render() {
    return html`<form class="stack loose" @submit=${this.#submit}>
      <div class="stack tight">
        <h1>Choose a passphrase</h1>
        <p class="soft">It encrypts everything that this console keeps here. Nobody can reset it for you.</p>
      </div>
      <div class="stack">
        ${accountName}
        <pq-secret
          name="passphrase"
          label="Passphrase"
          autocomplete="new-password"
          focused
          .error=${this.problems.first}
          @input=${(event) => (this.strength = strengthOf(event.target.value))}
        ></pq-secret>
        ${this.#meter()}
        <pq-secret
          name="again"
          label="Passphrase again"
          autocomplete="new-password"
          .error=${this.problems.second}
        ></pq-secret>
      </div>
      ${this.error ? failure(this.error) : nothing}
      <div class="row">
        ${sendButton('Create the vault', { symbol: 'lock', busy: this.busy })}
        <button type="button" class="button quiet" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>
          Back
        </button>
      </div>
    </form>`;
  }
}
define('pq-create-vault', CreateVault);
