// The end of an order: it is confirmed and its seller paid, or disputed (E17, E18).
// SPDX-License-Identifier: Apache-2.0
import { object, take, text } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { isoTime } from './switches.mjs';

const DELIVERED = ['delivered', 'handoff'];

export function openSettlement({ switches, orders, payments, escrow, one }) {
  const disputes = new Map(); // order -> dispute
  const running = new Set(); // payouts under way

  const shown = (order) => ({ order: { ...order }, payment: copy(payments.of(order)) });
  const copy = (payment) => payment && { ...payment };
  const inEscrow = (payment) => payment.rail.escrowAddress !== undefined;

  // Moves the money of an order, 'release' or 'refund'. What is not in escrow went to the seller long ago.
  async function payOut(order, way) {
    const payment = payments.of(order);
    if (inEscrow(payment)) await escrow[way](order.id);
    payments.change(payment, { status: way === 'release' ? 'released' : 'refunded' });
  }

  // A payout that the chain refuses leaves the payment as it is, and says so there.
  async function tryToPayOut(order, way) {
    try {
      await one(order.id, () => payOut(order, way));
    } catch (error) {
      payments.of(order).notes.push(`The ${way} failed: ${error.message}`);
    }
  }

  function payOutSoon(order) {
    const work = tryToPayOut(order, 'release');
    running.add(work);
    work.finally(() => running.delete(work));
  }

  async function confirm({ pairing, id }) {
    const order = orders.findOwn(pairing, id);
    return one(id, () => {
      orders.requireOpen(order);
      if (order.status === 'failed') throw refuse('ORDER_CLOSED', { message: 'the order has failed' });
      if (!DELIVERED.includes(order.status))
        throw refuse('ORDER_NOT_DELIVERED', { message: `the order is ${order.status}, not delivered` });
      orders.change(order, { status: 'confirmed' });
      const payment = payments.of(order);
      if (payment?.status !== 'held') return shown(order);
      payments.change(payment, { status: 'release_pending' });
      const answer = shown(order);
      if (switches.settings.release === 'automatic') payOutSoon(order);
      return answer;
    });
  }

  async function dispute({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    const { reason, evidence = {} } = take(body, { reason: text }, { evidence: object });
    return one(id, async () => {
      orders.requireOpen(order);
      const payment = payments.of(order);
      const held = payment?.status === 'held';
      if (held && inEscrow(payment)) await escrow.freeze(id);
      if (held) payments.change(payment, { status: 'frozen' });
      orders.change(order, { status: 'disputed' });
      const now = isoTime(switches.now());
      const dispute = { id: newId('mdis'), orderId: id, machineId: order.machineId, status: 'open', reason, evidence };
      disputes.set(id, { ...dispute, createdAt: now, updatedAt: now });
      return { ...shown(order), dispute: disputes.get(id) };
    });
  }

  // The money of an order that failed goes back, where it still can.
  async function giveBack(order) {
    const payment = payments.of(order);
    if (payment?.status === 'held' && inEscrow(payment)) await tryToPayOut(order, 'refund');
  }

  // What the market's staff does.
  async function release(id) {
    const order = orders.find(id);
    if (payments.of(order)?.status !== 'release_pending') throw new Error(`the order '${id}' waits for no release`);
    await one(id, () => payOut(order, 'release'));
  }

  async function resolve(id, way) {
    const dispute = disputes.get(id);
    if (dispute?.status !== 'open') throw new Error(`the order '${id}' has no open dispute`);
    if (!['release', 'refund'].includes(way)) throw new Error(`a dispute ends by 'release' or 'refund', not '${way}'`);
    const order = orders.find(id);
    if (payments.of(order)?.status === 'frozen') await one(id, () => payOut(order, way));
    Object.assign(dispute, { status: 'resolved', updatedAt: isoTime(switches.now()) });
  }

  return { confirm, dispute, giveBack, release, resolve, settled: () => Promise.all(running) };
}
