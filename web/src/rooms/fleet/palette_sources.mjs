// What the palette finds of a fleet: machines, and saved views.
// SPDX-License-Identifier: Apache-2.0
import { labels } from '../../core/labels.mjs';
import { views } from '../../core/views.mjs';
import { isMachineDid } from '../../format/did.mjs';
import { shorten } from '../../format/shorten.mjs';
import { addPaletteSource } from '../../frame/palette.mjs';
import { go } from '../../frame/router.mjs';
import { store } from '../../store/store.mjs';
import { filtered } from './rows.mjs';

const most = 8; // machines

addPaletteSource((query) => {
  const address = /^0x[0-9a-f]{40}$/i.test(query) ? `did:peaq:${query}` : query;
  const rows = store.fleets.flatMap((fleet) => fleet.rows);
  const world = { rules: store.rules.rules, now: Date.now() / 1000, labels };
  const known = filtered(rows, { search: query, chosen: [] }, world).slice(0, most);
  const entry = (did, label) => ({ symbol: 'fleet', label, note: 'Machine', act: () => go('fleet', did) });
  if (known.length === 0 && isMachineDid(address)) return [entry(address, address)];
  return known.map((row) => entry(row.did, `${labels.nameOfRow(row)} · ${shorten(row.did)}`));
});

addPaletteSource((query) =>
  (views.all ?? [])
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .map(({ name }) => ({ symbol: 'fleet', label: name, note: 'View', act: () => go('fleet', { view: name }) })),
);
