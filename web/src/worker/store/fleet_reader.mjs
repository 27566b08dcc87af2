// Polls the fleets in use: their lists periodically, and single machines in between.
// SPDX-License-Identifier: Apache-2.0
import { answered, backoff, unanswered, unread } from '../../store/reading.mjs';
import { ChainStates } from './chain_states.mjs';
import { condensed } from './changes.mjs';
import { Crawl } from './crawl.mjs';
import { Fleet } from './fleet.mjs';
import { plainProblem, Source, within } from './source.mjs';

const together = 4; // concurrent requests; one while no tab is visible
const scrolling = 500; // milliseconds after another row came into view, in which only rows in view are read
const listDeadline = 30_000; // milliseconds
const machineDeadline = 10_000;
const wantedFor = 90_000; // milliseconds after a page last asked for a fleet
const mostFleets = 8; // beside the signer's own
const small = 200; // machines; such a fleet is read again after a new block
const afterBlock = 10_000;
const unseenSlower = 4;
// Profiles are read in the background for a machine's name, interval and days if both fleet and profile are small.
const [fewMachines, mostEvents] = [1000, 2000];
const profileAgain = 600_000;

const unknownHere = (error) => error?.code === 'NOT_FOUND';
const same = (a, b) => a?.toLowerCase() === b?.toLowerCase();

export class FleetReader {
  /** Reading of the rating service, from all requests to it. */
  ratings = unread;
  #fleets = new Map(); // lower-case operator -> {fleet, source, crawl, wantedAt}
  #profiles = new Map(); // did -> time of the last attempt
  #profiling = false;

  /**
   * `world`: {call(operation, request, {signal}), clock, random, timers}; `state()`: {rules, every, visible, view,
   * viewAt (when other rows came into view), own, blockAt}; `on`: {news(entries), fleet(entry), ratings(reading), rows()}.
   */
  constructor(world, state, on) {
    Object.assign(this, { world, state, on });
    this.chainStates = new ChainStates(world, (fleet, answers) => this.#applyChain(fleet, answers));
  }

  get fleets() {
    return [...this.#fleets.values()];
  }

  /** Returns the entry of an operator's fleet and keeps it polled. `known`: {asOf, rows, days} of an earlier session. */
  want(operator, known) {
    const key = operator.toLowerCase();
    let entry = this.#fleets.get(key);
    if (!entry) {
      entry = this.#begin(operator, known);
      this.#makeRoom();
      this.#fleets.set(key, entry);
      this.on.fleet(entry);
    }
    entry.wantedAt = this.world.clock();
    return entry;
  }

  // Drops the least recently wanted fleet, never the signer's own.
  #makeRoom() {
    const { own } = this.state();
    const others = [...this.#fleets].filter(([key]) => !same(key, own)).sort(([, a], [, b]) => a.wantedAt - b.wantedAt);
    if (others.length >= mostFleets) this.#fleets.delete(others[0][0]);
  }

  forget() {
    for (const { source } of this.fleets) source.reset();
    this.#fleets.clear();
    this.#profiles.clear();
    this.chainStates.forget();
    this.ratings = unread;
    this.on.ratings(this.ratings);
  }

  #begin(operator, { asOf, rows, days } = {}) {
    const { clock, random, timers } = this.world;
    const entry = { fleet: new Fleet(operator, rows, days), crawl: new Crawl(), wantedAt: clock() };
    entry.source = new Source({
      what: 'the rating service',
      read: (signal) => this.#readList(operator, signal),
      every: () => this.#every(entry),
      deadline: listDeadline,
      onAnswer: (list) => this.#listed(entry, list),
      onChange: () => this.#sourceChanged(entry),
      ...{ clock, random, timers },
    });
    if (asOf) {
      entry.source.reading = answered(asOf);
      entry.source.refresh();
    }
    return entry;
  }

  #every({ fleet, source }) {
    const { every, visible, blockAt } = this.state();
    if (!every) return Infinity;
    if (!visible) return unseenSlower * every;
    return fleet.rows.size <= small && blockAt > (source.reading.asOf ?? 0)
      ? Math.min(afterBlock, every)
      : Math.max(every, fleet.rows.size * 6);
  }

