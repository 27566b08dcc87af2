// The one event that may be on its way: it goes on when the user looks at another room. Says `change`, and `ended`.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { sentOf } from '../../words/money.mjs';
import { rowsOf, transactionsOf } from './journal.mjs';
import { equalEvent } from './equal_event.mjs';

const stages = {
  earlier_write: ({ state }) => state !== 'equal' && 'Checking an earlier submission',
  intent_lock: ({ state }) => state === 'waiting' && 'Waiting for an equal submission to finish',
  lane: ({ state }) => state === 'waiting' && 'Waiting for another transaction of this wallet',
  transaction: ({ state }) => state !== 'mined' && 'Sent, waiting for its block',
};

class Submission extends EventTarget {
  /** What runs, for the button: undefined when nothing does. */
  stage;
  /** The machine that the last submission was for, by its ID. */
  machineId;
  /** How the last one ended: the core's result, or an error. */
  done;
  error;
  /** What was asked for, and the form's draft of it. */
  sent;
  draft;
  /** Whether a transaction was reported. */
  heard = false;

  constructor() {
    super();
    session.addEventListener('end', () => this.#set({}));
  }

  /** An equal event of the journal, or undefined: see equal_event.mjs. */
  async earlier(request) {
    const rows = rowsOf(await session.readFile('peaqos.log').catch(() => undefined));
    return equalEvent(transactionsOf(rows, ['submit_event']), request);
  }

  async send(request, draft) {
    if (this.stage) return;
    const about = { machineId: request.machineId, sent: request, draft };
    this.heard = false;
    this.#set({ ...about, stage: 'Checking with the chain' });
    const progress = (fact) => {
      if (fact.name === 'transaction') this.heard = true;
      const stage = stages[fact.name]?.(fact);
      if (stage && this.sent === request) this.#set({ ...about, stage });
    };
    let outcome;
    try {
      outcome = { done: await session.call('submitEvent', request, { progress }) };
    } catch (error) {
      outcome = { error };
    }
    if (this.sent !== request) return; // the session ended meanwhile
    this.#set({ ...about, ...outcome });
    this.dispatchEvent(new Event('ended'));
  }

  /** The request that may be on its way for a draft: trying again must be about it, to the second. */
  unsettled(draft) {
    const { error, sent, heard } = this;
    return error && sentOf(error, heard) !== 'nothing' && draft === this.draft ? sent : undefined;
  }

  #set({ stage, machineId, sent, draft, done, error }) {
    Object.assign(this, { stage, machineId, sent, draft, done, error });
    this.dispatchEvent(new Event('change'));
  }
}

export const submission = new Submission();
