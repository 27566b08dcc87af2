// Market: the orders of a machine by state, page after page.
// SPDX-License-Identifier: Apache-2.0
import { failure, skeleton } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/table.mjs';
import '../../parts/time.mjs';
import { market } from './store.mjs';
import { groups, orderStatus, paymentStatus, price } from './words.mjs';

/** <pq-market-orders .machineId=${} .group=${name of a group}>; says `open` with an order, `group` with a name. */
export class MarketOrders extends Part {
  static properties = { machineId: {}, group: {}, selected: {} };

  constructor() {
    super();
    this.group = 'all';
    this.watch(market);
  }

  #columns(payments) {
    const payment = (order) => payments.get(order.id);
    const amount = (order) => {
      if (!order.payment?.required) return html`<span class="faint">free</span>`;
      if (!payments.has(order.id)) return html`<span class="bone"></span>`;
      return html`<span class="mono">${price(payment(order)?.amount, payment(order)?.currency)}</span>`;
    };
    return [
      { name: 'service', label: 'Service', cell: ({ skill_key: key }) => key, sort: ({ skill_key: key }) => key },
      { name: 'provider', label: 'Provider', cell: ({ provider_key: key }) => html`<span class="soft">${key}</span>` },
      { name: 'status', label: 'State', cell: ({ status }) => orderStatus(status), sort: ({ status }) => status },
      {
        name: 'payment',
        label: 'Payment',
        cell: (order) =>
          html`<span class="soft">${order.payment?.required ? paymentStatus(payment(order)?.status) : 'Free'}</span>`,
      },
      { name: 'amount', label: 'Amount', number: true, cell: amount },
      {
        name: 'placed',
        label: 'Placed',
        number: true,
        cell: ({ created_at: at }) => (at ? html`<pq-time .at=${Date.parse(at)}></pq-time>` : '—'),
        sort: ({ created_at: at }) => at,
      },
    ];
  }

  #filter(items) {
    return html`<div class="segments" role="radiogroup" aria-label="Orders by state">
      ${Object.entries(groups).map(([name, { label, has }]) => {
        const count = items.filter(({ status }) => has(status)).length;
        return html`<label>
          <input
            type="radio"
            name="group"
            .checked=${name === this.group}
            @change=${() => this.dispatchEvent(new CustomEvent('group', { detail: name }))}
          />
          <span>${label} <span class="faint number">${count}</span></span>
        </label>`;
      })}
    </div>`;
  }

  render() {
    const { orders } = market;
    if (!orders || orders.machineId !== this.machineId) return skeleton(5);
    const { items, next, payments, error } = orders;
    const again = html`<button type="button" class="button" @click=${() => market.loadOrders(this.machineId)}>
      Try again
    </button>`;
    if (error && !items) return failure(error, { actions: again });
    if (!items) return skeleton(5);
    if (items.length === 0)
      return html`<p class="soft">No orders yet. Search for a service, then order the best quote.</p>`;
    const shown = items.filter(({ status }) => groups[this.group].has(status));
    return html`<div class="stack">
      <div class="scroll-x">${this.#filter(items)}</div>
      <pq-table
        label="List of orders"
        opens
        .columns=${this.#columns(payments)}
        .rows=${shown}
        .key=${({ id }) => id}
        .selected=${this.selected}
        @open=${(event) => this.dispatchEvent(new CustomEvent('open', { detail: event.detail }))}
      ></pq-table>
      ${error ? failure(error, { actions: again }) : nothing}
      ${
        next
          ? html`<div class="row">
              <button type="button" class="button" @click=${() => market.loadOrders(this.machineId, { more: true })}>
                Older orders
              </button>
              <span class="faint small">${items.length} shown</span>
            </div>`
          : nothing
      }
    </div>`;
  }
}
define('pq-market-orders', MarketOrders);
