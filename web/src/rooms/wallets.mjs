// Wallets: the keys that sign, each encrypted on its own.
// SPDX-License-Identifier: Apache-2.0
import { repeat } from 'lit/directives/repeat.js';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { settings } from '../core/settings.mjs';
import { go, hrefTo, router } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, empty, failure, notice, roomHead } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { terms } from '../words/terms.mjs';
import './wallets/card.mjs';
import './wallets/create.mjs';
import './wallets/import.mjs';

const lines = { create: ['wallet', 'create', 'NAME'], import: ['wallet', 'import', 'NAME'] };

export default class Wallets extends Part {
  static properties = { wallets: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.parts = [];
    this.watch(session);
    this.watch(settings);
    this.onChange = () => this.#load();
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', this.onChange);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    session.removeEventListener('change', this.onChange);
  }

  async #load() {
    if (session.state !== 'open') return;
    this.error = undefined;
    try {
      this.wallets = await session.call('listWallets');
    } catch (error) {
      this.error = error;
    }
  }

  // The first wallet signs at once; another one when the person says so. Whoever went on to another room stays there.
  async #made({ detail: wallet }) {
    await this.#load();
    if (router.at('wallets') && router.parts[0]) go('wallets');
    if (!settings.value('PEAQOS_OWS_WALLET')) await session.call('useWallet', { wallet: wallet.id });
    await this.#changed();
  }

  async #changed() {
    await Promise.all([this.#load(), settings.refresh(), network.refresh()]);
    session.touched();
  }

  get #doing() {
    return Object.hasOwn(lines, this.parts[0] ?? '') ? this.parts[0] : undefined;
  }

  #active({ id, name }) {
    const active = settings.value('PEAQOS_OWS_WALLET');
    return active === id || active === name;
  }

  #visiting() {
    return html`${roomHead('Wallets')}
    ${empty({
      symbol: 'wallets',
      title: 'A wallet needs a vault',
      text: 'In read-only mode nothing is kept. Exit it, then create a wallet to sign with.',
      action: html`<button type="button" class="button primary" @click=${() => session.lock()}>${terms.leave}</button>`,
      argv: lines.create,
    })}`;
  }

  #list() {
    if (this.error)
      return failure(this.error, {
        actions: html`<button type="button" class="button" @click=${() => this.#load()}>Try again</button>`,
      });
    if (!this.wallets)
      return html`<div class="cards" role="status">
        <span class="unseen">Loading</span>
        <div class="card wallet-card bone-card"></div>
      </div>`;
    if (this.wallets.length > 0)
      return html`<div class="cards">
        ${repeat(
          this.wallets,
          ({ id }) => id,
          (wallet) =>
            html`<pq-wallet-card
              .wallet=${wallet}
              ?active=${this.#active(wallet)}
              @changed=${() => this.#changed()}
            ></pq-wallet-card>`,
        )}
      </div>`;
    return this.#doing
      ? nothing
      : empty({
          symbol: 'wallets',
          title: 'No wallet yet',
          text: 'A wallet signs for your machines: it registers them, submits their events and pays. Its keys are encrypted here and never leave but in a file that you export.',
          action: html`<div class="row">
            <a class="button primary" href=${hrefTo('wallets', 'create')}>${icon('plus')} Create a wallet</a>
            <a class="button" href=${hrefTo('wallets', 'import')}>${icon('upload')} Import one</a>
          </div>`,
        });
  }

  render() {
    if (session.state === 'visiting') return this.#visiting();
    const doing = this.#doing;
    const back = () => go('wallets');
    const taken = this.wallets?.map(({ name }) => name);
    const some = this.wallets?.length > 0;
    const active = settings.value('PEAQOS_OWS_WALLET');
    const lost = some && active && !this.wallets.some((wallet) => this.#active(wallet));
    return html`${roomHead(
      'Wallets',
      some && !doing
        ? html`<a class="button" href=${hrefTo('wallets', 'import')}>${icon('upload')} Import</a>
            <a class="button primary" href=${hrefTo('wallets', 'create')}>${icon('plus')} Create</a>`
        : nothing,
    )}
    ${doing === 'create' ? html`<pq-create-wallet .taken=${taken} @made=${this.#made} @back=${back}></pq-create-wallet>` : nothing}
    ${doing === 'import' ? html`<pq-import-wallet .taken=${taken} @made=${this.#made} @back=${back}></pq-import-wallet>` : nothing}
    ${lost ? notice('warn', `The active wallet is set to ${active}, which is not here. Use another one.`) : nothing}
    ${this.#list()} ${asCommand(lines[doing] ?? ['wallet', 'list'])}`;
  }
}
