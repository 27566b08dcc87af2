// A load aid: machines that an operator is said to have, without a chain behind them. The MCR API lists them after the
// real ones, and knows nothing else of them.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, pad, toHex } from 'viem';
import { rate } from './rating.mjs';

const FIRST_ID = 1_000_000; // far above those of the chain

export class Fleets {
  #ids = new Map(); // lower-case operator -> machine ids
  #next = FIRST_ID;

  // `count` more machines of an operator.
  add(operator, count) {
    const ids = this.idsOf(operator).concat(Array.from({ length: count }, (_, index) => this.#next + index));
    this.#ids.set(operator.toLowerCase(), ids);
    this.#next += count;
  }

  idsOf(operator) {
    return this.#ids.get(operator.toLowerCase()) ?? [];
  }
}

// A machine as the list shows it. Its rating follows from its id, by the formula for real ones.
export function syntheticMachine(id) {
  const event = { timestamp: 0, trustLevel: 1, usdCents: 50_000n };
  const { score, grade } = rate({ bonded: true, events: Array(id % 12).fill(event), now: 0 });
  const owner = getAddress(pad(toHex(id), { size: 20 }));
  return { did: `did:peaq:${owner}`, machine_id: id, mcr_score: score, mcr: grade, negative_flag: false };
}
