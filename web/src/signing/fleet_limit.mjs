// What one approval of a file of machines covers.
// SPDX-License-Identifier: Apache-2.0
import { feeLimit } from './agreed_calls.mjs';

/** Of the question "activate_fleet": what it costs at most, in wei. */
export const fleetLimit = ({ bonds_wei: bonds, top_ups_wei: topUps, fees_wei: fees }) =>
  BigInt(bonds) + BigInt(topUps) + feeLimit(fees);
