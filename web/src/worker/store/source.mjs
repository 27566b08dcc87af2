// A polled source: interval, deadline, back-off. Has no timer of its own; the caller runs it when it is due.
// SPDX-License-Identifier: Apache-2.0
import { answered, asked, backoff, unanswered, unread } from '../../store/reading.mjs';

export const plainProblem = ({ kind = 'network', code = 'FAILED', message, hint = '' }) => ({
  kind,
  code,
  message,
  hint,
});

/**
 * Runs `read(signal)`; after `deadline` milliseconds it rejects with NO_ANSWER and aborts the read. `timers` are
 * {setTimeout, clearTimeout}.
 */
export async function within(deadline, what, read, timers = globalThis) {
  const cancel = new AbortController();
  let timer;
  const late = new Promise((_, reject) => {
    timer = timers.setTimeout(() => {
      const message = `${what} has not answered within ${deadline / 1000} s`;
      reject(Object.assign(new Error(message), { kind: 'network', code: 'NO_ANSWER', hint: '' }));
      cancel.abort();
    }, deadline);
  });
  const reading = read(cancel.signal);
  reading.catch?.(() => {}); // an aborted read may reject later
  try {
    return await Promise.race([reading, late]);
  } finally {
    timers.clearTimeout(timer);
  }
}

export class Source {
  reading = unread;
  #running = false;
  #again = false;

  /**
   * `read(signal)` resolves to a value for `onAnswer`; `every()` gives the milliseconds between two readings (Infinity:
   * only on request); `onChange` is called after every change of `reading`.
   */
  constructor({ what, read, every, deadline, onAnswer = () => {}, onChange = () => {}, clock, random, timers }) {
    Object.assign(this, { what, read, every, deadline, onAnswer, onChange, clock, random, timers });
  }

  get running() {
    return this.#running;
  }

  due(now) {
    const { asOf, failures, nextTry } = this.reading;
    if (this.#running) return false;
    if (this.#again) return true;
    return failures > 0 ? now >= nextTry : asOf === undefined || now - asOf >= this.every();
  }

  /** Makes it due at once; if it is running, once more afterwards. */
  refresh() {
    this.#again = true;
  }

  /** Clears the reading after a change of settings. A pending answer is dropped. */
  reset() {
    this.reading = unread;
    this.generation = (this.generation ?? 0) + 1;
    this.refresh();
    this.onChange();
  }

  async run() {
    const { generation } = this;
    this.#running = true;
    this.#again = false;
    this.#become(asked(this.reading, this.clock()));
    try {
      const value = await within(this.deadline, this.what, this.read, this.timers);
      if (generation !== this.generation) return;
      await this.onAnswer(value);
      this.#become(answered(this.clock()));
    } catch (error) {
      if (generation !== this.generation) return;
      const pause = backoff(this.reading.failures + 1, this.random());
      this.#become(unanswered(this.reading, plainProblem(error), this.clock(), pause));
    } finally {
      this.#running = false;
    }
  }

  #become(reading) {
    this.reading = reading;
    this.onChange();
  }
}
