// The top bar: who signs, on which network and how alive it is, the palette, the lock.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { icon } from '../parts/icon.mjs';
import '../parts/value.mjs';
import { define, html, Part } from '../parts/part.mjs';
import { hrefTo } from './router.mjs';

export class TopBar extends Part {
  constructor() {
    super();
    this.watch(session);
    this.watch(network);
  }

  #wallet() {
    if (session.state === 'visiting') return html`<span class="chip">${icon('eye', 14)} Looking around</span>`;
    if (!network.address) return html`<a href=${hrefTo('wallets')}>No wallet yet</a>`;
    return html`<pq-value .text=${network.address} label="address"></pq-value>`;
  }

  #network() {
    const { name, chainId, problem } = network;
    if (!name && !problem) return html`<span class="faint">No network yet</span>`;
    return html`<span class="dot" data-tone=${problem ? 'bad' : 'good'}></span>
      <span>${name ?? 'Network'}</span>
      <span class="faint wide">${problem ? 'not reachable' : `chain ${chainId}`}</span>`;
  }

  render() {
    return html`<header class="top">
      <div class="wallet">${this.#wallet()}</div>
      <a class="row tight network button quiet" href=${hrefTo('settings')} title=${network.problem ?? ''}
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
