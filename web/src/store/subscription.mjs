// A machine's subscription as the chain tells it, in words and days. Pure functions; times in seconds.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400;

/**
 * What a row keeps of an answer of machineStatus: {status, tier, ends, bonded (wei), paused}; `paused` are the words of
 * what keeps it from working apart from its subscription.
 */
export function chainFacts({ subscription, pause_flags: flags }) {
  const { status, tier_name: tier, period_end: ends, bonded_amount: bonded } = subscription;
  const paused = Object.keys(pauses).filter((name) => flags[name]);
  return { status, tier, ends: Number(ends), bonded, paused };
}

const pauses = { operator: 'Suspended', general: 'Paused by the protocol', technical: 'Paused for technical reasons' };
export const pauseWords = (paused) => paused.map((name) => pauses[name]).join(', ');

const states = {
  active: ['good', 'Active'],
  grace: ['warn', 'In grace'],
  runoff: ['bad', 'Losing its bond'],
  terminated: ['bad', 'Ended'],
  not_activated: ['warn', 'No subscription'],
};
/** [tone, words] of a subscription's status. */
export const statusOf = ({ status }) => states[status] ?? ['', status];

/** Days until the paid period ends, cut off; negative once it has; undefined without a subscription. */
export const daysLeft = ({ status, ends }, now) =>
  status === 'not_activated' ? undefined : Math.floor((ends - now) / day);

/** Whether a renewal is possible. */
export const isRenewable = (chain) => Boolean(chain) && ['active', 'grace', 'runoff'].includes(chain.status);
