// Before the rooms: making a vault at the first visit, unlocking it at every other.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { icon } from '../parts/icon.mjs';
import { notice } from '../parts/parts.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import '../parts/secret_input.mjs';
import { terms } from '../words/terms.mjs';
import './create_vault.mjs';
import './unlock.mjs';

const admissions = {
  refused: notice(
    'warn',
    html`<strong>This tab is not connected.</strong>
      <p>
        Each address that <code>peaqos console</code> prints opens one browser. Press Enter in its terminal for another
        one, and open that.
      </p>`,
  ),
  unreachable: notice(
    'warn',
    html`<strong><code>peaqos console</code> is not running.</strong>
      <p>Start it in its folder. Your vault is here, and this page connects by itself.</p>`,
  ),
};

export class Gate extends Part {
  static properties = { making: { state: true } };

  constructor() {
    super();
    this.watch(session);
  }

  #choice(symbol, title, text, act) {
    return html`<li>
      <button type="button" @click=${act}>
        ${icon(symbol, 20)} <strong>${title}</strong> <span class="soft">${text}</span> ${icon('right')}
      </button>
    </li>`;
  }

  #first() {
    const make = (then) => () => (this.making = then);
    return html`<div class="stack tight">
        <h1>Your machines, on peaq</h1>
        <p class="soft">Keys are made and kept in this browser, encrypted. Nothing leaves it but what you sign.</p>
      </div>
      <ul class="choices">
        ${this.#choice('plus', 'Create a wallet', 'New keys, with a recovery phrase', make('create'))}
        ${this.#choice('upload', 'Import a wallet', 'A recovery phrase, a private key or a wallet file', make('import'))}
        ${this.#choice('eye', terms.explore, 'Look at any fleet: the DID of an operator is enough', () => session.visit())}
      </ul>`;
  }

  render() {
    const content =
      session.state === 'locked'
        ? html`<pq-unlock></pq-unlock>`
        : this.making
          ? html`<pq-create-vault .then=${this.making} @back=${() => (this.making = undefined)}></pq-create-vault>`
          : this.#first();
    return html`<main class="gate">
      <div class="panel">
        <div class="brand"><img src="icon.svg" alt="" />peaqos console</div>
        ${admissions[session.admission] ?? nothing} ${content}
      </div>
    </main>`;
  }
}
define('pq-gate', Gate);
