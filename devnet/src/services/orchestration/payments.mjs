// Payments of orders, from the intent to the payout (E11, E13 to E15).
// SPDX-License-Identifier: Apache-2.0
import { getAddress } from 'viem';
import { anyText, invalid, members, oneOf, take, text, whole } from './checks.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { CURRENCY, DECIMALS, rawAmount } from './rails.mjs';
import { isoTime } from './switches.mjs';

const HASH = /^0x[0-9a-fA-F]{64}$/;
// What a payment's rail has from the recommendation.
const RAIL = [
  'provider',
  'chain',
  'token',
  'tokenAddress',
  'tokenMint',
  'walletAddress',
  'externalUrl',
  'payerAddress',
  'payeeAddress',
];
const isEscrow = ({ type }) => ['escrow', 'onchain-escrow'].includes(type);

export function openPayments({ switches, chain, addresses, orders, searches, transfers, escrow, one }) {
  const payments = new Map(); // order -> payment

  const change = (payment, changes) => Object.assign(payment, changes, { updatedAt: isoTime(switches.now()) });

  function get({ id }) {
    orders.find(id);
    const payment = payments.get(id);
    if (payment || switches.settings.noPayment === 'null') return payment ?? null;
    throw refuse('NOT_FOUND', { message: 'the order has no payment record' });
  }

  // The rail that the client chose, which must be the recommended one.
  function railOf(order, given) {
    const { supportedRails, required } = order.payment;
    const known = Object.fromEntries(RAIL.map((name) => [name, order.payment[name]]));
    oneOf(...supportedRails)(given.type, 'rail.type');
    for (const name of ['chain', 'token', 'tokenAddress', 'tokenMint', 'walletAddress', 'payeeAddress'])
      requireEqual(`rail.${name}`, given[name] ?? known[name], known[name]);
    const rail = { ...known, type: given.type, payerAddress: given.payerAddress ?? known.payerAddress };
    if (!required) return rail;
    const service = orders.serviceOf(order);
    const metadata = service.payment.bare
      ? {}
      : { rawAmount: String(rawAmount(service.price)), tokenDecimals: DECIMALS };
    return {
      ...rail,
      escrowAddress: isEscrow(rail) ? getAddress(addresses.Escrow) : undefined,
      paymentIntentId: newId('pi'),
      metadata,
    };
  }

  function intent({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    orders.requireOpen(order);
    const { rail: given } = take(body, {
      rail: members(
        { type: text },
        {
          chain: text,
          token: text,
          tokenAddress: text,
          tokenMint: text,
          payerAddress: text,
          payeeAddress: text,
          walletAddress: text,
        },
      ),
    });
    const waiting = payments.get(id);
    if (waiting && waiting.status !== 'intent_created') return waiting;
    if (!waiting && order.quoteId) searches.requireGood(searches.findQuote(pairing, order));
    const rail = railOf(order, given);
    if (waiting) return change(waiting, { rail: { ...rail, paymentIntentId: waiting.rail.paymentIntentId } });
    const { required } = order.payment;
    const now = isoTime(switches.now());
    const payment = {
      id: newId('mpay'),
      orderId: id,
      machineId: order.machineId,
      status: required ? 'intent_created' : 'not_required',
      rail,
      notes: [],
      createdAt: now,
      updatedAt: now,
      ...(required ? { amount: orders.serviceOf(order).price, currency: CURRENCY } : {}),
    };
    payments.set(id, payment);
    return payment;
  }

  // The payment that a proof is for, unless it was proven by another transaction.
  function awaited(order, hash, escrowed) {
    const payment = payments.get(order.id);
    if (!payment) throw refuse('NOT_FOUND', { message: 'the order has no payment intent' });
    const { type, metadata } = payment.rail;
    if (payment.status === 'not_required' || isEscrow(payment.rail) !== escrowed)
      throw refuse('VALIDATION_ERROR', { message: `the rail '${type}' is not paid this way` });
    const paidBy = metadata.transactionHash;
    if (paidBy !== undefined && paidBy !== hash)
      throw refuse('VALIDATION_ERROR', { message: `the order is paid already, by ${paidBy}` });
    return payment;
  }

  // Takes the money of a transaction for the order; a repetition changes nothing.
  async function settle(order, payment, hash) {
    const { rail } = payment;
    const metadata = { ...rail.metadata, transactionHash: hash };
    if (rail.metadata.transactionHash) return payment;
    if (rail.chain === chain) {
      const to = rail.escrowAddress ?? rail.payeeAddress;
      const wanted = { token: rail.tokenAddress, from: rail.payerAddress, to, value: rawAmount(payment.amount) };
      const giveBack = await transfers.claim(hash, wanted, order.id);
      if (rail.escrowAddress)
        await escrow.lock(order.id, wanted, rail.payeeAddress).catch((error) => {
          giveBack();
          throw refuse('PAYMENT_RPC_ERROR', { message: `the escrow was not locked: ${error.message}` });
        });
    } else if (switches.settings.otherChains === 'refused') {
      throw refuse('PAYMENT_RPC_REQUIRED', { message: `this server has no node of ${rail.chain}` });
    }
    change(payment, { status: 'held', rail: { ...rail, metadata } });
    orders.change(order, { status: 'ready' });
    return payment;
  }

  function prove({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    orders.requireOpen(order);
    const given = take(
      body,
      {
        verificationMode: oneOf('recorded', 'rpc'),
        chain: text,
        token: anyText,
        payerAddress: text,
        payeeAddress: text,
        amount: text,
      },
      {
        transactionHash: text,
        transactionSignature: text,
        tokenAddress: text,
        tokenMint: text,
        tokenDecimals: whole(0, 255),
        rawAmount: text,
      },
    );
    const hash = hashOf(given);
    const payment = awaited(order, hash, false);
    const { rail } = payment;
    for (const name of ['chain', 'payerAddress', 'payeeAddress', 'tokenAddress', 'tokenMint'])
      requireEqual(name, given[name] ?? rail[name], rail[name]);
    requireEqual('token', given.token || rail.token, rail.token);
    requireEqual('amount', String(Number(given.amount)), String(payment.amount));
    requireEqual('tokenDecimals', given.tokenDecimals ?? DECIMALS, DECIMALS);
    const raw = String(rawAmount(payment.amount));
    requireEqual('rawAmount', given.rawAmount ?? raw, raw);
    return one(id, () => settle(order, payment, hash));
  }

  function lock({ pairing, id, body }) {
    const order = orders.findOwn(pairing, id);
    orders.requireOpen(order);
    const given = take(body, { transactionHash: text, chain: text, escrowAddress: text });
    const hash = hashOf(given);
    const payment = awaited(order, hash, true);
    requireEqual('chain', given.chain, payment.rail.chain);
    requireEqual('escrowAddress', given.escrowAddress, payment.rail.escrowAddress);
    return one(id, () => settle(order, payment, hash));
  }

  return { get, intent, prove, lock, of: (order) => payments.get(order.id) ?? null, change };
}

// Addresses are equal in any letter case.
function requireEqual(field, given, expected) {
  const plain = (value) => (typeof value === 'string' ? value.toLowerCase() : value);
  if (plain(given) !== plain(expected)) throw invalid(field, `'${expected}', as the payment's rail says`);
}

function hashOf({ chain, transactionHash, transactionSignature }) {
  const solana = chain.startsWith('solana');
  const [name, other] = solana ? ['transactionSignature', transactionHash] : ['transactionHash', transactionSignature];
  const hash = solana ? transactionSignature : transactionHash;
  if (!hash || other) throw invalid(name, 'given, and no other proof');
  if (!solana && !HASH.test(hash)) throw invalid(name, 'the hash of a transaction');
  return solana ? hash : hash.toLowerCase();
}
