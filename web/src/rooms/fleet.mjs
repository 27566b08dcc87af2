// Fleet: every machine of an operator, with its rating; a machine opens beside the table.
// SPDX-License-Identifier: Apache-2.0
import { guard } from 'lit/directives/guard.js';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { count } from '../format/amount.mjs';
import { addPaletteSource } from '../frame/palette.mjs';
import { go, hrefTo } from '../frame/router.mjs';
import { bars } from '../parts/bars.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, chip, empty, failure, figure, notice, roomHead, skeleton, toneOf } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { saveFile } from '../parts/save_file.mjs';
import '../parts/table.mjs';
import { columnsOver, showColumns, shownColumns } from './fleet/columns.mjs';
import { Details } from './fleet/details.mjs';
import { csv, exported } from './fleet/export.mjs';
import { attention, filtered, median, ratings, rowOf } from './fleet/rows.mjs';
import './machine.mjs';

const besideMachine = ['machine', 'rating', 'score', 'attention'];
const didPattern = /^did:peaq:0x[0-9a-fA-F]{40}$/;

const details = new Details();
let listed = []; // of the last fleet, for the palette

addPaletteSource((query) => {
  const word = query.toLowerCase();
  const address = /^0x[0-9a-f]{40}$/i.test(query) ? `did:peaq:${query}` : query;
  const known = filtered(listed, { search: word, chosen: [], detailsOf: (did) => details.get(did) }).slice(0, 8);
  const entry = (did, label) => ({ symbol: 'fleet', label, note: 'Machine', act: () => go('fleet', did) });
  if (known.length === 0 && didPattern.test(address)) return [entry(address, address)];
  return known.map((row) =>
    entry(row.did, `${details.get(row.did)?.name ?? `Machine ${row.machine_id}`} · ${row.did}`),
  );
});

export default class Fleet extends Part {
  static properties = {
    rows: { state: true },
    error: { state: true },
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
    this.watch(network);
    this.watch(details);
    this.columns = columnsOver((did) => details.get(did));
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
    if (operator && operator !== this.loaded) this.load(operator);
  }

  async load(operator = this.operator) {
    this.loaded = operator;
    this.error = this.rows = undefined;
    this.selected = new Set();
    details.clear();
    try {
      const [{ machines }, own] = await Promise.all([
        session.call('queryOperatorMachines', { did: operator }),
        // The list has the machines that it operates for others; its own, if it is one, is asked for apart.
        session.call('queryMcr', { did: operator }).catch(() => undefined),
      ]);
      if (this.loaded !== operator) return;
      const same = (machine) => machine.did.toLowerCase() === operator.toLowerCase();
      this.rows = listed = (own && !machines.some(same) ? [own, ...machines] : machines).map(rowOf);
    } catch (error) {
      if (this.loaded === operator) this.error = error;
    }
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
    const { rows, search } = this;
    const chosen = this.chosen.join(',');
    // Typing, scrolling and answers render again; only a change of these filters again.
    const key = [rows, search, chosen, search ? details.version : 0];
    if (!this.filterKey?.every((value, at) => value === key[at])) {
      this.filterKey = key;
      this.found = filtered(rows, { search, chosen: this.chosen, detailsOf: (did) => details.get(did) });
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
    if (did === this.loaded) this.load(did);
    else this.#go({ operator: did, rating: undefined }, '');
  }

  #body(machine) {
    const beside = machine
      ? html`<pq-machine
          class="beside"
          .did=${machine}
          @close=${() => this.#go({}, '')}
          @moved=${(event) => this.#moved(machine, event.detail)}
        ></pq-machine>`
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

  // A machine's new rating is its row's as well.
  #moved(did, mcr) {
    this.rows = listed = this.rows?.map((row) => (row.did === did ? rowOf(mcr) : row)) ?? [];
    details.load([did], { again: true });
  }

