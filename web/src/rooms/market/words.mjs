// The market's own words, for people.
// SPDX-License-Identifier: Apache-2.0
import { decimal } from '../../format/amount.mjs';
import { status } from '../../parts/parts.mjs';

const orderTones = {
  created: 'warn',
  payment_pending: 'warn',
  ready: 'warn',
  executing: 'busy',
  delivered: 'busy',
  handoff: 'busy',
  confirmed: 'good',
  disputed: 'bad',
  failed: 'bad',
  cancelled: '',
};

const orderWords = {
  created: 'Created',
  payment_pending: 'Payment due',
  ready: 'Ready to run',
  executing: 'Running',
  delivered: 'Awaiting confirmation',
  handoff: 'Handed over',
  confirmed: 'Confirmed',
  disputed: 'Disputed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const paymentWords = {
  not_required: 'Free',
  intent_created: 'Not paid',
  held: 'Paid (held in escrow)',
  release_pending: 'Paid, being released',
  released: 'Paid out',
  frozen: 'Frozen by a dispute',
  refunded: 'Refunded',
};

export const orderStatus = (word) => status(orderTones[word], orderWords[word] ?? word ?? 'unknown');
export const paymentStatus = (word) => paymentWords[word] ?? word ?? 'No payment';

/** Groups of states, as the filter has them. */
export const groups = {
  all: { label: 'All', has: () => true },
  open: { label: 'Incomplete', has: (word) => ['created', 'payment_pending', 'ready', 'executing'].includes(word) },
  confirm: { label: 'Awaiting confirmation', has: (word) => word === 'delivered' || word === 'handoff' },
  done: { label: 'Done', has: (word) => word === 'confirmed' },
  trouble: { label: 'Problems', has: (word) => ['disputed', 'failed', 'cancelled'].includes(word) },
};

/** An amount as the API sends it: "USD 1.50", "free", or a dash. */
export function price(amount, currency) {
  if (amount === null || amount === undefined || amount === '') return '—';
  const text = String(amount);
  if (Number(text) === 0) return 'free';
  const [whole, fraction = ''] = text.split('.');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) return `${currency ?? ''} ${text}`.trim();
  return `${currency ?? ''} ${decimal(whole + fraction.padEnd(2, '0'), Math.max(2, fraction.length))}`.trim();
}

/** "USDC from wallet": how a quote is paid. */
export const paymentBy = ({ token, default_rail: rail }) =>
  [token, rail && `from ${rail}`].filter(Boolean).join(' ') || '—';

/** Whether money of the order has left the buyer. */
export const moneyMoved = (payment) =>
  ['held', 'release_pending', 'released', 'frozen'].includes(payment?.status)
    ? 'The order is paid.'
    : payment?.status === 'refunded'
      ? 'The money came back.'
      : 'No money moved.';
