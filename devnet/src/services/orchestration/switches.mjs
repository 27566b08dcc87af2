// What a test changes in the running Orchestration API: its settings, its clock, and the faults of its endpoints.
// SPDX-License-Identifier: Apache-2.0
import { settings as defaults } from './assumptions.mjs';

export class Switches {
  #aheadMs = 0;
  #faults = new Map(); // endpoint, or '*' -> {fault, left}
  settings = { ...defaults };

  reset() {
    this.set();
    this.clear();
    this.#aheadMs = 0;
  }

  // Those left out take their defaults.
  set(changes = {}) {
    const unknown = Object.keys(changes).find((name) => !Object.hasOwn(defaults, name));
    if (unknown) throw new TypeError(`the Orchestration API has no setting '${unknown}'`);
    this.settings = { ...defaults, ...changes };
  }

  // The API's clock, milliseconds. It runs as the world's, but can be put forward.
  now() {
    return Date.now() + this.#aheadMs;
  }

  advance(seconds) {
    this.#aheadMs += seconds * 1000;
  }

  fail(endpoint, fault, times = Infinity) {
    if (fault === null) this.#faults.delete(endpoint);
    else this.#faults.set(endpoint, { fault: typeof fault === 'string' ? { code: fault } : fault, left: times });
  }

  clear() {
    this.#faults.clear();
  }

  // The fault that a request to an endpoint meets, if any; it counts.
  faultOf(endpoint) {
    const key = this.#faults.has(endpoint) ? endpoint : '*';
    const entry = this.#faults.get(key);
    if (!entry) return undefined;
    if (--entry.left <= 0) this.#faults.delete(key);
    return entry.fault;
  }
}

export const isoTime = (ms) => new Date(ms).toISOString();
