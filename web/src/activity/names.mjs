// Machine names for feed entries.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { store } from '../store/store.mjs';

/** Returns the name of an entry's machine, or undefined if it has none. */
export function nameOfEntry({ did, machine_id: id, name }) {
  if (did === undefined && id === undefined) return undefined;
  const where = did ?? labels.didOfId(id);
  return labels.nameOf({ did: where, machine_id: id, name: store.machine(where)?.details?.name ?? name });
}
