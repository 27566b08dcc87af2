// Whether the browser may drop the vault when it is short of space. Says `change`.
// SPDX-License-Identifier: Apache-2.0

class Storage extends EventTarget {
  /** "protected", "at risk" (the browser may clear it), or "unknown" before it was asked and where it cannot be. */
  state = 'unknown';

  async #set(answer) {
    const granted = await answer?.catch(() => undefined);
    this.state = granted === undefined ? 'unknown' : granted ? 'protected' : 'at risk';
    this.dispatchEvent(new Event('change'));
  }

  /** Finds out, without asking for anything. */
  look() {
    return this.#set(navigator.storage?.persisted?.());
  }

  /** Asks the browser to keep the vault; some browsers ask the user. */
  protect() {
    return this.#set(navigator.storage?.persist?.());
  }
}

export const storage = new Storage();
