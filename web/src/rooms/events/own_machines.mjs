// The machines of who signs, so that an event's machine can be chosen by name; asked for once.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { session } from '../../core/session.mjs';

let asked;
session.addEventListener('end', () => (asked = undefined));

export async function learnOwnMachines(address) {
  if (!address || asked === address) return;
  asked = address;
  const did = `did:peaq:${address}`;
  const [own, listed] = await Promise.all([
    session.call('queryMcr', { did }).catch(() => undefined),
    session.call('queryOperatorMachines', { did }).catch(() => ({ machines: [] })),
  ]);
  labels.learn([...(own ? [own] : []), ...listed.machines]);
}
