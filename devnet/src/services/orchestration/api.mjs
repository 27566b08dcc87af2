// The Orchestration API: the Machine Market, from a machine's identity to a purchase that is paid on the chain (scale.md).
// SPDX-License-Identifier: Apache-2.0
import { setTimeout as wait } from 'node:timers/promises';
import { HttpError, NO_ANSWER, Reply, startHttpService, Text } from '../../http_service.mjs';
import { doByHand, isByHand } from './by_hand.mjs';
import { catalogue } from './catalogue.mjs';
import { marketControlOf } from './control.mjs';
import { refuse } from './errors.mjs';
import { openEscrow } from './escrow.mjs';
import { openExecutions } from './executions.mjs';
import { openIdentities } from './identities.mjs';
import { openMachines } from './machines.mjs';
import { openOrders } from './orders.mjs';
import { openPages } from './pages.mjs';
import { openPairings } from './pairings.mjs';
import { openPayments } from './payments.mjs';
import { openQueues } from './queues.mjs';
import { openRails } from './rails.mjs';
import { routesOf } from './routes.mjs';
import { openSearches } from './search.mjs';
import { openSettlement } from './settlement.mjs';
import { openTransfers } from './transfers.mjs';

const PREFIX = '/api/v1';

// switches.market: its settings, clock and faults. Besides url and stop() there is `control`, what a test or the market's
// staff does (control.mjs).
export async function startOrchestration({ port, chainId, rpc, contracts, addresses, read, send, switches, apiKey }) {
  const market = openMarket({ chainId, rpc, contracts, addresses, read, send, switches: switches.market });
  const { pairings, settlement } = market;
  const routes = routesOf(market);
  const requests = [];
  const control = marketControlOf({ requests, market, switches: switches.market, rpc, read, send });

  function authenticate({ auth }, headers) {
    if (auth === 'agent') return { pairing: pairings.authenticate(headers['x-agent-pairing-token']) };
    if (!headers['x-api-key']) throw refuse('AUTH_REQUIRED');
    if (headers['x-api-key'] !== apiKey) throw refuse('AUTH_INVALID');
    return {};
  }

  async function answer(route, { query, headers }, entry) {
    const fault = switches.market.faultOf(route.endpoint);
    if (fault?.delayMs) await wait(fault.delayMs);
    if (fault?.drop === 'before') return NO_ANSWER;
    if (fault?.code) throw refuse(fault.code, fault);
    if (fault?.text !== undefined)
      return new Reply(fault.status ?? 200, new Text(fault.text, fault.type ?? 'text/html'));
    const who = authenticate(route, headers);
    const body = route.body ? parse(entry.body) : undefined;
    const made = await route.handle({ ...who, ...route.ids, query, body });
    return fault?.drop === 'after' ? NO_ANSWER : made;
  }

  async function handle(request) {
    const { method, path, query, headers, body } = request;
    if (isByHand(path)) return doByHand(control, request);
    const entry = { method, path, query: String(query), headers, body, status: null };
    requests.push(entry);
    try {
      const route = path.startsWith(PREFIX) && routes.find(method, path.slice(PREFIX.length));
      if (!route) throw refuse('NOT_FOUND', { message: `there is no ${method} ${path}` });
      entry.endpoint = route.endpoint;
      const made = await answer(route, request, entry);
      if (made !== NO_ANSWER) entry.status = made instanceof Reply ? made.status : 200;
      return made;
    } catch (error) {
      if (!(error instanceof HttpError)) process.stderr.write(`devnet: ${error.stack}\n`);
      const shown = error instanceof HttpError ? error : refuse('INTERNAL');
      Object.assign(entry, { status: shown.status, code: shown.body.error?.code });
      throw shown;
    }
  }

  const service = await startHttpService(port, handle);
  return {
    ...service,
    control,
    stop: async () => {
      await service.stop();
      await settlement.settled();
    },
  };
}

function parse(text) {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('VALIDATION_ERROR', { message: 'the body is not JSON' });
  }
}

function openMarket({ chainId, rpc, contracts, addresses, read, send, switches }) {
  const services = [...catalogue]; // tests add their own
  const chain = `eip155:${chainId}`;
  const pages = openPages();
  const identities = openIdentities(read);
  const machines = openMachines({ switches, identities, pages });
  const pairings = openPairings({ switches, machines });
  const rails = openRails({ chain, addresses });
  const searches = openSearches({ switches, pairings, rails, services });
  const orders = openOrders({ switches, machines, pairings, pages, rails, searches, services });
  const transfers = openTransfers({ switches, rpc, abi: contracts.UsdToken.abi });
  const escrow = openEscrow(send);
  const one = openQueues(); // for what changes an order
  const payments = openPayments({ switches, chain, addresses, orders, searches, transfers, escrow, one });
  const settlement = openSettlement({ switches, orders, payments, escrow, one });
  const executions = openExecutions({ switches, rpc, orders, settlement });
  return { services, machines, pairings, searches, orders, payments, settlement, executions };
}
