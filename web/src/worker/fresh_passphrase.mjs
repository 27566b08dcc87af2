// The vault's passphrase for a short time after the vault was made, so that the first wallet does not ask for it again.
// SPDX-License-Identifier: Apache-2.0

const grace = 300_000; // milliseconds

/** `timers` are {setTimeout, clearTimeout}. */
export class FreshPassphrase {
  #bytes;
  #timer;

  constructor(timers = globalThis) {
    this.timers = timers;
  }

  get known() {
    return this.#bytes !== undefined;
  }

  remember(passphrase) {
    this.forget();
    this.#bytes = new TextEncoder().encode(passphrase);
    this.#timer = this.timers.setTimeout(() => this.forget(), grace);
  }

  /** The passphrase; undefined once it was forgotten. */
  get text() {
    return this.#bytes && new TextDecoder().decode(this.#bytes);
  }

  forget() {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
    this.timers.clearTimeout(this.#timer);
  }
}