  async #readList(operator, signal) {
    const ask = (operation) => this.world.call(operation, { did: operator }, { signal });
    const [{ machines }, own] = await Promise.all([
      ask('queryOperatorMachines'),
      // The list omits the operator's own machine, if it is one.
      ask('queryMcr').catch((error) => {
        if (!unknownHere(error)) throw error;
      }),
    ]);
    return { machines, own };
  }

  #listed({ fleet, crawl }, list) {
    const first = fleet.rows.size === 0;
    const entries = fleet.applyList(list, this.state().rules, this.world.clock());
    crawl.forget();
    if (!first) this.#tell(fleet, entries);
    this.on.rows();
  }

  #tell({ operator }, entries) {
    if (entries.length > 0) this.on.news(condensed(entries).map((entry) => ({ ...entry, operator })));
  }

  #sourceChanged(entry) {
    const { asOf, askedAt, failures, problem } = entry.source.reading;
    if (failures > 0) this.#refused(problem);
    else if (askedAt !== undefined) this.#health({ ...this.ratings, askedAt });
    else if (asOf !== undefined) this.#health(answered(asOf));
    this.on.fleet(entry);
  }

  #health(reading) {
    this.ratings = reading;
    this.on.ratings(reading);
  }

  #refused(problem) {
    const { clock, random } = this.world;
    this.#health(unanswered(this.ratings, problem, clock(), backoff(this.ratings.failures + 1, random())));
  }

  /** Starts what is due. */
  tick() {
    const now = this.world.clock();
    const { own } = this.state();
    for (const entry of this.fleets) {
      const { fleet, source, crawl, wantedAt } = entry;
      if (now - wantedAt > wantedFor && !same(fleet.operator, own)) continue;
      // After a failed request for a single machine, the list shows whether the service is back.
      if (this.ratings.failures > 0 && source.reading.failures === 0 && now >= this.ratings.nextTry) source.refresh();
      if (source.due(now)) source.run().then(() => this.tick());
      this.chainStates.tick(fleet, this.state(), now);
      crawl.plan(fleet.rows, now);
      this.#crawl(entry, now);
    }
  }

  #crawl(entry, now) {
    const { fleet, crawl } = entry;
    const { visible, view, viewAt, every } = this.state();
    if (this.ratings.failures > 0 || entry.source.reading.asOf === undefined) return;
    const most = visible ? together : 1;
    while (crawl.underWay < most) {
      const did = crawl.next(fleet.rows, visible ? view : [], now, { viewOnly: now - viewAt < scrolling });
      if (did === undefined) break;
      crawl.begin(did);
      this.#readMachine(entry, did);
    }
    if (crawl.underWay === 0 && visible && every) this.#readProfile(entry, now);
  }

  /** Reads these machines again, whatever their age. */
  readAgain(dids) {
    for (const { fleet, crawl } of this.fleets) {
      for (const did of dids) {
        const row = fleet.rows.get(did);
        if (row) fleet.rows.set(did, { ...row, again: true });
      }
      this.chainStates.again(fleet, dids);
      crawl.forget();
    }
  }

  // A machine that the chain does not have here counts as read, and is not asked for again at once.
  #applyChain(fleet, answers) {
    const [{ rules }, now] = [this.state(), this.world.clock()];
    this.#tell(
      fleet,
      answers.flatMap(({ did, chain }) => fleet.applyChain(did, chain, rules, now)),
    );
    this.on.rows();
  }

  async #readMachine(entry, did) {
    const { fleet, crawl } = entry;
    try {
      const read = (signal) => this.world.call('queryMcr', { did }, { signal });
      const mcr = await within(machineDeadline, 'the rating service', read, this.world.timers);
      this.applyRating(mcr);
    } catch (error) {
      if (unknownHere(error)) fleet.applyUnknown(did, this.world.clock());
      else this.#refused(plainProblem(error));
    }
    crawl.end(did);
    this.on.rows();
    this.#crawl(entry, this.world.clock());
  }

  /** Applies a rating to every fleet that has the machine. */
  applyRating(mcr) {
    const now = this.world.clock();
    for (const { fleet } of this.fleets) this.#tell(fleet, fleet.applyRating(mcr, this.state().rules, now));
    this.#health(answered(now));
    this.on.rows();
  }

  applyProfile(did, facts) {
    const now = this.world.clock();
    for (const { fleet } of this.fleets) this.#tell(fleet, fleet.applyProfile(did, facts, this.state().rules, now));
    this.on.rows();
  }

  // One profile at a time, if nothing else is due.
  async #readProfile({ fleet, source }, now) {
    if (this.#profiling || source.running || fleet.rows.size > fewMachines) return;
    const wanted = ({ did, details }) =>
      details &&
      fleet.daily.countOf(did) !== details.events &&
      details.events > 0 &&
      details.events <= mostEvents &&
      now - (this.#profiles.get(did) ?? -Infinity) > profileAgain;
    const did = [...fleet.rows.values()].find(wanted)?.did;
    if (!did) return;
    this.#profiles.set(did, now);
    this.#profiling = true;
    await this.world.readProfile(did).catch(() => {}); // optional, and retried later
    this.#profiling = false;
  }

  judgeAll() {
    for (const { fleet } of this.fleets) this.#tell(fleet, fleet.judgeAll(this.state().rules, this.world.clock()));
    this.on.rows();
  }
}
