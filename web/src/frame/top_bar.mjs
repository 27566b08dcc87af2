// The top bar: who signs, on which network and how alive it is, the palette, the lock.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { coins, count, decimal } from '../format/amount.mjs';
import { icon } from '../parts/icon.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import { hrefTo } from './router.mjs';

export class TopBar extends Part {
  constructor() {
    super();
    this.watch(session);
    this.watch(network);
  }

  #wallet() {
    if (session.state === 'visiting')
      return html`<span class="chip">${icon('eye', 14)} <span class="truncate">Looking around</span></span>`;
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
    const { status, problem } = network;
    if (problem?.kind === 'network') return html`<span class="dot" data-tone="bad"></span> Network not reachable`;
    if (problem) return html`<span class="dot"></span> No network set`;
    if (!status) return html`<span class="dot"></span> <span class="faint">Network</span>`;
    return html`<span class="dot" data-tone="good"></span> ${status.network}
      <span class="faint wide">chain ${status.chainId}</span>
      <span class="faint wide"
        >block ${count(status.blockNumber)}, <pq-time .at=${status.blockTime * 1000}></pq-time
      ></span>`;
  }

  render() {
    return html`<header class="top">
      <div class="wallet">${this.#wallet()}</div>
      <a class="row tight network button quiet" href=${hrefTo('settings')} title=${network.problem?.message ?? ''}
        >${this.#network()}</a
      >
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
          ? html`<button type="button" class="button little" @click=${() => session.lock()}>Leave</button>`
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
    </header>`;
  }
}
define('pq-top-bar', TopBar);
