// The configured network and the signer, from the store. Dispatches `change`.
// SPDX-License-Identifier: Apache-2.0
import { store } from '../store/store.mjs';

class Network extends EventTarget {
  constructor() {
    super();
    store.subscribe('chain', () => this.dispatchEvent(new Event('change')));
  }

  /** The signer: {address, wallet: its name or null, contracts, deployment}; undefined if no key or wallet is set. */
  get signer() {
    return store.chain.signer;
  }

  /** {network, rpcUrl, chainId, blockNumber, blockTime, balance} of the last answer, or undefined; `reading` has its age. */
  get status() {
    return store.chain.status;
  }

  /** {asOf, failures, problem, ...}: see store/reading.mjs. */
  get reading() {
    return store.chain.reading;
  }

  /** The error of the last attempt, as session.call() rejects with; undefined if it succeeded. */
  get problem() {
    return this.reading.problem;
  }

  /** The signer's address, or undefined. */
  get address() {
    return this.signer?.address;
  }

  /** Refreshes now; `change` follows the answer. */
  refresh() {
    return store.refresh('chain');
  }
}

export const network = new Network();
