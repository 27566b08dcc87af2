// Reads and caches reduced profiles; an entry is valid while the machine's rating is unchanged.
// SPDX-License-Identifier: Apache-2.0
import { reducedProfile } from './profile.mjs';

const most = 50; // cached profiles

export class Profiles {
  #known = new Map(); // did -> {stamp, profile}

  constructor({ call, onRating }) {
    Object.assign(this, { call, onRating });
  }

  /** Resolves to the reduced profile with so many events; `onRating` gets the rating first, which is small. */
  async read(did, { onRating = () => {}, events: kept } = {}) {
    const mcr = await this.call('queryMcr', { did }, {});
    this.onRating(mcr);
    onRating(mcr);
    const {
      last_updated: updated,
      event_count: events,
      mcr_degraded: degraded,
      bond_status: bond,
      negative_flag: flag,
    } = mcr;
    const stamp = JSON.stringify([updated, events, degraded, bond, flag]);
    const known = this.#known.get(did);
    if (known?.stamp === stamp && known.profile.events.length >= Math.min(kept ?? 0, known.profile.count))
      return known.profile;
    const profile = reducedProfile(await this.call('queryMachine', { did }, {}), kept);
    this.#known.delete(did);
    this.#known.set(did, { stamp, profile });
    if (this.#known.size > most) this.#known.delete(this.#known.keys().next().value);
    return profile;
  }
}
