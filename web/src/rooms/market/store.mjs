// What the market room knows: machines, pairings, and the orders of the machine that is looked at. Says `change`.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { settings } from '../../core/settings.mjs';

const pageSize = 25;
const atOnce = 4; // payments asked for at the same time

class Market extends EventTarget {
  machines;
  pairings = [];
  wallets = [];
  /** {machineId, items, next, payments: Map of order id to payment or null}, of one machine. */
  orders;
  error;

  #change() {
    this.dispatchEvent(new Event('change'));
  }

  /** A wallet may have come or gone. */
  follow() {
    if (this.machines) this.#readWallets();
  }

  /** The session is over. */
  forget() {
    Object.assign(this, { machines: undefined, pairings: [], wallets: [], orders: undefined, error: undefined });
    this.#change();
  }

  // What was known stays when they cannot be read.
  async #readWallets() {
    this.wallets = await session.call('listWallets').catch(() => this.wallets);
    this.#change();
  }

  async load() {
    this.error = undefined;
    try {
      const [machines, pairings, wallets] = await Promise.all([
        session.call('machines'),
        session.pairings(),
        session.call('listWallets'),
      ]);
      Object.assign(this, { machines: machines.items, pairings, wallets });
    } catch (error) {
      if (error.code === 'LOCKED') return; // there is nothing to say it to
      this.error = error;
    }
    this.#change();
  }

  machine(id) {
    return this.machines?.find((machine) => machine.id === id);
  }

  /** Of one machine, newest first. */
  pairingsOf(id) {
    return this.pairings
      .filter(({ machine_id: machine }) => machine === id)
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  }

  /** The wallet of the console that has an address. */
  walletOf(address = '') {
    return this.wallets.find(({ peaq_address: own }) => own?.toLowerCase() === address?.toLowerCase());
  }

  /** The wallet that signs by the settings. */
  get activeWallet() {
    const active = settings.value('PEAQOS_OWS_WALLET');
    return this.wallets.find(({ id, name }) => id === active || name === active);
  }

  async loadOrders(machineId, { more = false } = {}) {
    const before = more ? this.orders : { machineId, items: undefined, payments: new Map() };
    this.orders = before;
    this.#change();
    try {
      const cursor = more ? { cursor: before.next } : {};
      const page = await session.call('orders', { machineId, limit: pageSize, ...cursor });
      if (this.orders !== before) return; // another machine is looked at by now
      this.orders = {
        ...before,
        items: [...(before.items ?? []), ...page.items],
        next: page.next_cursor,
        error: undefined,
      };
      this.#change();
      await this.#loadPayments(this.orders);
    } catch (error) {
      if (this.orders === before) this.orders = { ...before, error };
      this.#change();
    }
  }

  // The list has no amounts: each order is asked for its payment.
  async #loadPayments(orders) {
    const wanted = orders.items.filter(({ id, payment }) => payment?.required && !orders.payments.has(id));
    const next = async () => {
      for (let order = wanted.shift(); order && this.orders === orders; order = wanted.shift()) {
        const found = await session.call('order', { orderId: order.id }).catch(() => ({ payment: null }));
        orders.payments.set(order.id, found.payment);
        this.#change();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
  }

  /** What the orders in view spent since midnight UTC, in minor units of a hundredth, by currency; and whether all are known. */
  spentToday() {
    const { items = [], payments, next } = this.orders ?? { payments: new Map() };
    const day = new Date().toISOString().slice(0, 10);
    const today = items.filter((order) => order.created_at?.startsWith(day) && order.payment?.required);
    const sums = new Map();
    for (const { id } of today) {
      const payment = payments.get(id);
      if (!payment || ['intent_created', 'refunded', 'not_required'].includes(payment.status)) continue;
      sums.set(payment.currency, (sums.get(payment.currency) ?? 0) + Number(payment.amount));
    }
    const oldest = items.at(-1)?.created_at?.slice(0, 10);
    const whole = today.every(({ id }) => payments.has(id)) && (!next || oldest < day);
    return { sums, whole };
  }
}

export const market = new Market();
session.addEventListener('change', () => market.follow());
session.addEventListener('end', () => market.forget());
