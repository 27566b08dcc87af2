// Renewals of a selection in a sheet: each machine with its price, the sum, one approval, and what became of each.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { coins, count } from '../../format/amount.mjs';
import { subscribedId } from '../../format/did.mjs';
import { failure, notice, skeleton, status } from '../../parts/parts.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import { openSheet } from '../../parts/sheet.mjs';
import '../../parts/table.mjs';
import '../../parts/value.mjs';
import { store } from '../../store/store.mjs';
import { moneyMoved } from '../../words/money.mjs';
import { renewalWords as words } from '../../words/renewal.mjs';
import { terms } from '../../words/terms.mjs';
import { renewal } from './current_renewal.mjs';

const outcomes = {
  confirmed: ['good', words.renewed],
  renewed: ['good', words.renewed],
  failed: ['bad', words.failed],
  pending: ['busy', words.pending],
  cannot: ['bad', words.cannot],
  ended: ['bad', words.ended],
  due: ['', words.due],
};

const stateOf = (row) => renewal.outcomes.get(row.machine_id)?.state ?? row.status;
const reasonOf = (row) => renewal.outcomes.get(row.machine_id)?.reason ?? row.error?.message ?? '';
const hashOf = (row) => renewal.outcomes.get(row.machine_id)?.tx_hash ?? row.transaction_hash;
const day = (seconds) => new Date(Number(seconds) * 1000).toISOString().slice(0, 10);

const machineColumns = [
  { name: 'machine', label: 'Machine', cell: (row) => labels.nameOfId(row.machine_id) },
  {
    name: 'until',
    label: 'Paid until',
    sort: (row) => Number(row.previous_period_end),
    cell: (row) => day(row.period_end ?? row.previous_period_end),
  },
  {
    name: 'price',
    label: 'Price',
    number: true,
    cell: (row) =>
      row.net_peaq_amount === undefined ? '' : html`<span title=${row.tier}>${coins(row.net_peaq_amount)}</span>`,
  },
];

const stateColumn = {
  name: 'state',
  label: 'State',
  sort: stateOf,
  cell: (row) =>
    html`<span title=${reasonOf(row)}>${status(...(outcomes[stateOf(row)] ?? ['', stateOf(row)]))}</span> ${
        hashOf(row) ? html`<pq-value .text=${hashOf(row)} label="transaction"></pq-value>` : nothing
      }`,
};
const untilColumn = machineColumns.find(({ name }) => name === 'until');

// Before anything is paid, what it costs; then what became of each.
function columnsOf({ state, machines }) {
  if (state === 'planned' && machines.every(({ status: own }) => own === 'due')) return machineColumns;
  return [...machineColumns.filter((column) => column !== untilColumn), stateColumn];
}

class RenewalView extends Part {
  static properties = { close: { attribute: false } };

  constructor() {
    super();
    this.watch(renewal);
    this.watch(labels);
  }

  async #pay() {
    const { machines } = renewal;
    await renewal.pay();
    store.refresh('machines', {
      dids: machines.map(({ machine_id: id }) => labels.didOfId(id)).filter(Boolean),
    });
  }

  #plan() {
    const { due, sum, machines } = renewal;
    const left = machines.length - due.length;
    return html`${
      due.length > 0
        ? html`<p class="headline">${words.headline(count(due.length), due.length, coins(sum))}</p>
            <p class="soft">${words.about}</p>`
        : nothing
    }
    ${left > 0 ? notice('warn', words.leftOut(count(left), left)) : nothing}`;
  }

  #progress() {
    const done = renewal.outcomes.size;
    const all = renewal.due.length;
    return html`<p role="status"><span class="spinner"></span> ${words.progress(count(done), count(all))}</p>
      <progress max=${all} value=${done} aria-label=${words.progressLabel}></progress>
      <p class="faint small">${words.mayLeave}</p>`;
  }

  #end() {
    const { result, machines } = renewal;
    if (!result) return nothing;
    const done = machines.filter(({ status: state }) => state === 'renewed').length;
    const left = machines.length - done;
    return notice(left > 0 ? 'warn' : 'good', words.done(count(done), done, count(left), left));
  }

  #actions() {
    const { state, due, machines } = renewal;
    const rest = machines.some(({ status: own }) => ['due', 'failed', 'pending'].includes(own));
    const close = html`<button type="button" class="button" @click=${() => this.close()}>
      ${state === 'planned' ? terms.cancel : words.close}
    </button>`;
    if (state === 'planned')
      return html`${
        due.length > 0
          ? html`<button type="button" class="button primary" autofocus @click=${() => this.#pay()}>
              ${words.sign(due.length)}
            </button>`
          : html`<button type="button" class="button" @click=${() => renewal.again()}>${words.again}</button>`
      }
      ${close}`;
    if (state === 'ended' && (rest || renewal.error))
      return html`<button type="button" class="button primary" @click=${() => renewal.again()}>${words.rest}</button>
        ${close}`;
    return close;
  }

  render() {
    const { state, error, machines } = renewal;
    return html`<div class="stack">
      ${state === 'planning' ? skeleton(4) : nothing} ${state === 'planned' ? this.#plan() : nothing}
      ${state === 'paying' ? this.#progress() : nothing} ${state === 'ended' ? this.#end() : nothing}
      ${error ? failure(error, { money: moneyMoved(error, words.again, renewal.outcomes.size > 0) }) : nothing}
      ${
        machines.length > 0
          ? html`<pq-table
              label=${words.table}
              height="20rem"
              .columns=${columnsOf(renewal)}
              .rows=${[...machines]}
              .key=${(row) => row.machine_id}
            ></pq-table>`
          : nothing
      }
      <div class="actions">${this.#actions()}</div>
    </div>`;
  }
}
define('pq-renewal', RenewalView);

/** Opens the sheet for these machines, by their DIDs; renewals that are under way are shown instead of others. */
export function renewMachines(dids) {
  if (renewal.state !== 'paying') renewal.plan(dids.map(subscribedId));
  return openSheet({
    title: words.title,
    content: ({ close }) => html`<pq-renewal .close=${close}></pq-renewal>`,
  });
}
