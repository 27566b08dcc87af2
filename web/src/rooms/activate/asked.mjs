// The answer of an operation that only reads, for a form: asked again when something else is to be asked, and what was
// known stays until then.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';

export class Asked {
  /** What was answered last; undefined while nothing is known. */
  value;
  /** Why nothing is known. */
  problem;
  #operation;
  #changed;
  #asked;

  constructor(operation, changed) {
    this.#operation = operation;
    this.#changed = changed;
  }

  /** Asks, for one account, unless it was asked the same before. */
  async ask(request, account) {
    const asked = JSON.stringify([account, request]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const answer = await session.call(this.#operation, request).then(
      (value) => ({ value, problem: undefined }),
      (problem) => ({ value: undefined, problem }),
    );
    if (asked !== this.#asked) return; // something else was asked meanwhile
    Object.assign(this, answer);
    this.#changed();
  }

  /** Nothing is to be asked now; the next question is asked in any case. */
  forget() {
    this.#asked = this.value = this.problem = undefined;
  }

  /** The same question is asked again. */
  again() {
    this.#asked = undefined;
    this.#changed();
  }
}
