// Whether money moved when an operation failed, in one sentence.
// SPDX-License-Identifier: Apache-2.0

const unsettled = ['RECEIPT_PENDING', 'BROADCAST_UNKNOWN'];

/**
 * "nothing", "maybe" or "yes": whether transactions left before an operation failed. The core says it (`sent` of its
 * errors); `heard` is true when a transaction was reported while it ran. A locked console heard no end.
 */
export function sentOf({ sent = 'nothing', code }, heard = false) {
  if (sent !== 'nothing') return sent;
  if (heard) return 'yes';
  return unsettled.includes(code) || code === 'LOCKED' ? 'maybe' : 'nothing';
}

/** `again` is what the user can do next, such as "Continuing". */
export function moneyMoved(error, again, heard) {
  const safe = `${again} looks it up first and never sends it twice.`;
  const sent = sentOf(error, heard);
  if (sent === 'nothing') return 'Nothing was sent.';
  if (sent === 'maybe') return `A transaction may have been sent. ${safe}`;
  if (error.kind === 'network' && !/^[A-Z][a-z]/.test(error.code)) return `A transaction was sent. ${safe}`;
  return 'A transaction was sent before this happened, and its fee is spent.';
}
