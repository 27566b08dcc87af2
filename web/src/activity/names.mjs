// What an entry's machine is called.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../core/labels.mjs';
import { store } from '../store/store.mjs';

/** The name of the machine that an entry, or what is under way, is about; undefined when it is about none. */
export function nameOfEntry({ did, machine_id: id, name }) {
  if (did === undefined && id === undefined) return undefined;
  const where = did ?? labels.didOfId(id);
  return labels.nameOf({ did: where, machine_id: id, name: store.machine(where)?.details?.name ?? name });
}
