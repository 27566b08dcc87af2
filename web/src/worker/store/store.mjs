// The store: state of the chain, the fleets, the market and pending transactions. Polls in the background, publishes
// changes and keeps its state in the vault. Clock, calls and records are injected.
// SPDX-License-Identifier: Apache-2.0
import { openTransactions, rowsOf } from '../../rooms/events/journal.mjs';
import { standardRules, weiOf, withStandard } from '../../store/rules.mjs';
import { Feed } from './feed.mjs';
import { FleetReader } from './fleet_reader.mjs';
import { pack, unpack } from './kept.mjs';
import { endingPairings, orderChanges, orderFacts, toConfirm } from './market.mjs';
import { factsOf } from './profile.mjs';
import { Profiles } from './profiles.mjs';
import { Source, within } from './source.mjs';

const recordId = 'store';
const chainEvery = 10_000; // milliseconds
const chainDeadline = 5_000;
const marketEvery = 60_000;
const marketMachines = 10;
const marketDeadline = 20_000;
const settleEvery = 30_000;
const settleDeadline = 8_000; // milliseconds; settling holds the journal's lock
const judgeEvery = 15_000;
const presentFor = 45_000; // milliseconds; visible pages report more often
const saveAfter = { news: 1_000, rows: 10_000, manyRows: 60_000 };
const many = 1000; // rows
const flushAfter = { rows: 250, manyRows: 1000 }; // milliseconds
const ended = ['confirmed', 'replaced', 'failed'];

const sameDid = (a, b) => a?.toLowerCase() === b?.toLowerCase();

export class Store {
  rules = standardRules;
  every = 30_000;
  #feed = new Feed();
  #told = new Set();
  #visibleUntil = 0;
  #view = [];
  #viewAt = -Infinity;
  #blockAt = 0;
  #pending = [];
  #journals = 0;
  #settledAt = -Infinity;
  #keys = 0; // counts changes of what may decide who signs
  #keysRead; // the count at which `signer` was read
  #judgedAt = 0;
  #world; // the settings that name the sources
  #dirtyAt = { news: undefined, rows: undefined };
  #flushing = false;
  #saving = false;
  #kept = [];

  /**
   * `call(operation, request, {signal})`, `records`, `readFile(path)`, `pairings()`, `publish(message)`, `busy()`:
   * whether an operation that signs is running. `clock` gives milliseconds, `timers` are {setTimeout, clearTimeout}.
   */
  constructor({ call, records, readFile, pairings, publish, busy, clock, random, timers }) {
    Object.assign(this, { call, records, readFile, pairings, publish, busy, clock, timers });
    const given = { clock, random, timers };
    this.profiles = new Profiles({ call, onRating: (mcr) => this.fleets.applyRating(mcr) });
    this.fleets = new FleetReader(
      { call, readProfile: (did) => this.#readProfile(did), ...given },
      () => this.#state(),
      {
        news: (entries) => this.#news(entries),
        fleet: (entry) => this.#publishFleet(entry),
        ratings: (reading) => publish({ topic: 'ratings', reading }),
        rows: () => this.#flushSoon(),
      },
    );
    this.chain = new Source({
      what: 'the node',
      read: (signal) => this.#readChain(signal),
      every: () => (this.visible ? chainEvery : 6 * chainEvery),
      deadline: chainDeadline,
      onAnswer: (answer) => this.#chainAnswered(answer),
      onChange: () => this.#publishChain(),
      ...given,
    });
    this.market = new Source({
      what: 'the market',
      read: (signal) => this.#readMarket(signal),
      every: () => (!this.every ? Infinity : this.visible ? marketEvery : 4 * marketEvery),
      deadline: marketDeadline,
      onAnswer: (answer) => this.#marketAnswered(answer),
      onChange: () => this.#publishMarket(),
      ...given,
    });
  }

  get visible() {
    return this.clock() < this.#visibleUntil;
  }

  get own() {
    return this.signer && `did:peaq:${this.signer.address}`;
  }

  #state() {
    const { rules, every, visible, own } = this;
    return { rules, every, visible, own, view: this.#view, viewAt: this.#viewAt, blockAt: this.#blockAt };
  }

  // --- Opening, keeping ---

  /** Loads the state from the vault and publishes it at once. */
  async open() {
    const record = await this.records.get(recordId).catch(() => undefined);
    const kept = record && (await unpack(record.bytes));
    if (kept) {
      this.#world = kept.world;
      this.rules = withStandard(kept.rules);
      this.every = kept.every ?? this.every;
      this.#feed = new Feed(kept.feed);
      this.#told = new Set(kept.told);
      this.signer = kept.signer;
      this.orders = kept.orders;
      this.#kept = kept.fleets;
      if (this.own) this.fleets.want(this.own, this.#keptFleet(this.own));
    }
    this.publishAll();
    await this.#readJournal();
  }

  #keptFleet = (operator) => this.#kept.find((fleet) => sameDid(fleet.operator, operator));

  /** Publishes the whole state, for a new page. */
  publishAll() {
    this.publish({ topic: 'rules', rules: this.rules, every: this.every });
    this.#publishFeed();
    this.#publishChain();
    this.publish({ topic: 'ratings', reading: this.fleets.ratings });
    for (const entry of this.fleets.fleets) {
      this.#publishFleet(entry);
      this.publish({
        topic: 'rows',
        operator: entry.fleet.operator,
        rows: [...entry.fleet.rows.values()],
        gone: [],
        whole: true,
      });
      this.#publishDaily(entry.fleet);
    }
    this.#publishMarket();
    this.#publishJournal();
  }

  #touch(what) {
    this.#dirtyAt[what] ??= this.clock();
  }

  get #rowCount() {
    return this.fleets.fleets.reduce((sum, { fleet }) => sum + fleet.rows.size, 0);
  }

