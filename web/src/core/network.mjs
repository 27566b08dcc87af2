// The network of the settings and who signs on it, asked now and then; says `change`.
// SPDX-License-Identifier: Apache-2.0
import { session } from './session.mjs';

const every = 15_000; // milliseconds

class Network extends EventTarget {
  /** Set once known. `problem` is why it is not. */
  address;
  name;
  chainId;
  problem;
  #asking = false;

  constructor() {
    super();
    session.addEventListener('change', () => this.refresh());
    setInterval(() => document.visibilityState === 'visible' && this.refresh(), every);
  }

  async refresh() {
    if (session.state !== 'open' && session.state !== 'visiting') return this.#say({});
    if (this.#asking) return undefined;
    this.#asking = true;
    try {
      const { address, network, chainId } = await session.call('whoami');
      return this.#say({ address, name: network, chainId });
    } catch ({ kind, message }) {
      return this.#say(kind === 'network' ? { ...this, problem: message } : {});
    } finally {
      this.#asking = false;
    }
  }

  #say({ address, name, chainId, problem }) {
    Object.assign(this, { address, name, chainId, problem });
    this.dispatchEvent(new Event('change'));
  }
}

export const network = new Network();
