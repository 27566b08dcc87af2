// Health of the chain and the rating service as a tone and a short text. Pure functions; times in milliseconds.
// SPDX-License-Identifier: Apache-2.0
import { age } from '../format/age.mjs';
import { stateOf } from './reading.mjs';

const oldBlock = 60_000; // milliseconds; older than this, a chain with regular blocks has stalled
const byRequest = ['devnet']; // networks that mine on demand
const overdue = 45_000; // milliseconds without answer or request: polling itself has stopped

/**
 * {tone: "good" | "warn" | "bad" | "", text}: text is empty if healthy. Both the age of the answer
 * and that of the block count.
 */
export function chainHealth({ reading, status }, now) {
  const state = stateOf(reading, now, { freshFor: overdue });
  if (state === 'off') return { tone: '', text: 'No network set' };
  if (!status) return state === 'unreachable' ? { tone: 'bad', text: 'Network not reachable' } : { tone: '', text: '' };
  const silent = now - reading.asOf;
  if (state === 'unreachable') return { tone: 'warn', text: `not answering for ${age(silent)}` };
  if (state === 'stale') return { tone: 'warn', text: `last answer ${age(silent)} ago` };
  const block = now - status.blockTime * 1000;
  if (block > oldBlock && !byRequest.includes(status.network))
    return { tone: 'warn', text: `no block for ${age(block)}` };
  return { tone: 'good', text: '' };
}

/** The same for the rating service. */
export function ratingsHealth({ reading }, now) {
  const state = stateOf(reading, now, { freshFor: Infinity });
  if (state !== 'unreachable') return { tone: state === 'fresh' ? 'good' : '', text: '' };
  const since = reading.asOf ?? reading.askedAt;
  const known = reading.asOf === undefined || since === undefined ? '' : ` for ${age(now - since)}`;
  return { tone: 'warn', text: `Rating service not answering${known}` };
}
