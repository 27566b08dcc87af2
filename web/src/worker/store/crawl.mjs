// Order in which machines' ratings are read: visible ones first, then changed, then unknown (newest first), then the
// oldest. No I/O.
// SPDX-License-Identifier: Apache-2.0

const inViewAfter = 60_000; // milliseconds after which a row in view is read again
const leastAfter = 120_000; // and any other
const perMachine = 250; // milliseconds per machine: at most four requests a second
const unknownAfter = 3_600_000;

export class Crawl {
  #backlog = [];
  #under = new Set();

  get underWay() {
    return this.#under.size;
  }

  begin(did) {
    this.#under.add(did);
  }

  end(did) {
    this.#under.delete(did);
  }

  /**
   * Returns the next DID to read of `rows` (a Map by DID), or undefined if none is due. `view` are DIDs; with `viewOnly`
   * others wait.
   */
  next(rows, view, now, { viewOnly = false } = {}) {
    for (const did of view) {
      const row = rows.get(did);
      if (row && this.#due(row, now, inViewAfter)) return did;
    }
    if (viewOnly) return undefined;
    for (let did = this.#backlog.pop(); did !== undefined; did = this.#backlog.pop()) {
      const row = rows.get(did);
      if (row && this.#due(row, now, after(rows.size))) return did;
    }
    return undefined;
  }

  #due(row, now, age) {
    if (this.#under.has(row.did)) return false;
    if (row.again || row.detailsAt === undefined) return true;
    return now - row.detailsAt > (row.unknown ? unknownAfter : age);
  }

  /** Refills the queue of due machines if it is empty, the most urgent ones last (next() pops). */
  plan(rows, now) {
    if (this.#backlog.length > 0) return;
    const urgency = (row) => (row.again ? 2 : row.detailsAt === undefined ? 1 : 0);
    this.#backlog = [...rows.values()]
      .filter((row) => this.#due(row, now, after(rows.size)))
      .sort((a, b) => urgency(a) - urgency(b) || (b.detailsAt ?? 0) - (a.detailsAt ?? 0) || a.machine_id - b.machine_id)
      .map(({ did }) => did);
  }

  /** Empties the queue, so that the next plan() considers all rows. */
  forget() {
    this.#backlog = [];
  }
}

const after = (machines) => Math.max(leastAfter, machines * perMachine);
