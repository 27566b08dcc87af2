// Whose machines the fleet's page shows: this wallet's, those of all wallets, or an operator's. Pure functions.
// SPDX-License-Identifier: Apache-2.0
import { stateOf } from '../../store/reading.mjs';
import { joinDaily } from './daily.mjs';

/** Fleets that are read at once; the store keeps no more (worker/store/fleet_reader.mjs). */
export const mostFleets = 8;

const didOf = (address) => `did:peaq:${address}`;

/**
 * { kind: "own" | "all" | "operator", operators (DIDs), left (wallets that are not shown) } for the address's query
 * ({ operator, scope }), the signer's `address` and the `wallets` of the vault, each with a `peaq_address`.
 */
export function scopeOf({ operator, scope }, address, wallets) {
  if (operator) return { kind: 'operator', operators: [operator], left: 0 };
  const own = address ? [address] : [];
  if (scope !== 'all') return { kind: own.length > 0 ? 'own' : 'operator', operators: own.map(didOf), left: 0 };
  const all = new Map([...own, ...wallets.map(({ peaq_address }) => peaq_address)].filter(Boolean).map(keyed));
  const operators = [...all.values()].map(didOf);
  return { kind: 'all', operators: operators.slice(0, mostFleets), left: Math.max(0, operators.length - mostFleets) };
}

const keyed = (address) => [address.toLowerCase(), address];

// The worst reading speaks for all: one that does not answer, else the oldest.
function worst(readings, now) {
  const failing = readings.find((reading) => stateOf(reading, now) === 'unreachable');
  return failing ?? readings.reduce((oldest, one) => ((one.asOf ?? 0) < (oldest.asOf ?? 0) ? one : oldest));
}

/** Several fleets of the store as one: { reading, rows, known, daily }. A machine that two have is there once. */
export function together(fleets, now) {
  if (fleets.length === 1) return fleets[0];
  const rows = new Map(fleets.flatMap((fleet) => fleet.rows.map((row) => [row.did.toLowerCase(), row])));
  return {
    reading: worst(
      fleets.map(({ reading }) => reading),
      now,
    ),
    rows: [...rows.values()],
    known: fleets.some(({ known }) => known),
    daily: joinDaily(fleets.map(({ daily }) => daily)),
  };
}
