// A load aid: machines that an operator is said to have, without a chain behind them. The MCR API lists them after the
// real ones, and knows nothing else of them.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, keccak256, pad, toHex } from 'viem';
import { rate } from './rating.mjs';

const FIRST_ID = 1_000_000; // far above those of the chain

export class Fleets {
  #ids = new Map(); // lower-case operator -> machine ids
  #next = FIRST_ID;

  // `count` more machines of an operator. Those of the second generation have ids as wide as hashes.
  add(operator, count, generation) {
    const idOf = (number) => (generation === 2 ? BigInt(keccak256(toHex(number))) : number);
    const made = Array.from({ length: count }, (_, index) => idOf(this.#next + index));
    const ids = this.idsOf(operator).concat(made);
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
  const events = Array(Number(BigInt(id) % 12n)).fill(event);
  const { score, grade } = rate({ bonded: true, events, now: 0 });
  if (typeof id === 'bigint') {
    const text = String(id);
    return { did: `did:peaq:${text}`, machine_id: text, mcr_score: score, mcr: grade, negative_flag: false };
  }
  const owner = getAddress(pad(toHex(id), { size: 20 }));
  return { did: `did:peaq:${owner}`, machine_id: id, mcr_score: score, mcr: grade, negative_flag: false };
}
