// Market: one order, how far it is, and what can be done about it.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { chooseFile } from '../../parts/choose_file.mjs';
import { icon } from '../../parts/icon.mjs';
import { failure, field, notice, skeleton } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/time.mjs';
import '../../parts/value.mjs';
import { jsonField, membersOf } from './form.mjs';
import { purchase } from './purchase.mjs';
import { moneyMoved, orderStatus, paymentStatus, price } from './words.mjs';
import { workSheet } from './work_sheet.mjs';

const unfinished = ['created', 'payment_pending', 'ready'];
const delivered = ['delivered', 'handoff'];
const disputable = ['ready', 'executing', 'delivered', 'handoff', 'failed'];

/** <pq-market-order .orderId=${} .pairings=${known here}>; says `changed`. */
export class MarketOrder extends Part {
  static properties = {
    orderId: {},
    pairings: { attribute: false },
    state: { state: true },
    error: { state: true },
    said: { state: true },
  };

  willUpdate(changed) {
    if (!changed.has('orderId')) return;
    this.state = this.said = undefined;
    this.#load();
  }

  async #load() {
    const { orderId } = this;
    this.error = undefined;
    try {
      const state = await session.call('order', { orderId });
      if (this.orderId === orderId) this.state = state;
    } catch (error) {
      this.error = error;
    }
  }

  async #changed(said) {
    this.said = said;
    await this.#load();
    this.dispatchEvent(new CustomEvent('changed'));
  }

  get #pairing() {
    return this.pairings?.find(({ id }) => id === this.state.order.agent_pairing_id);
  }

  // The members of the request that made it: an equal one continues it.
  async #goOn() {
    const { order } = this.state;
    const input =
      Object.keys(order.input_payload ?? {}).length > 0 ? { input: JSON.stringify(order.input_payload) } : {};
    const optional = { searchId: order.search_id, quoteId: order.quote_id, operation: order.operation };
    const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value));
    await purchase({
      title: `Continue ${order.skill_key}`,
      request: {
        serviceId: order.service_id,
        machineId: order.machine_id,
        agentPairingId: order.agent_pairing_id,
        pairing: order.agent_pairing_id,
        ...given,
        ...input,
      },
    });
    await this.#changed();
  }

  async #confirm() {
    const { order, payment } = this.state;
    const escrow = Boolean(payment?.rail.escrow_address);
    const done = await workSheet({
      title: 'Confirm the delivery?',
      button: 'Confirm',
      body: () =>
        html`<p>
            You say that <strong>${order.skill_key}</strong> was delivered as ordered.
            ${payment ? html`<strong>${price(payment.amount, payment.currency)}</strong> ${escrow ? 'leave the escrow for the seller.' : 'are the seller’s for good.'}` : nothing}
          </p>
          <p class="soft">This cannot be undone. If something is wrong, raise a dispute instead.</p>`,
      act: () => session.call('confirmOrder', { orderId: order.id, pairing: order.agent_pairing_id }),
    });
    if (done) await this.#changed('The delivery is confirmed.');
  }

  async #dispute() {
    const { order, payment } = this.state;
    let evidence = '';
    const done = await workSheet({
      title: 'Raise a dispute',
      button: 'Raise dispute',
      danger: true,
      body: (update) =>
        html`<p>
            ${payment ? html`<strong>${price(payment.amount, payment.currency)}</strong> freeze until the market’s staff decide.` : 'The market’s staff look at it.'}
          </p>
          ${field({
            id: 'market-reason',
            label: 'What is wrong',
            control: ({ id }) => html`<textarea class="textarea" id=${id} name="reason" rows="3" required></textarea>`,
          })}
          ${jsonField('evidence', 'Evidence', 'As JSON; may be empty', evidence)}
          <div>
            <button
              type="button"
              class="button little"
              @click=${async () => {
                const file = await chooseFile('.json,application/json');
                if (!file) return;
                evidence = new TextDecoder().decode(file.bytes);
                update();
              }}
            >
              ${icon('file', 14)} Load from a file
            </button>
          </div>`,
      act: (form) =>
        session.call('disputeOrder', {
          orderId: order.id,
          pairing: order.agent_pairing_id,
          ...membersOf(form),
          yes: true,
        }),
    });
    if (done) await this.#changed('The dispute is raised.');
  }

  #payment(payment) {
    if (!payment)
      return html`<dt>Payment</dt>
        <dd>Nothing to pay</dd>`;
    const { rail } = payment;
    const to = rail.escrow_address ?? rail.payee_address ?? rail.wallet_address;
    return html`<dt>Payment</dt>
      <dd>${paymentStatus(payment.status)}</dd>
      <dt>Amount</dt>
      <dd><strong>${price(payment.amount, payment.currency)}</strong></dd>
      <dt>Rail</dt>
      <dd>
        ${rail.rail_type ?? '—'}${rail.token ? `, ${rail.token}` : ''}
        ${rail.chain ? html`<span class="faint mono">${rail.chain}</span>` : nothing}
      </dd>
      ${
        to
          ? html`<dt>To${rail.escrow_address ? ' (escrow)' : ''}</dt>
              <dd><pq-value .text=${to} label="recipient"></pq-value></dd>`
          : nothing
      }`;
  }

  #actions({ order }) {
    const { status: word } = order;
    const buttons = [
      unfinished.includes(word) &&
        html`<button type="button" class="button primary" @click=${this.#goOn}>${icon('right')} Continue</button>`,
      delivered.includes(word) &&
        html`<button type="button" class="button primary" @click=${this.#confirm}>
          ${icon('check')} Confirm delivery
        </button>`,
      disputable.includes(word) &&
        html`<button type="button" class="button danger" @click=${this.#dispute}>${icon('warning')} Dispute</button>`,
    ].filter(Boolean);
    if (buttons.length === 0) return nothing;
    if (!this.#pairing)
      return notice(
        'warn',
        'The token of its pairing is not in this console, so only its state can be shown. Rotate the token of the pairing where it is known.',
      );
    return html`<div class="row">${buttons}</div>`;
  }

  render() {
    if (this.error)
      return failure(this.error, {
        actions: html`<button type="button" class="button" @click=${() => this.#load()}>Try again</button>`,
      });
    if (!this.state) return skeleton(8);
    const { order, payment } = this.state;
    return html`<article class="card" aria-label="Order">
      <header class="row apart">
        <h2>${order.skill_key}</h2>
        ${orderStatus(order.status)}
      </header>
      ${this.said ? notice('good', `${this.said} ${moneyMoved(payment)}`) : nothing}
      ${order.error_message ? notice('bad', html`${order.error_message}. ${moneyMoved(payment)}`) : nothing}
      <dl class="facts">
        <dt>Order</dt>
        <dd><pq-value .text=${order.id} label="order ID" wide></pq-value></dd>
        <dt>Provider</dt>
        <dd>${order.provider_key}</dd>
        <dt>Operation</dt>
        <dd class="mono">${order.operation ?? '—'}</dd>
        <dt>Placed</dt>
        <dd>${order.created_at ? html`<pq-time .at=${Date.parse(order.created_at)}></pq-time>` : '—'}</dd>
        ${this.#payment(payment)}
        ${
          order.handoff
            ? html`<dt>Goes on at</dt>
                <dd class="mono">${order.handoff.url}</dd>`
            : nothing
        }
        ${
          Object.keys(order.input_payload ?? {}).length > 0
            ? html`<dt>Input</dt>
                <dd><pre class="licence">${JSON.stringify(order.input_payload, null, 2)}</pre></dd>`
            : nothing
        }
      </dl>
      ${this.#actions(this.state)}
    </article>`;
  }
}
define('pq-market-order', MarketOrder);
