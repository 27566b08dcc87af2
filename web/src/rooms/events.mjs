// Events: what machines earned and did, submitted here, and the journal of what became of it.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { count, money } from '../format/amount.mjs';
import { hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, empty, failure, notice, roomHead, skeleton, status } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { saveFile } from '../parts/save_file.mjs';
import '../parts/table.mjs';
import '../parts/time.mjs';
import '../parts/value.mjs';
import { works } from '../core/works.mjs';
import { store } from '../store/store.mjs';
import { terms } from '../words/terms.mjs';
import './events/event_form.mjs';
import { eventFile } from './events/file/current_file.mjs';
import './events/file/event_file_view.mjs';
import { rowsOf, transactionsOf } from './events/journal.mjs';

const states = {
  pending: ['busy', 'Pending'],
  confirmed: ['good', 'Confirmed'],
  failed: ['bad', 'Failed'],
};

const amount = ({ event_type: type, value, currency, events }) => {
  if (events) return html`${count(events.length)} <span class="faint">of a file</span>`;
  return type === 'revenue' ? money(value, currency) : html`${value} <span class="faint">activity</span>`;
};

const sentenceOf = ({ about: { machineId, type, value, currency }, stage }) =>
  html`<span
    >Machine ${machineId}: ${amount({ event_type: type, value, currency: currency ?? 'USD' })}. ${stage}</span
  >`;

function machineOf({ machine_id: id }) {
  if (id === undefined) return html`<span class="faint">several</span>`;
  const did = labels.didOfId(id);
  const name = labels.nameOfId(id);
  return did ? html`<a href=${hrefTo('fleet', did)}>${name}</a>` : name;
}

const columns = [
  {
    name: 'state',
    label: 'State',
    sort: (row) => row.status,
    cell: (row) => status(...(states[row.status] ?? ['', row.status])),
  },
  {
    name: 'machine',
    label: 'Machine',
    sort: (row) => row.machine_id,
    cell: (row) => machineOf(row),
  },
  { name: 'event', label: 'Event', number: true, sort: (row) => row.event_type, cell: amount },
  {
    name: 'when',
    label: 'Happened',
    sort: (row) => row.timestamp,
    cell: (row) => (row.timestamp ? html`<pq-time .at=${row.timestamp * 1000}></pq-time>` : nothing),
  },
  {
    name: 'sent',
    label: 'Submitted',
    sort: (row) => Date.parse(row.ts),
    cell: (row) => html`<pq-time .at=${Date.parse(row.ts)}></pq-time>`,
  },
  {
    name: 'hash',
    label: 'Transaction',
    cell: (row) => html`<pq-value .text=${row.tx_hash} label="transaction"></pq-value>`,
  },
];

export default class Events extends Part {
  static properties = {
    journal: { state: true },
    error: { state: true },
    looking: { state: true },
    found: { state: true },
  };

  constructor() {
    super();
    this.watch(network);
    this.watch(works);
    this.watch(labels);
  }

  connectedCallback() {
    super.connectedCallback();
    this.unsubscribe = store.subscribe('journal', () => this.read());
    this.read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unsubscribe();
  }

  async read() {
    try {
      this.bytes = await session.readFile('peaqos.log');
      this.journal = transactionsOf(rowsOf(this.bytes), ['submit_event', 'submit_events']);
    } catch (error) {
      this.error = error;
    }
  }

