// The network of the settings and who signs on it, as the store knows them. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { store } from '../store/store.mjs';

class Network extends EventTarget {
  constructor() {
    super();
    store.subscribe('chain', () => this.dispatchEvent(new Event('change')));
  }

  /** Who signs: {address, wallet: its name or null}; undefined when no key or wallet is set. */
  get signer() {
    return store.chain.signer;
  }

  /** {network, rpcUrl, chainId, blockNumber, blockTime, balance} of the last answer, or undefined. How old: `reading`. */
  get status() {
    return store.chain.status;
  }

  /** {asOf, failures, problem, ...}: see store/reading.mjs. */
  get reading() {
    return store.chain.reading;
  }

  /** Why the last attempt failed: an error as session.call() rejects with; undefined when it did not. */
  get problem() {
    return this.reading.problem;
  }

  /** The address of who signs, or undefined. */
  get address() {
    return this.signer?.address;
  }

  /** Asks again now; `change` says when there is an answer. */
  refresh() {
    return store.refresh('chain');
  }
}

export const network = new Network();
