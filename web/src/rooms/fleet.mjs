// Fleet: every machine of an operator, with its rating; a machine opens beside the table.
// SPDX-License-Identifier: Apache-2.0
import { guard } from 'lit/directives/guard.js';
import { labels } from '../core/labels.mjs';
import { network } from '../core/network.mjs';
import { session } from '../core/session.mjs';
import { views } from '../core/views.mjs';
import { count } from '../format/amount.mjs';
import { examples, parseFilter, withoutTerm } from '../format/filter_language.mjs';
import { subscribedId } from '../format/did.mjs';
import { pictures } from '../format/views.mjs';
import { go, hrefTo } from '../frame/router.mjs';
import { icon } from '../parts/icon.mjs';
import { asCommand, chip, empty, failure, notice, roomHead } from '../parts/parts.mjs';
import { html, nothing, Part } from '../parts/part.mjs';
import { saveFile } from '../parts/save_file.mjs';
import '../parts/freshness.mjs';
import '../parts/table.mjs';
import { figuresOf } from '../store/attention.mjs';
import { stateOf } from '../store/reading.mjs';
import { ratings } from '../store/rules.mjs';
import { store } from '../store/store.mjs';
import { isRenewable } from '../store/subscription.mjs';
import { gridWords, revenueWords, scopeWords } from '../words/fleet.mjs';
import { columnMenu } from './fleet/column_menu.mjs';
import { allColumns, cardColumn, cardHeight, showColumns, shownColumns } from './fleet/columns.mjs';
import { csv, exported } from './fleet/export.mjs';
import './fleet/grid.mjs';
import './fleet/map.mjs';
import { distribution, figures, figuresToCome, progress } from './fleet/overview.mjs';
import './fleet/palette_sources.mjs';
import { coordinatesOf } from './fleet/places.mjs';
import './fleet/revenue_chart.mjs';
import { choosePicture, chosenPicture, isRevenueShown, rememberRevenue } from './fleet/picture.mjs';
import { byAttention, filtered } from './fleet/rows.mjs';
import { scopeOf, together } from './fleet/scope.mjs';
import './fleet/scope_switch.mjs';
import { selectionColumn } from './fleet/selection.mjs';
import './fleet/views_menu.mjs';
import './machine.mjs';
import { renewMachines } from './renewal/renewal_sheet.mjs';

const phone = matchMedia('(max-width: 45rem)');
const besideMachine = ['machine', 'rating', 'score', 'days', 'attention'];

export default class Fleet extends Part {
  static properties = {
    search: { state: true },
    shown: { state: true },
    selected: { state: true },
    order: { state: true },
    picture: { state: true },
    wallets: { state: true },
    revenueShown: { state: true },
  };

  constructor() {
    super();
    this.search = '';
    this.shown = shownColumns();
    this.selected = new Set();
    this.order = {};
    this.picture = chosenPicture();
    this.revenueShown = isRevenueShown();
    this.wallets = [];
    this.watch(views);
    this.watch(session);
    this.watch(store);
    this.watch(labels);
    this.everyColumn = allColumns();
    this.onWallets = () => this.#loadWallets();
  }

  connectedCallback() {
    super.connectedCallback();
    this.onPhone = () => this.requestUpdate();
    phone.addEventListener('change', this.onPhone);
    session.addEventListener('change', this.onWallets);
    this.#loadWallets();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    phone.removeEventListener('change', this.onPhone);
    session.removeEventListener('change', this.onWallets);
    store.interest({ view: [], operators: [] });
  }