  #list(machine) {
    if (!this.operator)
      return empty({
        symbol: 'fleet',
        title: 'Every machine of an operator, with its rating',
        text: 'Type an operator’s DID above to look at a fleet; no key is needed for that. With a wallet of your own, your fleet is shown here.',
        action: html`<a class="button primary" href=${hrefTo('wallets')}>Set up a wallet</a>`,
      });
    if (this.error)
      return failure(this.error, {
        money: 'Nothing was sent; this view only reads.',
        actions: html`<button class="button" @click=${() => this.load()}>Try again</button>
          <a class="button quiet" href=${hrefTo('settings')}>Settings</a>`,
      });
    if (!this.rows)
      return html`<div class="overview">${this.#figures()}</div>
        ${skeleton(10)}`;
    if (this.rows.length === 0)
      return empty({
        symbol: 'fleet',
        title: 'No machines yet',
        text: 'This operator has none. Activating one registers it, mints its NFT and writes its DID; it then appears here with its rating.',
        action: html`<a class="button primary" href=${hrefTo('activate')}>Activate a machine</a>`,
        argv: ['activate', '--doc-url', 'URL', '--data-api', 'URL'],
      });
    const rows = this.#filtered();
    return html`<div class="overview">${this.#overview()}</div>
      ${this.#tools(rows)} ${rows.length > 0 ? this.#table(rows, machine) : this.#noMatch()}`;
  }

  #noMatch() {
    const clear = () => {
      this.search = '';
      this.#go({ rating: undefined });
    };
    return notice(
      '',
      'No machine matches. Search looks at names that were seen, ids and DIDs.',
      html`<button class="button" @click=${clear}>Show all</button>`,
    );
  }

  #table(rows, machine) {
    return html` <pq-table
      label="Machines"
      opens
      height="max(22rem, calc(100dvh - 24.5rem))"
      .columns=${this.#shownColumns(rows)}
      .rows=${rows}
      .key=${(row) => row.did}
      .selected=${machine}
      @open=${(event) => this.#go({}, event.detail.did)}
      @view=${(event) => this.#show(event.detail)}
    ></pq-table>`;
  }

  // Rows that stay in view for a moment are asked about; those that fly past are not.
  #show(rows) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => details.show(rows.map(({ did }) => did)), 120);
  }

  // Of all the rows: typing in the search changes nothing about them.
  #overview() {
    return guard(
      [this.rows, details.version, this.query.get('rating')],
      () => html`${this.#figures()} ${this.#distribution()}`,
    );
  }

  #figures() {
    const rows = this.rows ?? [];
    const now = Date.now() / 1000;
    const known = rows.filter(({ did }) => details.get(did)?.bond);
    const bonded = known.filter(({ did }) => details.get(did).bond === 'bonded').length;
    const needing = rows.filter((row) => attention(row, details.get(row.did), now)).length;
    const partial =
      known.length < rows.length
        ? html`<span class="partial" title="The list does not tell it; it is asked for the rows in view"
            >of ${count(known.length)} looked at</span
          >`
        : nothing;
    const middle = median(rows.map((row) => row.mcr_score));
    return html`<dl class="figures">
      ${figure('Machines', this.rows && count(rows.length))}
      ${figure('Bonded', this.rows && html`${known.length > 0 || rows.length === 0 ? count(bonded) : '–'} ${partial}`)}
      ${figure('Median score', this.rows && html`${middle ?? '–'} <span class="partial">of 100</span>`)}
      ${figure('Needing attention', this.rows && html`${count(needing)} ${partial === nothing ? nothing : html`<span class="partial">so far</span>`}`)}
    </dl>`;
  }

  #distribution() {
    const { chosen } = this;
    const numbers = new Map(ratings.map((name) => [name, 0]));
    for (const { mcr } of this.rows) numbers.set(mcr, (numbers.get(mcr) ?? 0) + 1);
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
          placeholder="Name, id or DID"
          .value=${this.search}
          @input=${(event) => (this.search = event.target.value)}
        />
      </div>
      ${this.chosen.map((name) => chip(name, () => this.#toggleRating(name)))}
      <span class="faint small" role="status"
        >${
          some
            ? `${count(this.selected.size)} selected`
            : rows.length === this.rows.length
              ? ''
              : `${count(rows.length)} of ${count(this.rows.length)}`
        }</span
      >
      <span class="row tight actions">
        ${
          some
            ? html`<button class="button little" @click=${this.#refresh}>Read again</button>
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
    return this.selected.size > 0 ? this.rows.filter(({ did }) => this.selected.has(did)) : this.#filtered();
  }

  #save(kind) {
    const objects = exported(this.#meant(), (did) => details.get(did));
    if (kind === 'csv') saveFile('fleet.csv', 'text/csv', csv(objects));
    else saveFile('fleet.json', 'application/json', `${JSON.stringify(objects, null, 2)}\n`);
  }

  #refresh() {
    details.load([...this.selected], { again: true });
    this.requestUpdate();
  }

  async #copyDids() {
    await navigator.clipboard.writeText([...this.selected].join('\n'));
  }
}
