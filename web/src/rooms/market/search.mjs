// Market: a search for services, and its quotes side by side, best first.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { actOn, chip, empty, failure, notice, sendButton, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { styled } from '../../parts/styled.mjs';
import '../../parts/time.mjs';
import { checkField, jsonField, membersOf, textField } from './form.mjs';
import { purchase } from './purchase.mjs';
import { paymentBy, price } from './words.mjs';
import { workSheet } from './work_sheet.mjs';

const kinds = ['oracle.price-feed', 'compute.digest', 'chain.block', 'positioning.rtk', 'weather.site'];

/** <pq-market-search .machine=${} .pairing=${}>; says `ordered` with {orderId}. */
export class MarketSearch extends Part {
  static properties = {
    machine: { attribute: false },
    pairing: { attribute: false },
    found: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  async #search(event) {
    event.preventDefault();
    const members = membersOf(event.target, { lists: ['capabilities'], flags: ['nativeOnly', 'allowHandoff'] });
    if (!members.budgetMax) delete members.budgetCurrency;
    this.dispatchEvent(new CustomEvent('searched', { detail: members }));
    this.busy = true;
    this.error = undefined;
    try {
      const { id } = this.pairing;
      this.found = await session.call('search', {
        machineId: this.machine.id,
        agentPairingId: id,
        pairing: id,
        ...members,
      });
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  async #order(quote) {
    const needs = quote.integration_status === 'credentials-required';
    const answers = await workSheet({
      title: `Order ${quote.skill_key}`,
      button: 'Place order',
      body: () =>
        html`<p class="soft">
            ${quote.payment.required ? 'The order is placed first; you see the payment, and agree to it, before anything is paid.' : 'It costs nothing.'}
          </p>
          ${jsonField('input', 'Input', 'For the service, as JSON; may be empty')}
          ${needs ? jsonField('providerCredentials', 'Credentials', `Of your account with ${quote.provider_key}, as JSON; not kept`) : nothing}`,
      act: async (form) => membersOf(form),
    });
    if (!answers) return;
    const { providerCredentials, ...members } = answers;
    const done = await purchase({
      title: `Order ${quote.skill_key}`,
      request: {
        serviceId: quote.service_id,
        machineId: this.machine.id,
        agentPairingId: this.pairing.id,
        pairing: this.pairing.id,
        searchId: this.found.id,
        quoteId: quote.id,
        ...(quote.operation && { operation: quote.operation }),
        ...members,
        ...(providerCredentials && { providerCredentials: new TextEncoder().encode(providerCredentials) }),
      },
    });
    if (done?.orderId) this.dispatchEvent(new CustomEvent('ordered', { detail: done }));
  }

  #form() {
    return html`<form class="search-form" @submit=${this.#search}>
      ${textField('serviceType', 'Service type', { placeholder: 'oracle.price-feed', mono: true, list: 'service-types' })}
      <datalist id="service-types">${kinds.map((kind) => html`<option value=${kind}></option>`)}</datalist>
      ${textField('budgetMax', 'Max price', { kind: 'number', placeholder: '2' })}
      ${textField('budgetCurrency', 'Currency', { value: 'USD' })}
      ${sendButton('Search', { symbol: 'search', busy: this.busy })}
      <details>
        <summary>More</summary>
        <div class="more">
          ${textField('operation', 'Operation', { placeholder: 'get-latest-price' })}
          ${textField('region', 'Region', { placeholder: 'eu' })}
          ${textField('capabilities', 'Capabilities', { placeholder: 'fx, signed' })}
          ${textField('maxResults', 'Max results', { kind: 'number', placeholder: '10' })}
          ${checkField('nativeOnly', 'Executed by the market only')}
          ${checkField('allowHandoff', 'Include external fulfilment')}
        </div>
      </details>
    </form>`;
  }

  #quote(quote, at) {
    const { pricing, payment } = quote;
    const cost =
      pricing.amount === null ? (payment.required ? 'on request' : 'free') : price(pricing.amount, pricing.currency);
    const score = Number(quote.score);
    return html`<li class="card quote" ?data-best=${at === 0}>
      <header class="row apart nowrap">
        <span class="faint number">#${at + 1}</span>
        ${at === 0 ? status('good', 'Best rank') : nothing}
      </header>
      <div class="stack tight">
        <h2 class="truncate" title=${quote.skill_key}>${quote.skill_key}</h2>
        <span class="soft truncate">${quote.provider_key}</span>
      </div>
      <p class="cost">${cost}</p>
      ${
        Number.isFinite(score)
          ? html`<div class="score">
              <span class="score-bar" aria-hidden="true"
                ><i ${styled({ width: `${Math.max(0, Math.min(1, score > 1 ? score / 100 : score)) * 100}%` })}></i
              ></span>
              <span class="number small">score ${score.toFixed(2)}</span>
            </div>`
          : nothing
      }
      <dl class="facts small">
        <dt>Operation</dt>
        <dd class="mono">${quote.operation ?? '—'}</dd>
        <dt>Executed by</dt>
        <dd>${quote.execution_mode === 'native' ? 'the market' : 'the provider'}</dd>
        <dt>Payment</dt>
        <dd>${payment.required ? paymentBy(payment) : 'None, it is free'}</dd>
        <dt>Expires</dt>
        <dd>${quote.expires_at ? html`<pq-time .at=${Date.parse(quote.expires_at)}></pq-time>` : '—'}</dd>
      </dl>
      <div class="row tight">${quote.reasons.map((reason) => chip(String(reason)))}</div>
      ${quote.integration_status === 'native' ? nothing : html`<p class="small">${status('warn', quote.integration_status)}</p>`}
      <button type="button" class="button ${at === 0 ? 'primary' : ''}" @click=${() => this.#order(quote)}>
        ${actOn('Order', quote.skill_key)}
      </button>
    </li>`;
  }

  #results() {
    if (this.error) return failure(this.error, { money: 'No money moved.' });
    if (this.busy)
      return html`<div class="quotes" role="status">
        <span class="unseen">Searching</span>
        ${[1, 2, 3].map(() => html`<div class="card quote bone-card"></div>`)}
      </div>`;
    if (!this.found) return nothing;
    if (this.found.quotes.length === 0)
      return empty({
        symbol: 'search',
        title: 'No offers found',
        text: 'Raise the budget, leave out an operation or a capability, or include external fulfilment.',
      });
    return html`<ol class="quotes" aria-label="Quotes, best first">
      ${this.found.quotes.map((quote, at) => this.#quote(quote, at))}
    </ol>`;
  }

  render() {
    return html`<div class="stack loose">
      ${this.pairing ? this.#form() : notice('warn', 'No agent is paired with this machine here. Pair one first: it searches and buys.')}
      ${this.#results()}
    </div>`;
  }
}
define('pq-market-search', MarketSearch);
