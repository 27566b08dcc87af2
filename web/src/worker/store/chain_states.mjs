// Reads what the chain says of machines with a subscription: how long it lasts, and what is paused. One request at a
// time, for a group of machines: those in view first, then the unknown, then the oldest.
// SPDX-License-Identifier: Apache-2.0
import { subscribedId } from '../../format/did.mjs';
import { chainFacts } from '../../store/subscription.mjs';
import { backoff } from '../../store/reading.mjs';
import { plainProblem, within } from './source.mjs';

const group = 90; // machines of one request
const inViewAfter = 60_000; // milliseconds after which a row in view is read again
const leastAfter = 600_000; // and any other
const deadline = 20_000;

export class ChainStates {
  /** The last request's error; undefined after an answer. */
  problem;
  #running = false;
  #failures = 0;
  #nextTry = 0;

  /** `world`: {call(operation, request, {signal}), clock, random, timers}; `onAnswer(fleet, entries)`. */
  constructor(world, onAnswer) {
    Object.assign(this, { world, onAnswer });
  }

  /** Starts the next request for the fleet if one is due. */
  tick(fleet, { visible, view, every }, now) {
    if (this.#running || !every || now < this.#nextTry) return;
    const dids = this.#due(fleet.rows, visible ? view : [], now, visible ? leastAfter : 4 * leastAfter);
    if (dids.length > 0) this.#read(fleet, dids);
  }

  /** Makes these machines due. */
  again(fleet, dids) {
    for (const did of dids) {
      const row = fleet.rows.get(did);
      if (row?.chain) fleet.rows.set(did, { ...row, chainAgain: true });
    }
    this.#nextTry = 0;
  }

  forget() {
    this.problem = undefined;
    this.#failures = this.#nextTry = 0;
  }

  #due(rows, view, now, after) {
    const isDue = (row, age) =>
      row && subscribedId(row.did) && (row.chainAgain || row.chainAt === undefined || now - row.chainAt > age);
    const found = new Set(view.filter((did) => isDue(rows.get(did), inViewAfter)));
    for (const row of rows.values()) {
      if (found.size >= group) break;
      if (isDue(row, after)) found.add(row.did);
    }
    return [...found].slice(0, group);
  }

  async #read(fleet, dids) {
    this.#running = true;
    const { call, clock, random, timers } = this.world;
    const byId = new Map(dids.map((did) => [subscribedId(did), did]));
    try {
      const read = (signal) => call('machineStatuses', { machineIds: [...byId.keys()] }, { signal });
      this.#answered(fleet, byId, await within(deadline, 'the node', read, timers));
    } catch (error) {
      this.#failures++;
      this.problem = plainProblem(error);
      this.#nextTry = clock() + backoff(this.#failures, random());
    }
    this.#running = false;
  }

  #answered(fleet, byId, states) {
    this.forget();
    this.onAnswer(
      fleet,
      states.map((state) => ({ did: byId.get(state.machine_id), chain: state.error ? undefined : chainFacts(state) })),
    );
  }
}
