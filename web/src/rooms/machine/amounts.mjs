// What an event of a profile is worth, in words.
// SPDX-License-Identifier: Apache-2.0
import { count, money } from '../../format/amount.mjs';

export const isRevenue = (event) => event.event_type === 0;

export const trusts = ['Self-reported', 'On-chain', 'Hardware-signed'];

export const dollars = (cents) => money(Math.round(cents), 'USD');

/** "EUR 1,250.00"; an activity's value is a bare number. */
export const amountOf = (event) =>
  isRevenue(event) ? money(event.origin_value, event.origin_currency ?? 'USD') : count(event.origin_value);

/** The same in US dollars where that tells more. */
export function inDollars(event) {
  if (!isRevenue(event) || event.origin_currency === 'USD') return '';
  return event.usd_value === null || event.usd_value === undefined ? 'no rate' : dollars(event.usd_value);
}
