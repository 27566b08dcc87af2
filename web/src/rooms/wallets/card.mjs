// A wallet as a card: who it is, what it has, what can be done with it.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { coins } from '../../format/amount.mjs';
import { icon } from '../../parts/icon.mjs';
import { actOn, failure, notice, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/time.mjs';
import '../../parts/value.mjs';
import { terms } from '../../words/terms.mjs';
import { exportFile, needsBackup, remove, reveal, showAddresses } from './actions.mjs';

const keyTypes = { mnemonic: 'Recovery phrase', private_key: 'Private keys' };

/** <pq-wallet-card .wallet=${of listWallets} .active=${boolean}>; says `changed`. */
export class WalletCard extends Part {
  static properties = {
    wallet: { attribute: false },
    active: { type: Boolean },
    balance: { state: true },
    error: { state: true },
  };

  constructor() {
    super();
    this.watch(session);
  }

  firstUpdated() {
    this.#load();
  }

  // The balance is a courtesy: without a node the card stands all the same.
  async #load() {
    const account = this.wallet.peaq_address;
    if (!account) return;
    this.balance = await session.call('networkStatus', { account }).then(
      ({ balance }) => balance,
      () => null,
    );
  }

  async #do(action) {
    this.error = undefined;
    try {
      if ((await action(this.wallet)) !== undefined) this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      this.error = error;
    }
  }

  #balance() {
    if (this.balance === undefined) return html`<span class="bone"></span>`;
    return this.balance === null
      ? html`<span class="faint">not known</span>`
      : html`<span class="mono">${coins(this.balance)}</span>`;
  }

  #button(symbol, label, action, look = 'quiet') {
    const { name } = this.wallet;
    return html`<button type="button" class="button little ${look}" @click=${() => this.#do(action)}>
      ${icon(symbol, 14)} ${actOn(label, name)}
    </button>`;
  }

  render() {
    const { wallet, active } = this;
    const phrase = wallet.key_type === 'mnemonic';
    return html`<article class="card wallet-card" aria-label=${wallet.name}>
      <header class="row apart nowrap">
        <h2 class="truncate">${wallet.name}</h2>
        ${
          active
            ? status('good', terms.activeWallet)
            : this.#button('check', 'Use', () => session.call('useWallet', { wallet: wallet.id }), '')
        }
      </header>
      <dl class="facts">
        <dt>Address</dt>
        <dd>
          ${wallet.peaq_address ? html`<pq-value .text=${wallet.peaq_address} label="address of ${wallet.name}"></pq-value>` : html`<span class="faint">none on peaq</span>`}
        </dd>
        <dt>Balance</dt>
        <dd>${this.#balance()}</dd>
        <dt>Type</dt>
        <dd>${keyTypes[wallet.key_type]}</dd>
        <dt>Created</dt>
        <dd><pq-time .at=${Date.parse(wallet.created_at)}></pq-time></dd>
      </dl>
      ${
        needsBackup(wallet)
          ? notice(
              'warn',
              'Not backed up. If this browser’s data is cleared, you lose this wallet.',
              html`${phrase ? this.#button('eye', 'Back up phrase', reveal, '') : nothing}
              ${this.#button('download', 'Export file', exportFile, '')}`,
            )
          : nothing
      }
      ${this.error ? failure(this.error) : nothing}
      <footer class="row tight">
        ${this.#button('wallets', 'Addresses', showAddresses)}
        ${needsBackup(wallet) ? nothing : html`${this.#button('download', 'Export', exportFile)} ${this.#button('eye', 'Reveal', reveal)}`}
        ${this.#button('cross', 'Delete', remove)}
      </footer>
    </article>`;
  }
}
define('pq-wallet-card', WalletCard);
