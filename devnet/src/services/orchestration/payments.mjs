// Payments of orders: the intent, and the proof that the money is there (E11, E13 to E15).
// SPDX-License-Identifier: Apache-2.0
import { take } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { chosenRail, isEscrow, railOf } from './payment_rail.mjs';
import { readLock, readProof, requireAgreement, requireLockAgreement } from './proofs.mjs';
import { CURRENCY, rawAmount } from './rails.mjs';
import { isoTime } from './switches.mjs';

export function openPayments({ switches, chain, addresses, orders, searches, transfers, escrow, one }) {
  const payments = new Map(); // order -> payment

  const change = (payment, changes) => Object.assign(payment, changes, { updatedAt: isoTime(switches.now()) });

  function record(order, chosen) {
    const service = orders.serviceOf(order);
    const { required } = order.payment;
    const now = isoTime(switches.now());
    const payment = {
      id: newId('mpay'),
      orderId: order.id,
      machineId: order.machineId,
      status: required ? 'intent_created' : 'not_required',
      rail: railOf(order, service, chosen, addresses.Escrow),
      notes: [],
      createdAt: now,
      updatedAt: now,
      ...(required ? { amount: service.price, currency: CURRENCY } : {}),
    };
    payments.set(order.id, payment);
    return payment;
  }

  // What is paid elsewhere is known from the beginning as not to be paid here.
  function of(order) {
    const { defaultRail } = order.payment;
    return payments.get(order.id) ?? (defaultRail === 'external' ? record(order, { type: defaultRail }) : null);
  }

  function get({ id }) {
    const payment = of(orders.find(id));
    if (payment || switches.settings.noPayment === 'null') return payment;
    throw refuse('NOT_FOUND', { message: 'the order has no payment record' });
  }

  function intent({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    orders.requireOpen(order);
    const { rail: chosen } = take(body, { rail: chosenRail });
    const payment = of(order);
    if (payment && payment.status !== 'intent_created') return payment;
    if (payment) {
      const rail = railOf(order, orders.serviceOf(order), chosen, addresses.Escrow);
      return change(payment, { rail: { ...rail, paymentIntentId: payment.rail.paymentIntentId } });
    }
    if (order.quoteId) searches.requireGood(searches.findQuote(pairing, order));
    return record(order, chosen);
  }

  // The payment that a transaction is said to make, unless another one has made it.
  function awaited(order, hash, escrowed) {
    orders.requireOpen(order);
    const payment = of(order);
    if (!payment) throw refuse('NOT_FOUND', { message: 'the order has no payment intent' });
    const { type, metadata } = payment.rail;
    if (payment.status === 'not_required' || isEscrow(payment.rail) !== escrowed)
      throw refuse('VALIDATION_ERROR', { message: `the rail '${type}' is not paid this way` });
    const paidBy = metadata.transactionHash;
    if (paidBy !== undefined && paidBy !== hash)
      throw refuse('VALIDATION_ERROR', { message: `the order is paid already, by ${paidBy}` });
    return payment;
  }

  // Takes a transaction's transfer for the order, and locks it if it is in escrow.
  async function collect(order, { rail, amount }, hash) {
    if (rail.chain !== chain) {
      if (switches.settings.otherChains === 'recorded') return;
      throw refuse('PAYMENT_RPC_REQUIRED', { message: `this server has no node of ${rail.chain}` });
    }
    const to = rail.escrowAddress ?? rail.payeeAddress;
    const wanted = { token: rail.tokenAddress, from: rail.payerAddress, to, value: rawAmount(amount) };
    const giveBack = await transfers.claim(hash, wanted, order.id);
    if (rail.escrowAddress)
      await escrow.lock(order.id, wanted, rail.payeeAddress).catch((error) => {
        giveBack();
        throw refuse('PAYMENT_RPC_ERROR', { message: `the escrow was not locked: ${error.message}` });
      });
  }

  // A repetition changes nothing.
  async function settle(order, payment, hash) {
    const { rail } = payment;
    if (rail.metadata.transactionHash) return payment;
    await collect(order, payment, hash);
    change(payment, { status: 'held', rail: { ...rail, metadata: { ...rail.metadata, transactionHash: hash } } });
    orders.change(order, { status: 'ready' });
    return payment;
  }

  const prover = (read, agree, escrowed) =>
    async function prove({ pairing, id, body }) {
      const order = orders.findOwn(pairing, id);
      const given = read(body);
      return one(id, () => {
        const payment = awaited(order, given.hash, escrowed);
        agree(given, payment);
        return settle(order, payment, given.hash);
      });
    };

  return {
    of,
    get,
    change,
    intent,
    prove: prover(readProof, requireAgreement, false),
    lock: prover(readLock, requireLockAgreement, true),
  };
}
