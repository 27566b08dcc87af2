// Market: services for machines: orders by state, spend against limits, searches, agents.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { settings } from '../core/settings.mjs';
import { go, hrefTo, router } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, empty, failure, figure, notice, roomHead, skeleton, status } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { styled } from '../parts/styled.mjs';
import '../parts/value.mjs';
import { onboard } from './market/onboard.mjs';
import './market/order.mjs';
import './market/orders.mjs';
import './market/pairings.mjs';
import './market/search.mjs';
import { searchWords } from './market/search_words.mjs';
import { market } from './market/store.mjs';
import { groups, price } from './market/words.mjs';

const needed = ['PEAQOS_ORCHESTRATION_URL', 'PEAQOS_ORCH_API_KEY'];
const machineTones = { active: 'good', draft: 'warn', degraded: 'warn', blocked: 'bad' };

export default class MarketRoom extends Part {
  static properties = { searched: { state: true } };

  constructor() {
    super();
    this.parts = [];
    this.query = new URLSearchParams();
    this.watch(market);
    this.watch(settings);
    this.watch(session);
  }

  get #ready() {
    return settings.variables && needed.every((name) => settings.has(name));
  }

  // Loads what the address needs, once.
  willUpdate() {
    if (!this.#ready) return;
    if (!this.loading && !market.machines && !market.error) {
      this.loading = true;
      market.load().finally(() => (this.loading = false));
    }
    const machine = this.#machine;
    if (machine && market.orders?.machineId !== machine.id) market.loadOrders(machine.id);
  }

  get #machine() {
    const [id] = this.parts;
    return id ? market.machine(id) : market.machines?.[0];
  }

  async #reload() {
    await market.load();
    const machine = this.#machine;
    if (machine) await market.loadOrders(machine.id);
  }

  async #onboard() {
    const machine = await onboard();
    if (!machine) return;
    await this.#reload();
    if (router.at('market')) go('market', machine.id);
  }

  #head(actions) {
    return roomHead('Market', actions);
  }

  #unset() {
    return html`${this.#head()}
    ${empty({
      symbol: 'market',
      title: 'Services for your machines',
      text: 'On the Machine Market your machines buy what they need: prices, positions, computing. The console needs the market’s address and your key for it.',
      action: html`<a class="button primary" href=${hrefTo('settings')}>${icon('settings')} Set them</a>`,
      argv: ['scale', 'machine', 'list'],
    })}`;
  }

  #none() {
    return html`${this.#head()}
    ${empty({
      symbol: 'market',
      title: 'No machine in the market yet',
      text: 'Bring one in: you prove that you control its identity with a signature. Then pair an agent that may buy for it.',
      action: html`<button type="button" class="button primary" @click=${this.#onboard}>
        ${icon('plus')} Onboard a machine
      </button>`,
      argv: ['scale', 'machine', 'onboard'],
    })}`;
  }

  #choose(machine) {
    if (market.machines.length === 1) return html`<strong>${machine.display_name}</strong>`;
    return html`<select
      class="select short"
      aria-label="Machine"
      @change=${(event) => go('market', event.target.value)}
    >
      ${market.machines.map(
        ({ id, display_name: name }) => html`<option value=${id} ?selected=${id === machine.id}>${name}</option>`,
      )}
    </select>`;
  }

  #figures(machine) {
    const { items, next } = market.orders ?? {};
    const count = (name) =>
      items ? `${items.filter(({ status: word }) => groups[name].has(word)).length}${next ? '+' : ''}` : undefined;
    return html`<dl class="figures">
      ${figure('Orders', count('all'))} ${figure('Incomplete', count('open'))}
      ${figure('Awaiting confirmation', count('confirm'))} ${figure('Spent today', this.#spent(machine))}
    </dl>`;
  }

  // What was spent today, against the daily limit of the newest pairing that has one.
  #spent(machine) {
    if (!market.orders?.items) return undefined;
    const { sums, whole } = market.spentToday();
    const policy = market
      .pairingsOf(machine.id)
      .find(({ delegation_policy: one }) => one?.daily_spend_limit)?.delegation_policy;
    const currency = policy?.currency ?? [...sums.keys()][0] ?? 'USD';
    const spent = sums.get(currency) ?? 0;
    const shown = `${whole ? '' : '≥ '}${spent === 0 ? `${currency} 0.00` : price(spent, currency)}`;
    if (!policy) return shown;
    const share = Math.min(1, spent / Number(policy.daily_spend_limit));
    return html`${shown} <span class="of-limit faint">of ${price(policy.daily_spend_limit, currency)}</span>
      <span class="limit-bar" data-tone=${share >= 0.9 ? 'bad' : ''} aria-hidden="true"
        ><i ${styled({ width: `${share * 100}%` })}></i
      ></span>`;
  }

  #overview(machine) {
    const [, , orderId] = this.parts;
    return html`${this.#figures(machine)}
      <div class="beside" ?data-two=${Boolean(orderId)}>
        <section class="stack" aria-labelledby="orders">
          <h2 id="orders">Orders</h2>
          <pq-market-orders
            .machineId=${machine.id}
            .group=${this.query.get('state') ?? 'all'}
            .selected=${orderId}
            @group=${({ detail }) => go('market', machine.id, { state: detail })}
            @open=${({ detail }) => go('market', machine.id, 'orders', detail.id, Object.fromEntries(this.query))}
          ></pq-market-orders>
        </section>
        ${
          orderId
            ? html`<pq-market-order
                .orderId=${orderId}
                .pairings=${market.pairings}
                @changed=${() => market.loadOrders(machine.id)}
              ></pq-market-order>`
            : nothing
        }
      </div>
      <pq-market-pairings .machine=${machine} @changed=${() => this.#reload()}></pq-market-pairings>
      <section class="section" aria-labelledby="machine">
        <h2 id="machine">Machine</h2>
        <dl class="facts">
          <dt>State</dt>
          <dd>${status(machineTones[machine.status], machine.status)}</dd>
          <dt>Market ID</dt>
          <dd><pq-value .text=${machine.id} label="market ID"></pq-value></dd>
          <dt>Identity</dt>
          <dd>
            ${machine.identity_ref ? html`<pq-value .text=${machine.identity_ref} label="identity"></pq-value>` : '—'}
          </dd>
          <dt>Type</dt>
          <dd>${machine.machine_type} <span class="faint">${machine.runtime_profile}</span></dd>
          <dt>Owner</dt>
          <dd>${machine.owner_id}</dd>
        </dl>
      </section>`;
  }

  #line(machine) {
    const [, view, id] = this.parts;
    if (view === 'search') return ['scale', 'search', '--machine-id', machine.id, ...searchWords(this.searched)];
    if (view === 'orders' && id) return ['scale', 'order', 'status', id];
    return ['scale', 'order', 'list', '--machine-id', machine.id];
  }

  render() {
    if (settings.problem) return html`${this.#head()} ${failure(settings.problem)}`;
    if (!settings.variables) return html`${this.#head()} ${skeleton(6)}`;
    if (!this.#ready) return this.#unset();
    const again = html`<button type="button" class="button" @click=${() => this.#reload()}>Try again</button>`;
    if (market.error)
      return html`${this.#head()} ${failure(market.error, { money: 'No money moved.', actions: again })}`;
    if (!market.machines) return html`${this.#head()} ${skeleton(6)}`;
    if (market.machines.length === 0) return this.#none();
    const machine = this.#machine;
    if (!machine)
      return html`${this.#head()}
      ${notice('warn', 'The market lists no such machine.', html`<a class="button" href=${hrefTo('market')}>All machines</a>`)}`;
    const searching = this.parts[1] === 'search';
    return html`${this.#head(
      html`${this.#choose(machine)}
        <button type="button" class="button" @click=${this.#onboard}>${icon('plus')} Onboard</button>
        ${
          searching
            ? html`<a class="button" href=${hrefTo('market', machine.id)}>Orders</a>`
            : html`<a class="button primary" href=${hrefTo('market', machine.id, 'search')}
                >${icon('search')} Search services</a
              >`
        }`,
    )}
    ${
      searching
        ? html`<pq-market-search
            @searched=${({ detail }) => (this.searched = detail)}
            .machine=${machine}
            .pairing=${market.pairingsOf(machine.id)[0]}
            @ordered=${async ({ detail }) => {
              await market.loadOrders(machine.id);
              // Who went on meanwhile stays there.
              if (router.at('market') && router.parts[1] === 'search')
                go('market', machine.id, 'orders', detail.orderId);
            }}
          ></pq-market-search>`
        : this.#overview(machine)
    }
    ${asCommand(this.#line(machine))}`;
  }
}
