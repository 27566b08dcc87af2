// Orders: what was bought, and how far it is (E9, E10, E12).
// SPDX-License-Identifier: Apache-2.0
import { amount, members, object, take, text } from './checks.mjs';
import { integrationOf, providerCredentials, requireCredentials } from './credentials.mjs';
import { Spending } from './delegation.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { CURRENCY } from './rails.mjs';
import { isoTime } from './switches.mjs';

export const CLOSED = ['confirmed', 'disputed', 'cancelled'];

export function openOrders({ switches, machines, pairings, pages, rails, searches, services }) {
  const orders = new Map();
  const lists = new Map(); // machine -> its orders, in the order of their creation
  const spending = new Spending(switches);

  function add(order) {
    orders.set(order.id, order);
    if (!lists.has(order.machineId)) lists.set(order.machineId, []);
    lists.get(order.machineId).push(order);
    return order;
  }

  // A new order as the API shows it.
  function draw(service, members) {
    const now = isoTime(switches.now());
    const payment = members.payment;
    return {
      id: newId('ord'),
      serviceId: service.id,
      skillKey: service.skillKey,
      providerKey: service.providerKey,
      serviceType: service.serviceType,
      executionMode: service.executionMode,
      integrationStatus: service.integrationStatus,
      status: payment.required ? 'payment_pending' : 'ready',
      input: {},
      ...members,
      handoff: service.handoff,
      createdAt: now,
      updatedAt: now,
    };
  }

  function serviceOf(id) {
    const service = services.find((one) => one.id === id);
    if (!service) throw refuse('NOT_FOUND', { message: `there is no service '${id}'` });
    return service;
  }

  function quoteFor(pairing, request) {
    if (request.quoteId === undefined) {
      if (request.searchId !== undefined) searches.find(pairing, request.searchId);
      return undefined;
    }
    const quote = searches.findQuote(pairing, request);
    if (quote.serviceId !== request.serviceId)
      throw refuse('VALIDATION_ERROR', { message: `the quote is for the service '${quote.serviceId}'` });
    searches.requireGood(quote);
    return quote;
  }

  function requireWithin(budget, { price }) {
    if (!budget || price === 0) return;
    const { amount: most, currency = CURRENCY } = budget;
    if (currency !== CURRENCY || most < price)
      throw refuse('VALIDATION_ERROR', {
        message: `the price is ${price} ${CURRENCY}, above the budget`,
        details: { field: 'budget', price, currency: CURRENCY },
      });
  }

  async function create({ pairing, body }) {
    const {
      providerCredentials: credentials,
      operation,
      ...request
    } = take(
      body,
      { machineId: text, serviceId: text },
      {
        agentPairingId: text,
        searchId: text,
        quoteId: text,
        operation: text,
        input: object,
        budget: members({}, { amount, currency: text }),
        providerCredentials,
      },
    );
    await pairings.machineOf(pairing, request);
    const service = serviceOf(request.serviceId);
    if (operation !== undefined && !service.operations.includes(operation))
      throw refuse('VALIDATION_ERROR', {
        message: `the service has no operation '${operation}'`,
        details: { field: 'operation', expected: service.operations },
      });
    const quote = quoteFor(pairing, request);
    requireWithin(request.budget, service);
    requireCredentials(service, credentials);
    spending.take(pairing, service);
    return add(
      draw(service, {
        ...request,
        agentPairingId: pairing.id,
        operation: operation ?? quote?.operation ?? service.operations[0],
        integrationStatus: integrationOf(service, credentials),
        payment: rails.recommend(service, pairing.agentAddress),
      }),
    );
  }

  function find(id) {
    const order = orders.get(id);
    if (!order) throw refuse('NOT_FOUND', { message: `there is no order '${id}'` });
    return order;
  }

  function list({ query }) {
    const machineId = query.get('machineId') ?? '';
    machines.find(machineId);
    return pages.take(lists.get(machineId) ?? [], query, { list: `orders ${machineId}`, newestFirst: true });
  }

  // A load aid: free orders of a machine that were confirmed without having been executed.
  function seed(machineId, count) {
    const [service] = services;
    const payment = rails.recommend(service);
    const common = { machineId, agentPairingId: 'pair_seed', operation: service.operations[0], payment };
    for (let left = count; left > 0; --left) add({ ...draw(service, common), status: 'confirmed' });
  }

  return {
    create,
    find,
    // One of an agent's own.
    findOwn: (pairing, id) => {
      const order = find(id);
      if (order.agentPairingId !== pairing.id) throw refuse('NOT_FOUND', { message: `there is no order '${id}'` });
      return order;
    },
    requireOpen: (order) => {
      if (CLOSED.includes(order.status)) throw refuse('ORDER_CLOSED', { message: `the order is ${order.status}` });
    },
    change: (order, changes) => Object.assign(order, changes, { updatedAt: isoTime(switches.now()) }),
    serviceOf: (order) => serviceOf(order.serviceId),
    get: ({ id }) => find(id),
    list,
    seed,
  };
}
