// Hands what this page watches over to `peaqos console`, which goes on watching once no page is there.
// SPDX-License-Identifier: Apache-2.0
import { store } from '../store/store.mjs';
import { network } from './network.mjs';
import { whatToSay } from './what_to_say.mjs';
import { handOver } from './served.mjs';
import { session } from './session.mjs';

const every = 15_000; // milliseconds; the command waits for several of them

let sent = { version: undefined, at: -Infinity };

async function beat() {
  if (session.state !== 'open' || !network.address) return;
  const fleet = store.fleet(`did:peaq:${network.address}`);
  const known = whatToSay({ fleet, rules: store.rules.rules, now: Date.now(), last: sent });
  const wanted = await handOver(known);
  if (known.rows) sent = { version: fleet.version, at: Date.now() };
  if (!wanted) clearInterval(timer);
}

const timer = session.served ? setInterval(beat, every) : undefined;
