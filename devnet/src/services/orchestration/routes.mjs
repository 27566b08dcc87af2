// The endpoints, by their numbers in docs/market.md#endpoints.
// SPDX-License-Identifier: Apache-2.0
import { Reply } from '../../http_service.mjs';

const item = (handle) => async (request) => ({ item: await handle(request) });
const created = (handle) => async (request) => new Reply(201, { item: await handle(request) });

export const ENDPOINTS = Array.from({ length: 20 }, (_, index) => `E${index + 1}`);

// Returns find(method, path): {endpoint, auth, body (whether there is one), handle, ids}, or undefined.
export function routesOf({ machines, pairings, searches, orders, payments, settlement, executions }) {
  const table = [
    ['E1', 'platform', 'POST /machine-identity/challenges', created(machines.challenge)],
    ['E2', 'platform', 'POST /machines', created(machines.create)],
    ['E3', 'platform', 'PATCH /machines/:id', item(machines.change)],
    ['E4', 'platform', 'GET /machines/:id', item(machines.get)],
    ['E5', 'platform', 'GET /machines', machines.list],
    ['E6', 'platform', 'POST /machines/:id/agent-pairings/challenges', created(pairings.challenge)],
    ['E7', 'platform', 'POST /machines/:id/agent-pairings', created(pairings.create)],
    ['E8', 'agent', 'POST /market/search', created(searches.create)],
    ['E9', 'agent', 'POST /market/orders', created(orders.create)],
    ['E10', 'platform', 'GET /market/orders/:id', item(orders.get)],
    ['E11', 'platform', 'GET /market/orders/:id/payment', item(payments.get)],
    ['E12', 'platform', 'GET /market/orders', orders.list],
    ['E13', 'agent', 'POST /market/orders/:id/payment-intent', created(payments.intent)],
    ['E14', 'agent', 'POST /market/orders/:id/payment-proof', item(payments.prove)],
    ['E15', 'agent', 'POST /market/orders/:id/payment/escrow-lock', item(payments.lock)],
    ['E16', 'agent', 'POST /market/orders/:id/execute', executions.execute],
    ['E17', 'agent', 'POST /market/orders/:id/confirm', settlement.confirm],
    ['E18', 'agent', 'POST /market/orders/:id/dispute', settlement.dispute],
    ['E19', 'either', 'GET /market/searches/:id', item(searches.get)],
    ['E20', 'platform', 'POST /machines/:id/agent-pairings/:pairingId/sessions', created(pairings.rotate)],
  ].map(([endpoint, auth, route, handle]) => {
    const [method, path] = route.split(' ');
    const pattern = new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    return { endpoint, auth, method, pattern, handle, body: method !== 'GET' && endpoint !== 'E17' };
  });

  function find(method, path) {
    for (const route of table) {
      const match = route.method === method && route.pattern.exec(path);
      if (match) return { ...route, ids: match.groups };
    }
    return undefined;
  }
  return { find };
}
