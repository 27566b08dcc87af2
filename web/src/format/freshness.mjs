// The age of a reading and the state of its source as text.
// SPDX-License-Identifier: Apache-2.0
import { stateOf } from '../store/reading.mjs';
import { age } from './age.mjs';

const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Returns {tone, text} of a reading (store/reading.mjs); `what` names its source: "rating service". Pure. */
export function freshnessOf(reading, what, now, options) {
  const state = stateOf(reading, now, options);
  const { asOf, nextTry, askedAt } = reading;
  if (state === 'unknown') return { tone: '', text: askedAt === undefined ? '' : 'reading…' };
  if (state === 'off') return { tone: '', text: `no ${what} set` };
  if (state !== 'unreachable') return { tone: state === 'stale' ? 'warn' : '', text: `as of ${age(now - asOf)} ago` };
  const known = asOf === undefined ? '' : `as of ${hour.format(asOf)}, `;
  const next =
    nextTry === undefined
      ? 'waiting for an answer'
      : nextTry > now
        ? `next try in ${age(nextTry - now)}`
        : 'trying again';
  return { tone: 'warn', text: `${known}${what} not answering, ${next}` };
}
