// Market: the agents that may buy for a machine, as far as this console has their tokens.
// SPDX-License-Identifier: Apache-2.0
import { icon } from '../../parts/icon.mjs';
import { actOn, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/time.mjs';
import '../../parts/value.mjs';
import { pair, rotate } from './pair.mjs';
import { market } from './store.mjs';
import { price } from './words.mjs';

/** <pq-market-pairings .machine=${}>; says `changed`. */
export class MarketPairings extends Part {
  static properties = { machine: { attribute: false } };

  constructor() {
    super();
    this.watch(market);
  }

  async #do(action) {
    if (await action) this.dispatchEvent(new CustomEvent('changed'));
  }

  #limits({ delegation_policy: policy }) {
    const { per_transaction_limit: one, daily_spend_limit: day, currency } = policy ?? {};
    const parts = [one !== null && `${price(one, currency)} an order`, day !== null && `${price(day, currency)} a day`];
    return parts.filter(Boolean).join(' · ') || 'no limit';
  }

  #pairing(pairing) {
    const { id, agent_address: address, agent_role: role, session_expires_at: until } = pairing;
    const wallet = market.walletOf(address);
    const ended = until && Date.parse(until) < Date.now();
    return html`<li class="row apart pairing">
      <div class="stack tight">
        <div class="row tight">
          <strong>${wallet?.name ?? pairing.agent_provider}</strong>
          <pq-value .text=${address} label="address of the agent"></pq-value>
        </div>
        <p class="small soft">${role} · ${this.#limits(pairing)}</p>
      </div>
      <div class="row tight">
        ${ended ? status('warn', 'Token expired') : status('good', 'Token valid')}
        ${until && !ended ? html`<span class="small faint">expires <pq-time .at=${Date.parse(until)}></pq-time></span>` : nothing}
        <button type="button" class="button little" @click=${() => this.#do(rotate(pairing))}>
          ${actOn('Rotate', `the token of ${wallet?.name ?? id}`)}
        </button>
      </div>
    </li>`;
  }

  render() {
    const pairings = market.pairingsOf(this.machine.id);
    return html`<section class="section" aria-labelledby="pairings">
      <div class="row apart">
        <h2 id="pairings">Agents</h2>
        <button type="button" class="button little" @click=${() => this.#do(pair(this.machine))}>
          ${icon('plus', 14)} Pair an agent
        </button>
      </div>
      ${
        pairings.length === 0
          ? html`<p class="soft">No agent here may buy for this machine. Pair one, and set what it may spend.</p>`
          : html`<ul>
              ${pairings.map((pairing) => this.#pairing(pairing))}
            </ul>`
      }
    </section>`;
  }
}
define('pq-market-pairings', MarketPairings);
