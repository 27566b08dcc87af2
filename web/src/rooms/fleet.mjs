// Fleet: every machine of an operator, with its rating; a machine opens beside the table.
// SPDX-License-Identifier: Apache-2.0
import { guard } from 'lit/directives/guard.js';
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { count } from '../format/amount.mjs';
import { examples, parseFilter, withoutTerm } from '../format/filter_language.mjs';
import { shorten } from '../format/shorten.mjs';
import { addPaletteSource } from '../frame/palette.mjs';
import { go, hrefTo } from '../frame/router.mjs';
import { bars } from '../parts/bars.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, chip, empty, failure, figure, notice, roomHead, skeleton, toneOf } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { saveFile } from '../parts/save_file.mjs';
import '../parts/freshness.mjs';
import '../parts/table.mjs';
import { figuresOf } from '../store/attention.mjs';
import { stateOf } from '../store/reading.mjs';
import { ratings } from '../store/rules.mjs';
import { store } from '../store/store.mjs';
import { allColumns, cardColumn, cardHeight, showColumns, shownColumns } from './fleet/columns.mjs';
import { csv, exported } from './fleet/export.mjs';
import { byAttention, filtered } from './fleet/rows.mjs';
import './machine.mjs';

const phone = matchMedia('(max-width: 45rem)');
const besideMachine = ['machine', 'rating', 'score', 'attention'];
const didPattern = /^did:peaq:0x[0-9a-fA-F]{40}$/;

const world = () => ({ rules: store.rules.rules, now: Date.now() / 1000, labels });

addPaletteSource((query) => {
  const address = /^0x[0-9a-f]{40}$/i.test(query) ? `did:peaq:${query}` : query;
  const rows = store.fleets.flatMap((fleet) => fleet.rows);
  const known = filtered(rows, { search: query, chosen: [] }, world()).slice(0, 8);
  const entry = (did, label) => ({ symbol: 'fleet', label, note: 'Machine', act: () => go('fleet', did) });
  if (known.length === 0 && didPattern.test(address)) return [entry(address, address)];
  return known.map((row) => entry(row.did, `${labels.nameOfRow(row)} · ${shorten(row.did)}`));
});

export default class Fleet extends Part {
  static properties = {
    search: { state: true },
    shown: { state: true },
    selected: { state: true },
    asked: { state: true },
  };

  constructor() {
    super();
    this.search = '';
    this.shown = shownColumns();
    this.selected = new Set();
    this.watch(session);
    this.watch(store);
    this.watch(labels);
    this.columns = allColumns();
  }

  connectedCallback() {
    super.connectedCallback();
    this.onPhone = () => this.requestUpdate();
    phone.addEventListener('change', this.onPhone);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    phone.removeEventListener('change', this.onPhone);
    store.interest({ view: [] });
  }

  get fleet() {
    return store.fleet(this.operator);
  }

  // Whose fleet: the address says it, or it is the signer's own.
  get operator() {
    return this.query.get('operator') ?? (network.address ? `did:peaq:${network.address}` : undefined);
  }

  get chosen() {
    return (this.query.get('rating') ?? '').split(',').filter((name) => ratings.includes(name));
  }

  willUpdate() {
    const { operator } = this;
    if (!operator || operator === this.shownOperator) return;
    this.shownOperator = operator;
    this.selected = new Set();
    store.interest({ operator, view: [] });
  }

