// The page's mirror of the worker's store: what is known, at once and without a call. Says `change` (with the topic as its
// detail) when something is others; locked, it knows nothing.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../core/session.mjs';
import { unread } from './reading.mjs';
import { standardRules } from './rules.mjs';

const topics = ['chain', 'ratings', 'fleet', 'feed', 'rules', 'market', 'journal'];
const heartbeat = 15_000; // milliseconds
const nothing = Object.freeze([]);

/** A fleet of which nothing is known. */
const emptyFleet = (operator) => ({
  operator,
  reading: unread,
  rows: nothing,
  byDid: new Map(),
  version: 0,
  known: false,
});

// Whether figures that a person looks at are others than they were.
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
    /** {reading, signer, status}: who signs ({address, wallet}) and NetworkStatus, of the last answer. */
    this.chain = { reading: unread };
    /** The rating service, by everything that was read from it. */
    this.ratings = { reading: unread };
    /** What happened, newest first: [{id, at, kind, tone, read, ...}], and how many were not seen. */
    this.feed = { entries: nothing, unread: 0 };
    /** Watch rules (store/rules.mjs) and the milliseconds between two readings of a fleet, 0 for by hand only. */
    this.rules = { rules: standardRules, every: 30_000 };
    /** {reading, toConfirm: [{id, machine, service, ...}]}. */
    this.market = { reading: unread, toConfirm: nothing };
    /** Rows of peaqos.log that are pending, newest first; `version` is another number whenever the log was written. */
    this.journal = { pending: nothing, version: 0 };
    this.#fleets.clear();
  }

  /** The fleet of an operator: {reading, rows, byDid, version, known}. Rows are replaced, never changed in place. */
  fleet(operator) {
    return this.#fleets.get(operator?.toLowerCase()) ?? emptyFleet(operator);
  }

  /** All fleets that are known. */
  get fleets() {
    return [...this.#fleets.values()];
  }

  /** The row of a machine, in whichever fleet it is. */
  machine(did) {
    for (const { byDid } of this.#fleets.values()) if (byDid.has(did)) return byDid.get(did);
    return undefined;
  }

  /** Milliseconds since a topic's last answer; undefined when there was none. For "fleet", the operator is named. */
  age(topic, operator) {
    const { asOf } = this.reading(topic, operator);
    return asOf === undefined ? undefined : Date.now() - asOf;
  }

  /** The reading of a topic, for stateOf() of store/reading.mjs. */
  reading(topic, operator) {
    return (topic === 'fleet' ? this.fleet(operator) : this[topic])?.reading ?? unread;
  }

  /** Hears of a topic from now on: listener(topic). Gives a function that ends it. */
  subscribe(topic, listener) {
    const heard = ({ detail }) => detail === topic && listener(detail);
    this.addEventListener('change', heard);
    return () => this.removeEventListener('change', heard);
  }

  /** Reads again now: "chain", "fleet", "market", or everything; `dids` names machines whose ratings are read again. */
  refresh(what = 'all', { operator, dids } = {}) {
    return session.tellStore('refresh', { what, operator, dids });
  }

  /** Whose fleet, and which of its rows, the page shows: they are read first. */
  interest(changes) {
    const before = this.#interest;
    this.#interest = { ...before, ...changes };
    this.#beat();
  }

  /** Adds an entry to the feed. One with the `key` of an earlier one takes its place. */
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
    else this[topic] = message;
    return this.#say(topic === 'rows' ? 'fleet' : topic);
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

  // Many messages, one rendering.
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
