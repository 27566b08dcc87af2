// How alive the chain and the rating service are, as a tone and a few words. Pure: times in milliseconds.
// SPDX-License-Identifier: Apache-2.0
import { age } from '../format/age.mjs';
import { stateOf } from './reading.mjs';

const oldBlock = 60_000; // after which a chain that makes blocks by itself has stopped
const byRequest = ['devnet']; // networks that make a block only for a transaction
const overdue = 45_000; // of an answer, with nothing on its way: the reading itself has stopped

/**
 * {tone: "good" | "warn" | "bad" | "", text}: text is empty when all is well. Both the answer's age and the block's count.
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

/** The same of the rating service: text is empty when all is well, or nothing was asked of it yet. */
export function ratingsHealth({ reading }, now) {
  const state = stateOf(reading, now, { freshFor: Infinity });
  if (state !== 'unreachable') return { tone: state === 'fresh' ? 'good' : '', text: '' };
  const since = reading.asOf ?? reading.askedAt;
  const known = reading.asOf === undefined || since === undefined ? '' : ` for ${age(now - since)}`;
  return { tone: 'warn', text: `Rating service not answering${known}` };
}