  // Looks up what was left pending; nothing is sent that was not sent before.
  #lookUp = async () => {
    this.looking = true;
    this.error = this.found = undefined;
    try {
      this.found = await session.call('settleEvents');
    } catch (error) {
      this.error = error;
    }
    await this.read();
    this.looking = false;
  };

  render() {
    const argv = this.querySelector('pq-event-form')?.argv ?? ['qualify', 'event', '--help'];
    return html`${roomHead(
        'Events',
        this.bytes
          ? html`<button class="button" @click=${() => saveFile('peaqos.log', 'text/plain', this.bytes)}>
              ${icon('download')} peaqos.log
            </button>`
          : nothing,
      )}
      <div class="events">
        <section class="stack" aria-label="Submit an event">
          <h2>Submit an event</h2>
          ${
            session.state === 'visiting'
              ? notice('', `${terms.readOnly} Create a wallet to submit events.`)
              : network.address
                ? html`<pq-event-form
                    @submitted=${this.read}
                    @failed=${this.read}
                    @edited=${() => this.requestUpdate()}
                  ></pq-event-form>`
                : notice(
                    '',
                    'Events are signed by a wallet, and there is none yet.',
                    html`<a class="button" href=${hrefTo('wallets')}>Set up a wallet</a>`,
                  )
          }
        </section>
        <section class="stack journal" aria-label="Journal">
          <div class="row apart">
            <h2>Journal</h2>
            ${this.#pending()}
          </div>
          ${this.#underWay()}
          ${this.error ? failure(this.error, { money: 'Checking sends nothing new.', actions: html`<button class="button" @click=${this.#lookUp}>Check again</button>` }) : nothing}
          ${this.found ? html`<p class="soft" role="status">${this.#foundWords()}</p>` : nothing} ${this.#list()}
        </section>
        ${
          session.state !== 'visiting' && network.address
            ? html`<details class="from-file" ?open=${eventFile.state !== 'empty'}>
                <summary><h2>Many events from a file</h2></summary>
                <pq-event-file></pq-event-file>
              </details>`
            : nothing
        }
      </div>
      ${asCommand(argv)}`;
  }

  // What was begun here and left goes on; it is said where it was begun as well as in the tray.
  #underWay() {
    const running = works.running.filter(({ operation }) => operation === 'submitEvent');
    if (running.length === 0) return nothing;
    return html`<ul class="stack tight" aria-label="In progress">
      ${running.map((work) => html`<li class="row tight"><span class="spinner"></span> ${sentenceOf(work)}</li>`)}
    </ul>`;
  }

  #foundWords() {
    const of = (...states) => this.found.filter(({ state }) => states.includes(state)).length;
    if (this.found.length === 0) return 'Nothing was pending.';
    const parts = [
      [of('confirmed'), 'confirmed'],
      [of('failed'), 'failed'],
      [of('replaced'), 'replaced by other transactions'],
      [this.found.length - of('confirmed', 'failed', 'replaced'), 'still pending'],
    ];
    const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
    return `${said.join(', ')}.`;
  }

  #pending() {
    const underWay = works.running.flatMap(({ transactions }) => transactions.map(({ hash }) => hash));
    const open = (this.journal ?? []).filter(
      (row) => row.status === 'pending' && !underWay.includes(row.tx_hash),
    ).length;
    if (open === 0) return nothing;
    return html`<button class="button" aria-disabled=${String(Boolean(this.looking))} @click=${this.#lookUp}>
      ${this.looking ? html`<span class="spinner"></span>` : icon('search')} Check ${open} pending
      ${open === 1 ? 'transaction' : 'transactions'}
    </button>`;
  }

  #list() {
    if (!this.journal) return skeleton(6);
    if (this.journal.length === 0)
      return empty({
        symbol: 'events',
        title: 'Nothing submitted from here yet',
        text: 'Each event that you submit is kept here with its transaction, in peaqos.log inside the vault, and nothing is sent twice.',
        argv: [
          'qualify',
          'event',
          '--machine-id',
          '1',
          '--type',
          'revenue',
          '--value',
          '123',
          '--ts',
          '2026-01-01T12:00:00Z',
        ],
      });
    return html`<pq-table
      label="Journal of events"
      height="max(20rem, calc(100dvh - 17rem))"
      .columns=${columns}
      .rows=${this.journal}
      .key=${(row) => row.tx_hash}
    ></pq-table>`;
  }
}
