// Tracks running operations that sign; they continue when the user leaves their page. Dispatches `change`, and `ended`
// with the work.
// SPDX-License-Identifier: Apache-2.0
import { signingOperations } from './signing_operations.mjs';

// Members of requests that may be shown; never keys or tokens.
const shown = ['machineId', 'type', 'value', 'currency', 'serviceId', 'for'];

const stages = {
  earlier_write: ({ state }) => state !== 'equal' && 'Checking an earlier submission',
  intent_lock: ({ state }) => state === 'waiting' && 'Waiting for an equal submission to finish',
  lane: ({ state }) => state === 'waiting' && 'Waiting for another transaction of this wallet',
  transaction: ({ state }) => (state === 'mined' ? 'Confirmed in a block' : 'Sent, waiting for a block'),
};

export class Work {
  /** "running", "done" or "failed". */
  state = 'running';
  stage = 'Checking';
  startedAt = Date.now();
  /** {hash, fee (wei), block, state: "submitted" | "mined"}, the newest last. */
  transactions = [];
  error;

  constructor(operation, request, say) {
    this.operation = operation;
    this.about = Object.fromEntries(shown.filter((name) => name in request).map((name) => [name, request[name]]));
    this.say = say;
  }

  hear(fact) {
    if (fact.name === 'transaction' && fact.tx_hash) this.#transaction(fact);
    this.stage = stages[fact.name]?.(fact) || this.stage;
    this.say(this);
  }

  #transaction({ tx_hash: hash, state, fee_wei: fee, block }) {
    let known = this.transactions.find((one) => one.hash === hash);
    if (!known) this.transactions.push((known = { hash }));
    Object.assign(known, { state, ...(fee !== undefined && { fee }), ...(block !== undefined && { block }) });
  }

  async follow(outcome) {
    try {
      const result = await outcome;
      this.state = 'done';
      return result;
    } catch (error) {
      this.state = 'failed';
      this.error = error;
      throw error;
    } finally {
      this.endedAt = Date.now();
      this.say(this);
    }
  }
}

class Works extends EventTarget {
  /** Running works, newest first. */
  running = [];

  /** Returns a work for an operation that signs, undefined for others and for those that only look. */
  begin(operation, request) {
    if (!signingOperations.includes(operation) || request.check || request.dryRun) return undefined;
    const work = new Work(operation, request, () => this.#heard(work));
    this.running = [work, ...this.running];
    this.#say('change');
    return work;
  }

  #heard(work) {
    if (!this.running.includes(work)) return;
    if (work.state !== 'running') {
      this.running = this.running.filter((other) => other !== work);
      this.#say('ended', work);
    }
    this.#say('change');
  }

  /** Forgets all works at a lock; the journal has their transactions. */
  clear() {
    this.running = [];
    this.#say('change');
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export const works = new Works();
