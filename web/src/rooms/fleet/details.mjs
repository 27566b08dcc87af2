// What the list of a fleet does not tell of a machine: asked for the rows in view, a few at a time.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';

const together = 4; // machines asked at once

export class Details extends EventTarget {
  /** Another number whenever something else is known. */
  version = 0;
  #known = new Map(); // did -> {name, bond, ...}, or {problem}
  #asking = new Set();
  #inView = []; // what is looked at now comes first
  #rest = [];

  get(did) {
    return this.#known.get(did);
  }

  /** Forgets everything: another fleet is looked at. */
  clear() {
    this.#known.clear();
    this.version++;
    this.#inView = [];
    this.#rest = [];
  }

  /** Asks for these machines and gives up others that were only scrolled past. */
  show(dids) {
    this.#inView = [...dids];
    this.#go();
  }

  /** Asks for all of these, after those in view; `again` also for known ones. */
  load(dids, { again = false } = {}) {
    if (again) dids.forEach((did) => this.#known.delete(did));
    this.version++;
    this.#rest.push(...dids);
    this.#go();
  }

  #next() {
    for (const queue of [this.#inView, this.#rest]) {
      while (queue.length > 0) {
        const did = queue.shift();
        if (!this.#known.has(did) && !this.#asking.has(did)) return did;
      }
    }
    return undefined;
  }

  #go() {
    while (this.#asking.size < together) {
      const did = this.#next();
      if (!did) return;
      this.#asking.add(did);
      this.#ask(did);
    }
  }

  async #ask(did) {
    try {
      const [{ name, peaqos }, mcr] = await Promise.all([
        session.call('queryMachine', { did }),
        session.call('queryMcr', { did }),
      ]);
      this.#known.set(did, {
        name,
        bond: mcr.bond_status,
        events: mcr.event_count,
        trend: mcr.revenue_trend,
        revenue: mcr.total_revenue,
        updated: mcr.last_updated,
        visibility: peaqos.data_visibility,
      });
    } catch (problem) {
      this.#known.set(did, { problem });
    }
    this.version++;
    this.#asking.delete(did);
    this.#tell();
    this.#go();
  }

  // Many answers, one rendering.
  #telling = false;
  #tell() {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      this.dispatchEvent(new Event('change'));
    }, 50);
  }
}
