// The top bar: who signs, on which network and how alive it is, the palette, the lock.
// SPDX-License-Identifier: Apache-2.0
import '../activity/tray.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { coins, count, decimal } from '../format/amount.mjs';
import { icon } from '../parts/icon.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { clock } from '../store/clock.mjs';
import { chainHealth, ratingsHealth } from '../store/health.mjs';
import { store } from '../store/store.mjs';
import { hrefTo } from './router.mjs';

export class TopBar extends Part {
  constructor() {
    super();
    this.watch(session);
    this.watch(network);
    this.watch(clock);
  }

  #wallet() {
    if (session.state === 'visiting')
      return html`<span class="chip">${icon('eye', 14)} <span class="truncate">Read-only</span></span>`;
    const { signer, status } = network;
    if (!signer) return html`<a href=${hrefTo('wallets')}>No wallet yet</a>`;
    return html`${signer.wallet ? html`<a class="name truncate wide" href=${hrefTo('wallets')}>${signer.wallet}</a>` : nothing}
      <pq-value .text=${signer.address} label="address"></pq-value>${
        status?.balance
          ? html`<span class="number wide" title="${decimal(status.balance, 18)} PEAQ">${coins(status.balance)}</span>`
          : nothing
      }`;
  }

  // The dot is square when something is wrong: colour is not the only sign.
  #network() {
    const { status } = network;
    const { tone, text } = chainHealth(store.chain, Date.now());
    const dot = html`<span class="dot" data-tone=${tone}></span>`;
    if (!status) return html`${dot} <span class=${text ? '' : 'faint'}>${text || 'Network'}</span>`;
    return html`${dot} ${status.network}
    ${
      text
        ? html`<span class="status wide" data-tone=${tone}>${text}</span>`
        : html`<span class="faint wide">chain ${status.chainId}</span>
            <span class="faint wide"
              >block ${count(status.blockNumber)}, <pq-time .at=${status.blockTime * 1000}></pq-time
            ></span>`
    }
    ${this.#ratings()}`;
  }

  #ratings() {
    const { tone, text } = ratingsHealth(store.ratings, Date.now());
    if (!text) return nothing;
    return html`<span class="dot" data-tone=${tone}></span> <span class="status wide" data-tone=${tone}>${text}</span>`;
  }

  render() {
    return html`<header class="top">
        <div class="wallet">${this.#wallet()}</div>
        <a class="row tight network button quiet" href=${hrefTo('settings')} title=${network.problem?.message ?? ''}
          >${this.#network()}</a
        >
        <pq-tray></pq-tray>
        <button
          type="button"
          class="button quiet"
          aria-label="Command palette"
          @click=${() => this.dispatchEvent(new CustomEvent('palette'))}
        >
          ${icon('search')} <kbd class="wide">/</kbd>
        </button>
        <button
          type="button"
          class="button quiet icon narrow"
          aria-label="Command"
          @click=${() => this.dispatchEvent(new CustomEvent('drawer'))}
        >
          ${icon('terminal')}
        </button>
        ${
          session.state === 'visiting'
            ? html`<button type="button" class="button little" @click=${() => session.lock()}>
                Exit<span class="wide"> read-only</span>
              </button>`
            : html`<button
                type="button"
                class="button quiet icon"
                aria-label="Lock"
                title="Lock"
                @click=${() => session.lock()}
              >
                ${icon('lock')}
              </button>`
        }
      </header>
      ${this.#trouble()}`;
  }

  // On a phone there is no room in the bar for what is wrong.
  #trouble() {
    const now = Date.now();
    const { status } = network;
    const chain = chainHealth(store.chain, now);
    const said = [
      status && chain.text && `${status.network} ${chain.text}`,
      ratingsHealth(store.ratings, now).text,
    ].filter(Boolean);
    return said.length > 0 ? html`<p class="trouble">${icon('triangle', 12)} ${said.join('. ')}</p>` : nothing;
  }
}
define('pq-top-bar', TopBar);
