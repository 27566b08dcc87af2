// Dated exchange rates: US dollars for one unit of a currency, by half-year. Round numbers, for a local world only.
// SPDX-License-Identifier: Apache-2.0
import { divideRounded } from '../json.mjs';

const subunits = { USD: 100, EUR: 100, GBP: 100, HKD: 100, JPY: 1, KWD: 1000 };

const snapshots = [
  { from: '2020-01-01', rates: { USD: 1, EUR: 1.15, GBP: 1.3, HKD: 0.129, JPY: 0.0092, KWD: 3.3 } },
  { from: '2023-01-01', rates: { USD: 1, EUR: 1.08, GBP: 1.25, HKD: 0.128, JPY: 0.007, KWD: 3.25 } },
  { from: '2025-01-01', rates: { USD: 1, EUR: 1.05, GBP: 1.26, HKD: 0.1285, JPY: 0.0065, KWD: 3.24 } },
  { from: '2026-01-01', rates: { USD: 1, EUR: 1.17, GBP: 1.34, HKD: 0.1285, JPY: 0.0064, KWD: 3.26 } },
].map(({ from, rates }) => ({ from: Date.parse(from) / 1000, rates }));

// When the feed is stale, its last snapshot is missing: what falls into its time has no rate.
const staleFrom = snapshots.at(-1).from;

// An amount in minor units (a big integer) at a time (Unix seconds), in US cents: {usdValue, subunit, status}.
export function convert(amount, currency, timestamp, stale) {
  const subunit = subunits[currency];
  if (!subunit) return { usdValue: null, subunit: null, status: 'unsupported_currency' };
  const snapshot = snapshots.findLast(({ from }) => from <= timestamp);
  if (!snapshot || (stale && timestamp >= staleFrom)) return { usdValue: null, subunit, status: 'fx_unavailable' };
  // Rates have at most six decimals, so that integers give the exact amount.
  const rate = BigInt(Math.round(snapshot.rates[currency] * 1e6));
  return { usdValue: divideRounded(amount * rate * 100n, BigInt(subunit) * 1_000_000n), subunit, status: 'ok' };
}
