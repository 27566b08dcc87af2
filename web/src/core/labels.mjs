// Names, places, tags and notes of machines, kept in the vault: the one place that says what a machine is called. Says
// `change`.
// SPDX-License-Identifier: Apache-2.0
import { cleanLabel, keyOf } from '../format/machine_labels.mjs';
import { shorten } from '../format/shorten.mjs';
import { store } from '../store/store.mjs';
import { session } from './session.mjs';

const path = 'machines.json'; // a record of the vault

// IDs of some machines have 78 digits.
const machineWords = (id) => `Machine ${shorten(String(id))}`;

class Labels extends EventTarget {
  /** Another number whenever a label is another one. */
  version = 0;
  #labels = new Map(); // key of a DID -> label
  #machines = new Map(); // machine ID -> { did, name }: machines that were seen in this session
  #loaded;

  constructor() {
    super();
    session.addEventListener('change', () => this.#follow());
    session.addEventListener('end', () => this.#forget());
    // Another tab changed them.
    session.addEventListener('file', ({ detail }) => detail.endsWith(`/${path}`) && this.#load());
    store.subscribe('fleet', () => store.fleets.forEach(({ rows }) => this.#learnRows(rows)));
    this.#follow();
  }

  #follow() {
    if (session.state === 'open' || session.state === 'visiting') this.#loaded ??= this.#load();
  }

  #forget() {
    this.#labels.clear();
    this.#machines.clear();
    this.#loaded = undefined;
    this.#changed();
  }

  async #load() {
    const bytes = await session.readFile(path).catch(() => undefined);
    if (!bytes) return;
    try {
      this.#labels = new Map(Object.entries(JSON.parse(new TextDecoder().decode(bytes))));
    } catch {
      return; // not ours to overwrite before the user changes a label
    }
    this.#changed();
  }

  #changed() {
    this.version++;
    this.dispatchEvent(new Event('change'));
  }

  /** { alias, place, tags, note } of a machine; empty for one without. */
  of(did) {
    return this.#labels.get(keyOf(did ?? '')) ?? {};
  }

  /** What a machine is called: the user's alias, else its own `name`, else "Machine 7". */
  nameOf({ did, machine_id: id, name }) {
    return this.of(did).alias ?? name ?? (id === undefined ? 'Machine' : machineWords(id));
  }

  /** The name of a row of the store. */
  nameOfRow = ({ did, machine_id: id, details }) => this.nameOf({ did, machine_id: id, name: details?.name });

  /** The name of a machine that was seen, by its ID: for transactions and journal rows, which have no DID. */
  nameOfId(id) {
    const machine = this.#machines.get(String(id));
    return machine ? this.nameOf({ ...machine, machine_id: id }) : machineWords(id);
  }

  /** A machine with a subscription has its ID in its DID; of others it is known once they were seen. */
  didOfId(id) {
    return this.#machines.get(String(id))?.did ?? (String(id).length > 20 ? `did:peaq:${id}` : undefined);
  }

  /** Remembers which DIDs belong to which IDs: [{ did, machine_id, name }]. */
  learn(machines) {
    let news = false;
    for (const { did, machine_id: id, name } of machines) {
      const known = this.#machines.get(String(id));
      if (known?.did === did && (known.name === name || name === undefined)) continue;
      this.#machines.set(String(id), { did, name: name ?? known?.name });
      news = true;
    }
    if (news) this.#changed();
  }

  #rows = new WeakSet(); // lists of rows that were learnt

  #learnRows(rows) {
    if (this.#rows.has(rows)) return;
    this.#rows.add(rows);
    this.learn(rows.map(({ did, machine_id, details }) => ({ did, machine_id, name: details?.name })));
  }

  /** Machines that were seen: [{ id, did, name }], by name. */
  get machines() {
    return [...this.#machines]
      .map(([id, { did, name }]) => ({ id, did, name: this.nameOf({ did, name, machine_id: id }) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** Every label: [[did, { alias, place, tags, note }]]. */
  get all() {
    return [...this.#labels];
  }

  /** Every tag in use, by name. */
  get tags() {
    return [...new Set([...this.#labels.values()].flatMap(({ tags = [] }) => tags))].sort();
  }

  /** Text that a search looks through. */
  textOf(did) {
    const { alias = '', place = '', tags = [], note = '' } = this.of(did);
    return `${alias} ${place} ${tags.join(' ')} ${note}`.toLowerCase();
  }

  /** Changes labels, [[did, { alias, ... }]]: members that are given replace the present ones, empty ones are removed. */
  async change(entries) {
    await this.#loaded;
    const next = new Map(this.#labels);
    for (const [did, changes] of entries) {
      const label = cleanLabel({ ...next.get(keyOf(did)), ...changes });
      if (label) next.set(keyOf(did), label);
      else next.delete(keyOf(did));
    }
    await session.writeFile(path, new TextEncoder().encode(JSON.stringify(Object.fromEntries(next))));
    this.#labels = next;
    this.#changed();
  }
}

export const labels = new Labels();
