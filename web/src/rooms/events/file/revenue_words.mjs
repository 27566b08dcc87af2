// Revenue in several currencies.
// SPDX-License-Identifier: Apache-2.0
import { money } from '../../../format/amount.mjs';

/** "USD 1.00 and JPY 50" of {currency: minor units}. */
export const revenueWords = (revenue) =>
  Object.entries(revenue)
    .map(([currency, value]) => money(value, currency))
    .join(' and ');