  // All wallets are one scope; without wallets there is none to switch to.
  async #loadWallets() {
    this.wallets = session.state === 'open' ? await session.call('listWallets').catch(() => []) : [];
  }

  // Whose fleet: the address says it, or it is the signer's own.
  get scope() {
    return scopeOf(Object.fromEntries(this.query), network.address, this.wallets);
  }

  // Those that say something of this fleet.
  get columns() {
    const { rows } = this.fleet;
    if (this.columnsOf !== rows) {
      this.columnsOf = rows;
      const subscribed = rows.some(({ did }) => subscribedId(did));
      this.telling = this.everyColumn.filter(({ ofSubscribed }) => subscribed || !ofSubscribed);
    }
    return this.telling;
  }

  get operator() {
    return this.scope.operators[0];
  }

  // The fleets of the scope as one. As long as none of them changed it is the same object.
  get fleet() {
    const fleets = this.scope.operators.map((operator) => store.fleet(operator));
    if (fleets.length < 2) return fleets[0] ?? store.fleet(undefined);
    const parts = fleets.flatMap(({ rows, reading, daily }) => [rows, reading, daily]);
    const same = this.joined?.parts.length === parts.length && parts.every((one, at) => one === this.joined.parts[at]);
    if (!same) this.joined = { parts, fleet: together(fleets, Date.now()) };
    return this.joined.fleet;
  }

  get chosen() {
    return (this.query.get('rating') ?? '').split(',').filter((name) => ratings.includes(name));
  }

  willUpdate() {
    this.#applyView();
    const { operators } = this.scope;
    const shown = operators.join(' ');
    if (shown === this.shownOperators) return;
    this.shownOperators = shown;
    this.selected = new Set();
    store.interest({ operators, view: [] });
  }

  // What is shown, as a view without a name.
  get #shown() {
    const { search, shown: columns, order, picture, chosen: ratings } = this;
    return { search, ratings, columns, order, picture };
  }

  // The address names a saved view: once, what it keeps is shown; from then on it can be changed.
  #applyView() {
    const name = this.query.get('view') ?? undefined;
    if (name === this.applied || (name && !views.all)) return;
    this.applied = name;
    const view = views.of(name);
    if (!view) return;
    const { search, columns, order, picture, ratings: letters } = view;
    const known = this.everyColumn.filter((column) => columns.includes(column.name)).map((column) => column.name);
    Object.assign(this, { search, order, picture });
    if (known.length > 0) this.shown = known;
    if (letters.join(',') !== this.chosen.join(',')) queueMicrotask(() => this.#go({ rating: letters.join(',') }));
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
      this.found = byAttention(
        filtered(rows, { search, chosen: this.chosen }, { rules, now: Date.now() / 1000, labels }),
        rules,
        Date.now() / 1000,
      );
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
    const { kind, operators, left } = this.scope;
    const choose = ({ detail }) =>
      this.#go({ operator: undefined, scope: undefined, rating: undefined, ...detail }, '');
    return html`<div ?data-beside=${this.parts.length > 0} class="whose-fleet">
      <pq-fleet-scope
        .kind=${kind}
        .operator=${kind === 'operator' ? operators[0] : undefined}
        .wallets=${this.wallets.length}
        ?own=${Boolean(network.address)}
        @choose=${choose}
      ></pq-fleet-scope>
      ${left > 0 ? html`<p class="small faint">${scopeWords.tooMany(operators.length, operators.length + left)}</p>` : nothing}
    </div>`;
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
      ${this.#revenue(fleet)} ${this.#tools(rows)} ${rows.length === 0 ? this.#noMatch() : this.#drawing(rows, machine)}`;
  }

  // Nothing was ever read of it. It is tried again by itself.
  #unknown({ reading }) {
    const state = stateOf(reading, Date.now());
    if (state === 'off')
      return failure(reading.problem, {
        money: 'Nothing was sent; this view only reads.',
        actions: html`<a class="button" href=${hrefTo('settings')}>Settings</a>`,
      });
    if (state !== 'unreachable') return figuresToCome();
    return html`${notice(
      'warn',
      html`The rating service does not answer: ${reading.problem?.message ?? 'nothing came back yet'}. Nothing was sent;
      this view only reads.`,
      html`${this.#age()} <a class="button quiet" href=${hrefTo('settings')}>Settings</a>`,
    )}
    ${figuresToCome()}`;
  }

  #age() {
    const { operators } = this.scope;
    return html`<pq-freshness
      .reading=${this.fleet.reading}
      what="rating service"
      @refresh=${() => operators.forEach((operator) => store.refresh('fleet', { operator }))}
    ></pq-freshness>`;
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
      .order=${this.order}
      @order=${(event) => (this.order = event.detail)}
      @open=${(event) => this.#go({}, event.detail.did)}
      @view=${(event) => this.#show(event.detail)}
    ></pq-table>`;
  }

  // There is a map once a machine has coordinates.
  get #pictureNames() {
    const { rows } = this.fleet;
    const key = [rows, labels.version];
    if (!this.placedKey?.every((value, at) => value === key[at])) {
      this.placedKey = key;
      this.placed = rows.some(({ did }) => coordinatesOf(labels.of(did).place));
    }
    return this.placed ? pictures : pictures.filter((name) => name !== 'map');
  }

  get #picture() {
    return this.#pictureNames.includes(this.picture) ? this.picture : pictures[0];
  }

  #drawing(rows, machine) {
    const { rules } = store.rules;
    if (this.#picture === 'map') return html`<pq-fleet-map .rows=${rows} .rules=${rules}></pq-fleet-map>`;
    return this.#picture === 'grid' ? this.#grid(rows, machine) : this.#table(rows, machine);
  }

  #grid(rows, machine) {
    return html`<pq-fleet-grid
      .rows=${rows}
      .rules=${store.rules.rules}
      .selected=${this.selected}
      .open=${machine}
      @open=${(event) => this.#go({}, event.detail.did)}
      @select=${(event) => (this.selected = event.detail)}
      @view=${(event) => this.#show(event.detail)}
    ></pq-fleet-grid>`;
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
      () => html`${figures(this.#sums)} ${distribution(rows, this.chosen, this.#toggleRating)}`,
    );
  }

  get #sums() {
    const { rows } = this.fleet;
    const { rules } = store.rules;
    if (this.summed?.rows !== rows || this.summed.rules !== rules)
      this.summed = { rows, rules, figures: figuresOf(rows, rules, Date.now() / 1000) };
    return this.summed.figures;
  }

  // Opened once, it stays open.
  #revenue({ daily, rows }) {
    if (!daily?.covered) return nothing;
    const { revenueShown: open } = this;
    const active = rows.filter(({ details }) => details?.events !== 0).length; // the others have nothing to read
    return html`<details
      class="more"
      ?open=${open}
      @toggle=${({ target }) => {
        this.revenueShown = target.open;
        rememberRevenue(target.open);
      }}
    >
      <summary>${revenueWords.title}</summary>
      ${open ? html`<pq-fleet-revenue .daily=${daily} .machines=${active}></pq-fleet-revenue>` : nothing}
    </details>`;
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
      ${this.#pictures()} ${this.#age()} ${progress(this.#sums)}
      ${this.chosen.map((name) => chip(name, () => this.#toggleRating(name)))} ${this.#terms()}
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
            ? html`${this.#renewal()} <button class="button little" @click=${this.#refresh}>Refresh</button>
                <button class="button little" @click=${this.#copyDids}>Copy DIDs</button>
                <button class="button little quiet" @click=${() => (this.selected = new Set())}>Clear</button>`
            : nothing
        }
        <button class="button little" @click=${() => this.#save('csv')}>${icon('download', 14)} CSV</button>
        <button class="button little" @click=${() => this.#save('json')}>${icon('download', 14)} JSON</button>
        <pq-fleet-views
          .shown=${this.#shown}
          .chosen=${this.query.get('view')}
          @choose=${({ detail }) => this.#chooseView(detail)}
        ></pq-fleet-views>
        ${
          this.#picture === 'table' ? columnMenu(this.columns, this.shown, (name) => this.#toggleColumn(name)) : nothing
        }
      </span>
    </div>`;
  }

  // Renewals of what is selected and has a subscription.
  #renewal() {
    const dids = this.fleet.rows
      .filter((row) => this.selected.has(row.did) && isRenewable(row.chain))
      .map(({ did }) => did);
    if (dids.length === 0 || session.state === 'visiting') return nothing;
    return html`<button class="button little" @click=${() => renewMachines(dids)}>
      ${icon('renew', 14)} Renew ${count(dids.length)}
    </button>`;
  }

  // One that is chosen again, after changes, is shown as it was saved.
  #chooseView(name) {
    this.applied = undefined;
    if (name === this.query.get('view')) this.requestUpdate();
    else this.#go({ view: name });
  }

  #pictures() {
    const choose = (name) => {
      choosePicture(name);
      this.picture = name;
    };
    return html`<div class="segments small" role="radiogroup" aria-label=${gridWords.shownAs}>
      ${this.#pictureNames.map(
        (name) =>
          html`<label
            ><input type="radio" name="picture" .checked=${name === this.#picture} @change=${() => choose(name)} /><span
              >${gridWords[name]}</span
            ></label
          >`,
      )}
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

  #toggleColumn(name) {
    const names = this.everyColumn.map((column) => column.name);
    const next = names.filter((other) => this.shown.includes(other) !== (other === name));
    if (next.length === 0) return this.requestUpdate();
    showColumns(next);
    this.shown = next;
    return undefined;
  }

  #shownColumns(rows) {
    const choose = selectionColumn(rows, this.selected, (next) => (this.selected = next));
    if (phone.matches) return [choose, cardColumn()];
    // Beside a machine there is room for what tells machines apart.
    const narrow = this.parts[0] ? besideMachine : this.shown;
    return [choose, ...this.columns.filter(({ name }) => this.shown.includes(name) && narrow.includes(name))];
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
