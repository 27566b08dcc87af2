// Outcomes of what was started in this page become entries of the feed.
// SPDX-License-Identifier: Apache-2.0
import { works } from '../core/works.mjs';
import { store } from '../store/store.mjs';

// The transaction is on its way, or may be: the journal has it, and the store asks after it.
const open = ['RECEIPT_PENDING', 'BROADCAST_UNKNOWN', 'LOCKED'];

/** The entry for a work that ended; undefined when there is nothing to tell. Pure but for `visible`. */
export function entryOf({ operation, state, about, transactions, error }, visible) {
  if (state === 'failed') {
    const sent = transactions.length > 0;
    if (open.includes(error.code) || error.kind === 'interrupted' || (!sent && error.kind !== 'network'))
      return undefined;
  }
  const last = transactions.at(-1);
  const fees = transactions.reduce((sum, { fee }) => sum + BigInt(fee ?? 0), 0n);
  const done = state === 'done';
  return {
    kind: 'transaction',
    tone: done ? 'good' : 'bad',
    // Somebody who is looking sees it where it was started.
    read: done && visible,
    operation,
    state: done ? 'confirmed' : 'failed',
    machine_id: about.machineId,
    type: about.type,
    value: about.value,
    currency: about.currency,
    ...(last && { key: last.hash, hash: last.hash }),
    ...(fees > 0n && { fee: String(fees) }),
    ...(!done && { message: error.message }),
  };
}

works.addEventListener('ended', ({ detail: work }) => {
  const entry = entryOf(work, document.visibilityState === 'visible');
  if (entry) store.note(entry);
  store.refresh('fleet');
});
