// A machine's events, newest first and page by page, each with its transaction where it was sent from here.
// SPDX-License-Identifier: Apache-2.0
import { network } from '../../core/network.mjs';
import { session } from '../../core/session.mjs';
import { coins, count as number } from '../../format/amount.mjs';
import { explorerUrl } from '../../format/explorer.mjs';
import { define, html, nothing, Part } from '../../parts/part.mjs';
import '../../parts/time.mjs';
import '../../parts/value.mjs';
import { rowsOf, transactionsOf } from '../events/journal.mjs';
import { amountOf, inDollars, isRevenue, trusts } from './amounts.mjs';
import { ownEvents } from './own_events.mjs';

const pageSize = 50;
const most = 5000; // events that are brought into the page; the command shows all

/** <pq-machine-events .did .profile>, with a reduced profile (web/src/worker/store/profile.mjs). */
export class MachineEvents extends Part {
  static properties = {
    did: { attribute: false },
    profile: { attribute: false },
    page: { state: true },
    more: { state: true }, // a profile with more of the events than the given one
    reading: { state: true },
    problem: { state: true },
    own: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('profile')) {
      this.more = this.problem = undefined;
      // What is newer comes with its first events alone.
      if (changed.has('did') || this.page * pageSize >= this.#known.length) this.page = 0;
      this.#readJournal();
    }
  }

  async #readJournal() {
    const id = this.profile.machine.peaqos.machine_id;
    const bytes = await session.readFile('peaqos.log').catch(() => undefined);
    this.own = ownEvents(transactionsOf(rowsOf(bytes), ['submit_event']), id);
  }

  get #known() {
    return (this.more ?? this.profile).events;
  }

  async #turn(page) {
    const needed = (page + 1) * pageSize;
    if (this.#known.length < Math.min(needed, this.profile.count)) {
      this.reading = true;
      this.problem = undefined;
      const { did } = this;
      try {
        // Several pages at once: each reading is of the whole profile.
        const more = await session.profile(did, { events: Math.min(needed * 10, most) });
        if (did !== this.did) return;
        this.more = more;
      } catch (problem) {
        this.problem = problem.message;
        return;
      } finally {
        this.reading = false;
      }
    }
    this.page = page;
  }

  #row(event) {
    const hash = this.own?.hashOf(event);
    const url = hash && explorerUrl(network.status?.network, hash);
    return html`<li>
      <span class="what">${isRevenue(event) ? 'Revenue' : 'Activity'}</span>
      <span class="number">${amountOf(event)} <span class="faint small">${inDollars(event)}</span></span>
      <span class="faint small">
        ${trusts[event.trust_level] ?? `Trust ${event.trust_level}`}
        ${hash ? html`<pq-value .text=${hash} label="transaction"></pq-value>` : nothing}
        ${url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">Explorer</a>` : nothing}
      </span>
      <span class="faint small number"><pq-time .at=${event.timestamp * 1000}></pq-time></span>
    </li>`;
  }

  #pager(first, last, count) {
    const end = Math.min(count, most);
    return html`<div class="row apart">
      <span class="faint small" role="status"
        >${this.reading ? 'Reading…' : `${number(first + 1)} to ${number(last)} of ${number(count)}`}</span
      >
      <span class="row">
        <button
          type="button"
          class="button little"
          ?disabled=${this.page === 0 || this.reading}
          @click=${() => this.#turn(this.page - 1)}
        >
          Newer
        </button>
        <button
          type="button"
          class="button little"
          ?disabled=${last >= end || this.reading}
          @click=${() => this.#turn(this.page + 1)}
        >
          Older
        </button>
      </span>
    </div>`;
  }

  render() {
    const { count } = this.profile;
    const first = this.page * pageSize;
    const events = this.#known.slice(first, first + pageSize);
    const last = first + events.length;
    return html`<h3>Events <span class="faint">${number(count)}</span></h3>
      ${
        this.own?.count
          ? html`<p class="faint small">
              Fees of ${number(this.own.count)} sent from here: ${coins(this.own.fees, 'PEAQ', 6)}
            </p>`
          : nothing
      }
      <ul class="event-list">
        ${events.map((event) => this.#row(event))}
      </ul>
      ${count > pageSize ? this.#pager(first, last, count) : nothing}
      ${this.problem ? html`<p class="faint small" role="alert">${this.problem}</p>` : nothing}
      ${
        last >= most && count > most
          ? html`<p class="faint small">
              Older ones: <code class="mono">peaqos show machine ${this.did} --json</code>
            </p>`
          : nothing
      }`;
  }
}
define('pq-machine-events', MachineEvents);
