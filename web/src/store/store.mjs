// The page's mirror of the worker's store, readable without a call. Dispatches `change` with the topic as its detail; a
// lock clears it.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { unread } from './reading.mjs';
import { standardRules } from './rules.mjs';

const topics = ['chain', 'ratings', 'fleet', 'feed', 'rules', 'market', 'journal'];
const heartbeat = 15_000; // milliseconds
const nothing = Object.freeze([]);

/** A fleet before its first answer. */
const emptyFleet = (operator) => ({
  operator,
  reading: unread,
  rows: nothing,
  byDid: new Map(),
  version: 0,
  known: false,
});

// Whether visible figures of a row differ.
const changed = (before, after) =>
  before &&
  (before.mcr !== after.mcr || before.mcr_score !== after.mcr_score || before.details?.bond !== after.details?.bond) &&
  Boolean(before.details) === Boolean(after.details);

export class StoreMirror extends EventTarget {
  #fleets = new Map(); // lower-case operator -> fleet
  #interest = { view: nothing };

  constructor() {
    super();
    this.#forget();
    session.addEventListener('store', ({ detail }) => this.#hear(detail));
    session.addEventListener('end', () => {
      this.#forget();
      for (const topic of topics) this.#say(topic);
    });
    session.addEventListener('change', () => this.#beat());
    if (typeof document === 'undefined') return;
    document.addEventListener('visibilitychange', () => this.#beat());
    setInterval(() => this.#beat(), heartbeat);
  }

  #forget() {
    /** {reading, signer, status}: the signer ({address, wallet}) and NetworkStatus of the last answer. */
    this.chain = { reading: unread };
    /** {reading} of the rating service, from all requests to it. */
    this.ratings = { reading: unread };
    /** What happened, newest first: [{id, at, kind, tone, read, ...}], and the number of unread ones. */
    this.feed = { entries: nothing, unread: 0 };
    /** Watch rules (store/rules.mjs) and the milliseconds between readings of a fleet; 0: manual only. */
    this.rules = { rules: standardRules, every: 30_000 };
    /** {reading, toConfirm: [{id, machine, service, ...}]}. */
    this.market = { reading: unread, toConfirm: nothing };
    /** Rows of peaqos.log that are pending, newest first; `version` changes with every write to the log. */
    this.journal = { pending: nothing, version: 0 };
    this.#fleets.clear();
  }

  /**
   * The fleet of an operator: {reading, rows, byDid, version, known, daily}; `daily` ({covered, ranges}, see
   * worker/store/daily.mjs) is undefined before a profile was read. Rows are replaced, never changed in place.
   */
  fleet(operator) {
    return this.#fleets.get(operator?.toLowerCase()) ?? emptyFleet(operator);
  }

  /** All known fleets. */
  get fleets() {
    return [...this.#fleets.values()];
  }

  /** The row of a machine in any fleet, or undefined. */
  machine(did) {
    for (const { byDid } of this.#fleets.values()) if (byDid.has(did)) return byDid.get(did);
    return undefined;
  }

  /** Milliseconds since a topic's last answer; undefined if there was none. "fleet" needs the operator. */
  age(topic, operator) {
    const { asOf } = this.reading(topic, operator);
    return asOf === undefined ? undefined : Date.now() - asOf;
  }

  /** The reading of a topic, for stateOf() of store/reading.mjs. */
  reading(topic, operator) {
    return (topic === 'fleet' ? this.fleet(operator) : this[topic])?.reading ?? unread;
  }

  /** Calls listener(topic) on every change of a topic. Returns a function that unsubscribes. */
  subscribe(topic, listener) {
    const heard = ({ detail }) => detail === topic && listener(detail);
    this.addEventListener('change', heard);
    return () => this.removeEventListener('change', heard);
  }

  /** Refreshes now: "chain", "fleet", "market" or "all"; `dids` are machines whose ratings are read again. */
  refresh(what = 'all', { operator, dids } = {}) {
    return session.tellStore('refresh', { what, operator, dids });
  }

  /** Sets the fleets (`operators`) and the rows (`view`, DIDs) that the page shows; they are read first. */
  interest(changes) {
    const before = this.#interest;
    this.#interest = { ...before, ...changes };
    this.#beat();
  }

  /** Adds an entry to the feed. It replaces an earlier entry with the same `key`. */
  note = (entry) => session.tellStore('note', entry);
  markRead = (upTo) => session.tellStore('markRead', { upTo });
  setRules = (changes) => session.tellStore('rules', changes);

  #beat() {
    const visible = document.visibilityState === 'visible';
    session.tellStore('watching', { visible, ...this.#interest });
  }

  #hear({ topic, ...message }) {
    if (topic === 'forget') {
      this.#fleets.clear();
      return this.#say('fleet');
    }
    if (topic === 'fleet') this.#listed(message);
    else if (topic === 'rows') this.#rows(message);
    else if (topic === 'daily') this.#daily(message);
    else this[topic] = message;
    return this.#say(['rows', 'daily'].includes(topic) ? 'fleet' : topic);
  }

  #known(operator) {
    const key = operator.toLowerCase();
    if (!this.#fleets.has(key)) this.#fleets.set(key, emptyFleet(operator));
    return this.#fleets.get(key);
  }

  #listed({ operator, reading }) {
    const fleet = this.#known(operator);
    fleet.reading = reading;
    fleet.known ||= reading.asOf !== undefined;
  }

  #rows({ operator, rows, gone, whole }) {
    const fleet = this.#known(operator);
    if (whole) fleet.byDid.clear();
    for (const row of rows) {
      row.changedAt = changed(fleet.byDid.get(row.did), row) ? Date.now() : undefined;
      fleet.byDid.set(row.did, row);
    }
    for (const did of gone) fleet.byDid.delete(did);
    fleet.rows = [...fleet.byDid.values()];
    fleet.version++;
  }

  #daily({ operator, covered, ranges }) {
    this.#known(operator).daily = { covered, ranges };
  }

  // Coalesces messages into one rendering.
  #said = new Set();
  #say(topic) {
    if (this.#said.has(topic)) return;
    this.#said.add(topic);
    queueMicrotask(() => {
      this.#said.delete(topic);
      this.dispatchEvent(new CustomEvent('change', { detail: topic }));
    });
  }
}

export const store = new StoreMirror();
