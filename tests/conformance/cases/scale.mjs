// What the tables of the Machine Market share.
// SPDX-License-Identifier: Apache-2.0
import { of, onboarded, paired } from '../market.mjs';

/** Options as words: undefined ones are left out, true is a flag. */
export const wordsOf = (options) =>
  Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .flatMap(([option, value]) => (value === true ? [option] : [option, value]));

/** A case in a world of its own. */
export const scale = (name, words, more = {}) => ({
  name: `scale ${name}`,
  words: ['scale', ...words],
  market: true,
  stateless: true,
  start: [],
  ...more,
});

/** A case that only looks at the fair (fair.mjs). */
export const atFair = (name, words, more = {}) => scale(name, words, { world: 'fair', start: undefined, ...more });

/** A case that asks nobody. */
export const offline = (name, words, more = {}) => scale(name, words, { market: false, start: undefined, ...more });

export const tokenFile = { 'agent.token': of(({ pairing }) => `${pairing.token}\n`) };
export const buyer = (options = {}) => [onboarded(), paired(options)];

export const machineId = of(({ machine }) => machine.id);
export const pairingId = of(({ pairing }) => pairing.id);
