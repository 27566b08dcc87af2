// Turns outcomes of operations of this page into feed entries.
// SPDX-License-Identifier: Apache-2.0
import { works } from '../core/works.mjs';
import { store } from '../store/store.mjs';

// The transaction may be pending: it is in the journal, and the store settles it.
const open = ['RECEIPT_PENDING', 'BROADCAST_UNKNOWN', 'LOCKED'];

/** Returns the feed entry of a finished work, or undefined if there is nothing to report. */
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
    // On a visible page the outcome is shown where the work was started.
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
