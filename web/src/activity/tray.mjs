// The activity tray: pending operations, orders to confirm, and the feed.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { works } from '../core/works.mjs';
import { age } from '../format/age.mjs';
import { coins } from '../format/amount.mjs';
import { explorerUrl } from '../format/explorer.mjs';
import { hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { define, html, nothing, Part } from '../parts/part.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import { clock } from '../store/clock.mjs';
import { store } from '../store/store.mjs';
import { nameOfEntry } from './names.mjs';
import './outcomes.mjs';
import './rules_form.mjs';
import { operationOf, wordsOf } from './words.mjs';

const shapes = { good: 'dot', warn: 'triangle', bad: 'square' };
const shown = 60; // entries of the feed
const steps = {
  submit_event: 'submitEvent',
  submit_events: 'submitEvents',
  place_order: 'placeOrder',
  onboard_machine: 'onboardMachine',
};

/** Returns pending operations: works of this page, then transactions of the journal that belong to none of them. */
export function underWay(running, pending) {
  const here = new Set(running.flatMap(({ transactions }) => transactions.map(({ hash }) => hash)));
  const mine = running.map(({ operation, about, stage, startedAt, transactions }) => ({
    operation,
    machine_id: about.machineId,
    stage,
    since: startedAt,
    hash: transactions.at(-1)?.hash,
    fee: transactions.at(-1)?.fee,
  }));
  const others = pending
    .filter(({ tx_hash: hash }) => !here.has(hash))
    .map(({ step, machine_id, ts, tx_hash: hash, fee_wei: fee }) => ({
      operation: steps[step] ?? 'activate',
      machine_id,
      stage: 'Pending',
      since: Date.parse(ts),
      hash,
      fee,
    }));
  return [...mine, ...others];
}

/** <pq-tray>: a button with the unread count, and the tray it opens. */
export class Tray extends Part {
  static properties = { open: { state: true } };

  constructor() {
    super();
    for (const source of [store, works, network, labels]) this.watch(source);
    this.onClock = () => this.open && this.requestUpdate();
    this.onDown = (event) => this.open && !this.contains(event.target) && this.#close();
  }

  connectedCallback() {
    super.connectedCallback();
    clock.addEventListener('change', this.onClock);
    document.addEventListener('pointerdown', this.onDown);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clock.removeEventListener('change', this.onClock);
    document.removeEventListener('pointerdown', this.onDown);
  }

  async #toggle() {
    if (this.open) return this.#close();
    this.fresh = new Set(store.feed.entries.filter(({ read }) => !read).map(({ id }) => id));
    this.open = true;
    store.markRead(store.feed.entries[0]?.id);
    await this.updateComplete;
    return this.querySelector('.tray').focus();
  }

  #close({ back } = {}) {
    this.open = false;
    if (back) this.querySelector('button').focus();
  }

  render() {
    const going = underWay(works.running, store.journal.pending);
    const { unread } = store.feed;
    const waiting = store.market.toConfirm.length;
    const said = [
      going.length > 0 && `${going.length} in progress`,
      waiting > 0 && `${waiting} to confirm`,
      unread > 0 && `${unread} new`,
    ].filter(Boolean);
    return html`<button
        type="button"
        class="button quiet bell"
        aria-expanded=${String(Boolean(this.open))}
        title=${said.join(', ') || 'Activity'}
        @click=${this.#toggle}
      >
        <span class="unseen">Activity</span>
        ${going.length > 0 ? html`<span class="spinner"></span>` : icon('bell')}
        ${going.length > 0 ? html`<span class="wide small">${going.length} in progress</span>` : nothing}
        ${waiting > 0 ? html`<span class="wide small">${waiting} to confirm</span>` : nothing}
        ${
          unread > 0
            ? html`<span class="unread">${unread > 99 ? '99+' : unread}<span class="unseen"> new</span></span>`
            : nothing
        }
      </button>
      ${this.open ? this.#tray(going) : nothing}`;
  }

  #tray(going) {
    const escape = (event) => event.key === 'Escape' && this.#close({ back: true });
    return html`<section class="tray" aria-label="Activity" tabindex="-1" @keydown=${escape}>
      <header class="row">
        <h2 class="grow">Activity</h2>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Close activity"
          @click=${() => this.#close({ back: true })}
        >
          ${icon('cross')}
        </button>
      </header>
      ${
        going.length > 0
          ? this.#group(
              'In progress',
              going.map((one) => this.#going(one)),
            )
          : nothing
      }
      ${
        store.market.toConfirm.length > 0
          ? this.#group(
              'Waiting for you',
              store.market.toConfirm.map((order) => this.#order(order)),
            )
          : nothing
      }
      ${this.#feed(going.length > 0)}
      <details>
        <summary>Watch rules</summary>
        <pq-watch-rules></pq-watch-rules>
      </details>
    </section>`;
  }

  #group(title, items) {
    return html`<div class="group">
      <h3>${title}</h3>
      <ul>
        ${items}
      </ul>
    </div>`;
  }

  #going({ operation, machine_id: machine, stage, since, hash, fee }) {
    const { noun, room } = operationOf(operation);
    return html`<li>
      <span class="spinner"></span>
      <div>
        <a href=${hrefTo(room)} @click=${() => this.#close()}
          >${[noun, nameOfEntry({ machine_id: machine })].filter(Boolean).join(', ')}</a
        >
        <span class="small soft"
          >${stage}, ${age(Date.now() - since)}${fee ? html`, fee up to ${coins(fee)}` : nothing}</span
        >
        ${hash ? this.#hash(hash) : nothing}
      </div>
    </li>`;
  }

  #hash(hash) {
    const url = explorerUrl(network.status?.network, hash);
    return html`<span class="small"
      ><pq-value .text=${hash} label="transaction"></pq-value>${
        url
          ? html` <a href=${url} target="_blank" rel="noopener noreferrer">Explorer ${icon('external', 12)}</a>`
          : nothing
      }</span
    >`;
  }

  #order({ id, machine_id, machine, service }) {
    return html`<li>
      ${icon('triangle', 12)}
      <div>
        <a href=${hrefTo('market', machine_id, 'orders', id)} @click=${() => this.#close()}
          >Confirm order ${service ?? id}</a
        >
        <span class="small soft">${machine ?? ''}</span>
      </div>
    </li>`;
  }

  #feed(busy) {
    const { entries } = store.feed;
    if (entries.length === 0 && busy) return nothing;
    if (entries.length === 0)
      return html`<p class="soft">
        Nothing has happened yet. Rating changes, lost bonds, quiet machines and transactions appear here.
      </p>`;
    return this.#group(
      'Recent',
      entries.slice(0, shown).map((entry) => this.#entry(entry)),
    );
  }

  #entry(entry) {
    const { title, text, href } = wordsOf(entry, nameOfEntry);
    return html`<li data-tone=${entry.tone} ?data-fresh=${this.fresh.has(entry.id)}>
      ${icon(shapes[entry.tone] ?? 'ring', 12)}
      <div>
        <a href=${hrefTo(...href)} @click=${() => this.#close()}>${title}</a>
        <span class="small soft"
          >${text ? html`${text}, ` : nothing}<pq-time .at=${entry.at}></pq-time>${
            entry.fee ? html`, fee ${coins(entry.fee)}` : nothing
          }</span
        >
        ${entry.hash ? this.#hash(entry.hash) : nothing}
      </div>
    </li>`;
  }
}
define('pq-tray', Tray);