  async #saveWhenDue(now) {
    const rows = this.#rowCount;
    const { news, rows: changed } = this.#dirtyAt;
    const due =
      (news !== undefined && now - news >= saveAfter.news) ||
      (changed !== undefined && now - changed >= (rows > many ? saveAfter.manyRows : saveAfter.rows));
    if (due && !this.#saving) await this.save();
  }

  /** Writes the state into the vault. After a failed write, the next change writes again. */
  async save() {
    this.#saving = true;
    await this.#write().catch(() => {});
    this.#saving = false;
  }

  async #write() {
    this.#dirtyAt = { news: undefined, rows: undefined };
    const { rules, every, signer, orders } = this;
    const read = this.fleets.fleets.map(({ fleet, source }) => ({
      operator: fleet.operator,
      asOf: source.reading.asOf,
      rows: [...fleet.rows.values()],
      days: fleet.daily.kept,
    }));
    const bytes = await pack({
      ...{ world: this.#world, rules, every, signer, orders },
      feed: this.#feed.entries,
      told: [...this.#told].slice(-many),
      fleets: read.filter(({ asOf }) => asOf !== undefined),
    });
    await this.records.put(recordId, bytes, 0o600);
  }

  // --- Scheduling ---

  /** Starts what is due; to be called every second. */
  tick() {
    const now = this.clock();
    for (const source of [this.chain, this.market]) if (source.due(now)) source.run();
    this.fleets.tick();
    if (now - this.#judgedAt >= judgeEvery) {
      this.#judgedAt = now;
      this.fleets.judgeAll();
      this.#watchPairings(now);
    }
    if (this.#pending.length > 0 && now - this.#settledAt >= settleEvery && !this.busy()) this.#settle();
    this.#saveWhenDue(now);
  }

  /** Runs a command of a page. */
  async command(name, value = {}) {
    const act = {
      watching: () => this.#watching(value),
      refresh: () => this.#refresh(value),
      note: () => this.#news([value]),
      markRead: () => this.#markRead(value),
      rules: () => this.#setRules(value),
      fileChanged: () => this.#fileChanged(value),
      learned: () => this.#learned(value),
      save: () => this.save(),
    }[name];
    await act?.();
  }

  #watching({ visible, operators = [], view = [] }) {
    const was = this.visible;
    this.#visibleUntil = visible ? this.clock() + presentFor : 0;
    if (view.join() !== this.#view.join()) this.#viewAt = this.clock();
    this.#view = view;
    for (const operator of operators) this.fleets.want(operator, this.#keptFleet(operator));
    if (visible && !was) this.chain.refresh();
    this.tick();
  }

  #refresh({ what = 'all', dids, operator }) {
    if (what === 'all' || what === 'chain') this.chain.refresh();
    if (what === 'all' || what === 'market') this.market.refresh();
    if (what === 'all' || what === 'fleet')
      for (const { fleet, source } of this.fleets.fleets)
        if (!operator || sameDid(operator, fleet.operator)) source.refresh();
    if (dids) this.fleets.readAgain(dids);
    this.tick();
  }

  #setRules({ rules, every }) {
    if (rules) this.rules = withStandard(rules);
    if (every !== undefined) this.every = every;
    this.#touch('news');
    this.publish({ topic: 'rules', rules: this.rules, every: this.every });
    if (rules) this.fleets.judgeAll();
    this.tick();
  }

  // --- The feed ---

  #news(entries) {
    if (entries.length === 0) return;
    this.#feed.add(entries, this.clock());
    this.#touch('news');
    this.#publishFeed();
  }

