// Whether an event was recorded before: the chain takes equal events as often as they are sent, and each counts.
// SPDX-License-Identifier: Apache-2.0
import { money } from '../../format/amount.mjs';

const near = 60; // seconds: a time that the form proposes moves on between two clicks

/**
 * The newest confirmed event of the journal (rows of transactionsOf) with the same machine, type, amount and currency, and
 * within a minute of the same time; undefined when there is none. A pending one is not meant: the core looks it up instead
 * of sending it again.
 */
export const equalEvent = (events, { machineId, type, value, currency, ts }) =>
  events.find(
    (row) =>
      row.status === 'confirmed' &&
      String(row.machine_id) === machineId &&
      row.event_type === type &&
      String(row.value) === value &&
      (row.currency || '') === (currency ?? '') &&
      Math.abs(row.timestamp - ts) <= near,
  );

/** "You recorded USD 3.00 for this moment 4 s ago (0x09d7…)." `now` in milliseconds. */
export function wordsOf(row, ts, now) {
  const what = row.event_type === 'revenue' ? money(row.value, row.currency) : `activity ${row.value}`;
  const moment = row.timestamp === ts ? 'this moment' : `a moment ${Math.abs(row.timestamp - ts)} s away`;
  const seconds = Math.max(0, Math.round((now - Date.parse(row.ts)) / 1000));
  const since =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`;
  return `You recorded ${what} for ${moment} ${since} ago (${row.tx_hash.slice(0, 6)}…).`;
}