  // The address of this view with other members of its query; undefined ones are left out.
  #go(changes, machine = this.parts[0]) {
    const query = { ...Object.fromEntries(this.query), ...changes };
    const kept = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
    go('fleet', ...(machine ? [machine] : []), kept);
  }

  #toggleRating = (name) => {
    const { chosen } = this;
    const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    this.#go({ rating: next.join(',') });
  };

  #filtered() {
    const { search } = this;
    const { rows } = this.fleet;
    const { rules } = store.rules;
    // Typing and scrolling render again; only a change of these filters again.
    const key = [rows, search, this.chosen.join(','), rules, labels.version];
    if (!this.filterKey?.every((value, at) => value === key[at])) {
      this.filterKey = key;
      this.found = byAttention(filtered(rows, { search, chosen: this.chosen }, world()), rules, Date.now() / 1000);
    }
    return this.found;
  }

  render() {
    const machine = this.parts[0];
    return html`${roomHead(
      'Fleet',
      html`<a class="button primary" href=${hrefTo('activate')}>${icon('plus')} Activate a machine</a>`,
    )}
    ${this.#whose()} ${this.#body(machine)}
    ${asCommand(machine ? ['show', 'machine', machine] : ['show', 'operator', 'machines', this.operator ?? 'DID'])}`;
  }

  #whose() {
    return html`<form class="whose" ?data-beside=${this.parts.length > 0} @submit=${this.#ask}>
      <label for="operator" class="faint">Operator</label>
      <input
        class="input mono"
        id="operator"
        name="operator"
        autocomplete="off"
        spellcheck="false"
        placeholder="did:peaq:0x…"
        .value=${this.operator ?? ''}
        aria-invalid=${this.asked ? 'true' : nothing}
        aria-describedby=${this.asked ? 'operator-error' : nothing}
      />
      <button class="button">Show</button>
      ${
        this.query.has('operator') && network.address
          ? html`<button type="button" class="button quiet" @click=${() => this.#go({ operator: undefined }, '')}>
              My fleet
            </button>`
          : nothing
      }
      ${this.asked ? html`<p class="error status" id="operator-error" data-tone="bad">${this.asked}</p>` : nothing}
    </form>`;
  }

  #ask(event) {
    event.preventDefault();
    const text = new FormData(event.target).get('operator').trim();
    const did = text.startsWith('0x') ? `did:peaq:${text}` : text;
    this.asked = didPattern.test(did) ? undefined : 'A DID is did:peaq:0x and 40 hexadecimal digits';
    if (this.asked) return;
    if (did === this.operator) store.refresh('fleet', { operator: did });
    else this.#go({ operator: did, rating: undefined }, '');
  }

  #body(machine) {
    const beside = machine
      ? html`<pq-machine class="beside" .did=${machine} @close=${() => this.#go({}, '')}></pq-machine>`
      : nothing;
    const escape = (event) => {
      if (event.key !== 'Escape' || !machine || event.target.closest('.menu')) return;
      this.#go({}, '');
      this.querySelector('tr[tabindex="0"]')?.focus();
    };
    return html`<div class="fleet" ?data-beside=${Boolean(machine)} @keydown=${escape}>
      <div class="list">${this.#list(machine)}</div>
      ${beside}
    </div>`;
  }

  #list(machine) {
    if (!this.operator)
      return empty({
        symbol: 'fleet',
        title: 'Every machine of an operator, with its rating',
        text: 'Type an operator’s DID above to look at a fleet; no key is needed for that. With a wallet of your own, your fleet is shown here.',
        action: html`<a class="button primary" href=${hrefTo('wallets')}>Set up a wallet</a>`,
      });
    const { fleet } = this;
    if (!fleet.known) return this.#unknown(fleet);
    if (fleet.rows.length === 0)
      return html`${this.#age()}
      ${empty({
        symbol: 'fleet',
        title: 'No machines yet',
        text: 'This operator has none. Activating one registers it, mints its NFT and writes its DID; it then appears here with its rating.',
        action: html`<a class="button primary" href=${hrefTo('activate')}>Activate a machine</a>`,
        argv: ['activate', '--doc-url', 'URL', '--data-api', 'URL'],
      })}`;
    const rows = this.#filtered();
    return html`<div class="overview">${this.#overview()}</div>
      ${this.#tools(rows)} ${rows.length > 0 ? this.#table(rows, machine) : this.#noMatch()}`;
  }

  // Nothing was ever read of it. It is tried again by itself.
  #unknown({ reading }) {
    const state = stateOf(reading, Date.now());
    const bones = html`<div class="overview">
        <dl class="figures">
          ${['Machines', 'Bonded', 'Median score', 'Attention'].map((label) => figure(label, undefined))}
        </dl>
      </div>
      ${skeleton(10)}`;
    if (state === 'off')
      return failure(reading.problem, {
        money: 'Nothing was sent; this view only reads.',
        actions: html`<a class="button" href=${hrefTo('settings')}>Settings</a>`,
      });
    if (state !== 'unreachable') return bones;
    return html`${notice(
      'warn',
      html`The rating service does not answer: ${reading.problem?.message ?? 'nothing came back yet'}. Nothing was sent;
      this view only reads.`,
      html`${this.#age()} <a class="button quiet" href=${hrefTo('settings')}>Settings</a>`,
    )}
    ${bones}`;
  }

  #age() {
    const { operator } = this;
    return html`<pq-freshness
      .reading=${this.fleet.reading}
      what="rating service"
      @refresh=${() => store.refresh('fleet', { operator })}
    ></pq-freshness>`;
  }

  // How many of the machines were looked at, while not all were.
  #progress() {
    const { looked, machines } = this.#sums;
    if (looked === machines) return nothing;
    return html`<span class="row tight small faint"
      ><progress max=${machines} .value=${looked} aria-label="Machines checked"></progress> checking ${count(looked)} of
      ${count(machines)}</span
    >`;
  }

  #noMatch() {
    const clear = () => {
      this.search = '';
      this.#go({ rating: undefined });
    };
    return notice(
      '',
      'No machine matches. Search covers names, IDs and DIDs.',
      html`<button class="button" @click=${clear}>Show all</button>`,
    );
  }

  #table(rows, machine) {
    return html` <pq-table
      label="Machines"
      opens
      height="max(22rem, calc(100dvh - 24.5rem))"
      .columns=${this.#shownColumns(rows)}
      .tall=${phone.matches ? cardHeight : undefined}
      .bare=${phone.matches}
      .rows=${rows}
      .key=${(row) => row.did}
      .selected=${machine}
      @open=${(event) => this.#go({}, event.detail.did)}
      @view=${(event) => this.#show(event.detail)}
    ></pq-table>`;
  }

  // Rows that stay in view for a moment are read first; those that fly past are not.
  #show(rows) {
    clearTimeout(this.resting);
    const [open] = this.parts;
    const view = [...(open ? [open] : []), ...rows.map(({ did }) => did)];
    this.resting = setTimeout(() => store.interest({ view }), 120);
  }

  // Of all the rows: typing in the search changes nothing about them.
  #overview() {
    const { rows } = this.fleet;
    return guard(
      [rows, store.rules.rules, this.query.get('rating')],
      () => html`${this.#figures(this.#sums)} ${this.#distribution()}`,
    );
  }

  get #sums() {
    const { rows } = this.fleet;
    const { rules } = store.rules;
    if (this.summed?.rows !== rows || this.summed.rules !== rules)
      this.summed = { rows, rules, figures: figuresOf(rows, rules, Date.now() / 1000) };
    return this.summed.figures;
  }

  // A zero is only said of what was looked at.
  #figures({ machines, looked, known, bonded, attention, median }) {
    const whole = looked === machines;
    const partial = (text) => html`<span class="partial">${text}</span>`;
    const ofKnown = known < machines ? partial(`of ${count(known)} known`) : nothing;
    return html`<dl class="figures">
      ${figure('Machines', count(machines))}
      ${figure('Bonded', whole ? html`${known > 0 ? count(bonded) : '–'} ${ofKnown}` : partial('checking…'))}
      ${figure('Median score', html`${median ?? '–'} ${partial('of 100')}`)}
      ${figure('Attention', whole ? count(attention) : attention > 0 ? html`${count(attention)} ${partial('so far, checking…')}` : partial('checking…'))}
    </dl>`;
  }

  #distribution() {
    const { chosen } = this;
    const numbers = new Map(ratings.map((name) => [name, 0]));
    for (const { mcr } of this.fleet.rows) numbers.set(mcr, (numbers.get(mcr) ?? 0) + 1);
    return bars({
      label: 'Machines by rating; choose one to filter by it',
      kinds: [...numbers].map(([name, number]) => ({ name, number, tone: toneOf(name), on: chosen.includes(name) })),
      toggle: this.#toggleRating,
    });
  }

  #tools(rows) {
    const some = this.selected.size > 0;
    return html`<div class="tools">
      <div class="search">
        ${icon('search')}
        <input
          class="input"
          type="search"
          aria-label="Search machines"
          placeholder="Name, ID, DID or tag:north"
          title="Words and terms: ${examples.join(' ')}"
          aria-describedby=${this.#problem ? 'filter-problem' : nothing}
          .value=${this.search}
          @input=${(event) => (this.search = event.target.value)}
        />
      </div>
      ${this.#age()} ${this.#progress()} ${this.chosen.map((name) => chip(name, () => this.#toggleRating(name)))}
      ${this.#terms()}
      <span class="faint small" role="status"
        >${
          some
            ? `${count(this.selected.size)} selected`
            : rows.length === this.fleet.rows.length
              ? ''
              : `${count(rows.length)} of ${count(this.fleet.rows.length)}`
        }</span
      >
      <span class="row tight actions">
        ${
          some
            ? html`<button class="button little" @click=${this.#refresh}>Refresh</button>
                <button class="button little" @click=${this.#copyDids}>Copy DIDs</button>
                <button class="button little quiet" @click=${() => (this.selected = new Set())}>Clear</button>`
            : nothing
        }
        <button class="button little" @click=${() => this.#save('csv')}>${icon('download', 14)} CSV</button>
        <button class="button little" @click=${() => this.#save('json')}>${icon('download', 14)} JSON</button>
        ${this.#columnMenu()}
      </span>
    </div>`;
  }

  get #problem() {
    return parseFilter(this.search).terms.find(({ problem }) => problem)?.problem;
  }

  // Terms of the search as chips, and what is wrong with one.
  #terms() {
    const chips = parseFilter(this.search).terms.map(({ text, field, problem }, at) =>
      field && !problem ? chip(text, () => (this.search = withoutTerm(this.search, at))) : nothing,
    );
    const problem = this.#problem;
    return html`${chips}
    ${problem ? html`<span class="small status" data-tone="warn" id="filter-problem">${problem}</span>` : nothing}`;
  }

  #columnMenu() {
    const close = (event) => (event.currentTarget.open = false);
    return html`<details
      class="menu"
      @keydown=${(event) => event.key === 'Escape' && close(event)}
      @focusout=${(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget) && close(event)}
    >
      <summary class="button little">Columns</summary>
      <div class="float" role="group" aria-label="Columns">
        ${this.columns.map(
          ({ name, label }) =>
            html`<label class="check">
              <input type="checkbox" .checked=${this.shown.includes(name)} @change=${() => this.#toggleColumn(name)} />
              ${label}
            </label>`,
        )}
      </div>
    </details>`;
  }

  #toggleColumn(name) {
    const names = this.columns.map((column) => column.name);
    const next = names.filter((other) => this.shown.includes(other) !== (other === name));
    if (next.length === 0) return this.requestUpdate();
    showColumns(next);
    this.shown = next;
    return undefined;
  }

  #shownColumns(rows) {
    const all = rows.length > 0 && rows.every(({ did }) => this.selected.has(did));
    const choose = {
      name: 'choose',
      width: 2,
      label: html`<input
        type="checkbox"
        aria-label="Select all"
        .checked=${all}
        @change=${(event) => this.#selectAll(rows, event.target.checked)}
      />`,
      cell: (row) =>
        html`<input
          type="checkbox"
          aria-label="Select machine ${row.machine_id}"
          .checked=${this.selected.has(row.did)}
          @click=${(event) => event.stopPropagation()}
          @change=${() => this.#select(row.did)}
        />`,
    };
    if (phone.matches) return [choose, cardColumn()];
    // Beside a machine there is room for what tells machines apart.
    const narrow = this.parts[0] ? besideMachine : this.shown;
    return [choose, ...this.columns.filter(({ name }) => this.shown.includes(name) && narrow.includes(name))];
  }

  #select(did) {
    const next = new Set(this.selected);
    if (!next.delete(did)) next.add(did);
    this.selected = next;
  }

  #selectAll(rows, on) {
    this.selected = new Set(on ? rows.map(({ did }) => did) : []);
  }

  // What export and bulk actions are about: the selection, or everything that is listed.
  #meant() {
    return this.selected.size > 0 ? this.fleet.rows.filter(({ did }) => this.selected.has(did)) : this.#filtered();
  }

  #save(kind) {
    const objects = exported(this.#meant());
    if (kind === 'csv') saveFile('fleet.csv', 'text/csv', csv(objects));
    else saveFile('fleet.json', 'application/json', `${JSON.stringify(objects, null, 2)}\n`);
  }

  #refresh() {
    store.refresh('machines', { dids: [...this.selected] });
  }

  async #copyDids() {
    await navigator.clipboard.writeText([...this.selected].join('\n'));
  }
}
