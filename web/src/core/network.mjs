// The network of the settings, how alive it is, and who signs on it; asked now and then. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { session } from './session.mjs';

const every = 10_000; // milliseconds

class Network extends EventTarget {
  /** Who signs: {address, wallet: its name or null}; undefined when no key or wallet is set. */
  signer;
  /** {network, rpcUrl, chainId, blockNumber, blockTime, balance}, or undefined. */
  status;
  /** Why there is no status: an error as session.call() rejects with. */
  problem;
  #asking = false;
  #again = false; // something changed meanwhile: what is being told is old

  constructor() {
    super();
    session.addEventListener('change', () => this.refresh());
    setInterval(() => document.visibilityState === 'visible' && this.refresh(), every);
  }

  /** The address of who signs, or undefined. */
  get address() {
    return this.signer?.address;
  }

  async refresh() {
    if (session.state !== 'open' && session.state !== 'visiting') return this.#say({});
    if (this.#asking) {
      this.#again = true;
      return undefined;
    }
    this.#asking = true;
    try {
      const signer = await this.#whoSigns();
      const status = await session.call('networkStatus', signer ? { account: signer.address } : {});
      return this.#say({ signer, status });
    } catch (problem) {
      return this.#say({ signer: this.signer, problem });
    } finally {
      this.#asking = false;
      if (this.#again) {
        this.#again = false;
        this.refresh();
      }
    }
  }

  // Without a key or wallet nobody signs, which is no trouble.
  async #whoSigns() {
    try {
      return await session.call('whoami');
    } catch ({ kind }) {
      return kind === 'network' ? this.signer : undefined;
    }
  }

  #say({ signer, status, problem }) {
    Object.assign(this, { signer, status, problem });
    this.dispatchEvent(new Event('change'));
  }
}

export const network = new Network();