  #markRead({ upTo }) {
    if (this.#feed.unread === 0) return;
    this.#feed.markRead(upTo);
    this.#touch('news');
    this.#publishFeed();
  }

  #publishFeed() {
    this.publish({ topic: 'feed', entries: this.#feed.entries, unread: this.#feed.unread });
  }

  // --- The chain and who signs ---

  async #readChain(signal) {
    const asked = this.#keys;
    const signer = this.#keysRead === asked ? this.signer : await this.#whoSigns(signal);
    const status = await this.call('networkStatus', signer ? { account: signer.address } : {}, { signal });
    return { signer, status, keysRead: asked };
  }

  // Having neither key nor wallet is not an error.
  async #whoSigns(signal) {
    try {
      const { address, wallet, contracts, deployment } = await this.call('whoami', {}, { signal });
      return { address, wallet, contracts, deployment };
    } catch (error) {
      if (error.kind === 'network' || error.kind === 'interrupted') throw error;
      return undefined;
    }
  }

  // Settings may have changed while this was read: then the next reading, which is due already, asks who signs.
  #chainAnswered({ signer, status, keysRead }) {
    if (this.status && status.blockNumber !== this.status.blockNumber) this.#blockAt = this.clock();
    Object.assign(this, { signer, status });
    this.#keysRead = keysRead;
    if (this.own) this.fleets.want(this.own, this.#keptFleet(this.own));
    this.#watchBalance();
  }

  #watchBalance() {
    const { rules, status, signer } = this;
    const least = rules.balance && weiOf(rules.balance.below);
    if (!signer || status.balance === undefined) return;
    const key = `balance ${signer.address}`;
    if (least === undefined || BigInt(status.balance) >= least) this.#told.delete(key);
    else if (!this.#told.has(key)) {
      this.#told.add(key);
      this.#news([
        { kind: 'balance', tone: 'warn', wallet: signer.wallet, address: signer.address, wei: status.balance },
      ]);
    }
  }

  #publishChain() {
    const { signer, status } = this;
    this.publish({ topic: 'chain', reading: this.chain.reading, signer, status });
  }

  // --- Fleets ---

  #publishFleet({ fleet, source }) {
    const { operator, rows } = fleet;
    this.publish({ topic: 'fleet', operator, reading: source.reading, count: rows.size });
  }

  #publishDaily({ operator, daily }) {
    this.publish({ topic: 'daily', operator, ...daily.sums(this.clock() / 1000) });
  }

  // Coalesces answers into one message.
  #flushSoon() {
    if (this.#flushing) return;
    this.#flushing = true;
    this.timers.setTimeout(
      () => {
        this.#flushing = false;
        this.flush();
      },
      this.#rowCount > many ? flushAfter.manyRows : flushAfter.rows,
    );
  }

  flush() {
    for (const { fleet } of this.fleets.fleets) {
      if (fleet.daily.isNews(this.clock() / 1000)) this.#publishDaily(fleet);
      const changes = fleet.takeChanges();
      if (!changes) continue;
      this.#touch('rows');
      this.publish({ topic: 'rows', operator: fleet.operator, ...changes });
    }
  }

  /** Resolves to a machine's reduced profile; see Profiles.read(). */
  profile = (did, options) => this.profiles.read(did, options);

  async #readProfile(did) {
    this.#learned({ did, ...factsOf(await this.profiles.read(did)) });
  }

  #learned({ did, mcr, ...facts }) {
    if (mcr) this.fleets.applyRating(mcr);
    else this.fleets.applyProfile(did, facts);
  }

  // --- The market ---

  async #readMarket(signal) {
    const { items } = await this.call('machines', {}, { signal });
    const orders = [];
    for (const { id } of items.slice(0, marketMachines)) {
      const page = await this.call('orders', { machineId: id, limit: 25 }, { signal });
      orders.push(...page.items.map((order) => orderFacts(order, items)));
    }
    return orders;
  }

  #marketAnswered(orders) {
    this.#news(orderChanges(this.orders, orders));
    this.orders = orders;
    this.#touch('rows');
  }

  async #watchPairings(now) {
    const known = await this.pairings().catch(() => []); // damaged records are reported when the vault opens
    const entries = endingPairings(known, this.rules.pairing, this.#told, now);
    for (const { key } of entries) this.#told.add(key);
    this.#news(entries);
  }

  #publishMarket() {
    this.publish({ topic: 'market', reading: this.market.reading, toConfirm: toConfirm(this.orders ?? []) });
  }

  // --- Transactions under way ---

  async #readJournal() {
    const bytes = await this.readFile('peaqos.log').catch(() => undefined);
    this.#pending = openTransactions(rowsOf(bytes));
    this.#journals++;
    this.#publishJournal();
  }

  #publishJournal() {
    this.publish({ topic: 'journal', pending: this.#pending, version: this.#journals });
  }

  async #settle() {
    this.#settledAt = this.clock();
    if (!this.#pending.some(({ step }) => step === 'submit_event')) return;
    const read = (signal) => this.call('settleEvents', {}, { signal });
    // After an error or a timeout everything stays pending until the next attempt.
    const settled = await within(settleDeadline, 'the node', read, this.timers).catch(() => []);
    const over = settled.filter(({ state }) => ended.includes(state));
    this.#news(
      over.map(({ machineId, txHash, state }) => ({
        kind: 'transaction',
        operation: 'submitEvent',
        tone: state === 'confirmed' ? 'good' : 'bad',
        key: txHash,
        ...{ hash: txHash, machine_id: machineId, state },
      })),
    );
    if (over.length > 0) {
      this.#refresh({ what: 'fleet' });
      await this.#readJournal();
    }
  }

  // --- Settings ---

  async #fileChanged({ path }) {
    if (path.endsWith('/peaqos.log')) return this.#readJournal();
    if (!path.endsWith('/.env') && !path.includes('/.ows/')) return undefined;
    await this.#lookAtWorld();
    this.#keys++;
    this.chain.refresh();
    this.market.refresh();
    return this.tick();
  }

  // State of one network must not be shown for another.
  async #lookAtWorld() {
    const { variables } = await this.call('readSettings', {}, {}).catch(() => ({ variables: [] }));
    const where = ['PEAQOS_NETWORK', 'PEAQOS_RPC_URL', 'PEAQOS_MCR_API_URL', 'PEAQOS_ORCHESTRATION_URL'];
    const world = where.map((name) => variables.find((variable) => variable.name === name)?.value ?? '').join(' ');
    if (world === this.#world) return;
    this.#world = world;
    Object.assign(this, { signer: undefined, status: undefined, orders: undefined });
    this.#kept = [];
    this.chain.reset();
    this.market.reset();
    this.fleets.forget();
    this.publish({ topic: 'forget' });
  }
}
