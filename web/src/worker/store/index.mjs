// Creates the worker's store and connects it to the other tabs.
// SPDX-License-Identifier: Apache-2.0
import { joinPeers } from './peers.mjs';
import { factsOf } from './profile.mjs';
import { Store } from './store.mjs';

const tick = 1000; // milliseconds

/**
 * Starts the store of an opened vault, or of a visitor (`alone`). `show(message)` posts a message to the page; the
 * rest are members for Store's constructor. Returns {command(name, value), profile(did, {onRating, events})}.
 */
export function startStore({ alone, show, ...world }) {
  const given = { clock: Date.now, random: Math.random, timers: globalThis };
  const store = new Store({ ...world, ...given, publish: (message) => peers.publish(message) });
  const peers = joinPeers({
    alone,
    show,
    async lead() {
      await store.open();
      setInterval(() => store.tick(), tick);
    },
    obey: (name, value) => store.command(name, value),
    everything: () => store.publishAll(),
  });
  return {
    command: peers.command,
    async profile(did, { onRating, events }) {
      const heard = (mcr) => {
        onRating(mcr);
        peers.command('learned', { did, mcr });
      };
      const profile = await store.profile(did, { onRating: heard, events });
      peers.command('learned', { did, ...factsOf(profile) });
      return profile;
    },
  };
}
