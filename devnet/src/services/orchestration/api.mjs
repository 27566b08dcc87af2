// The Orchestration API: from a machine's identity to a purchase that is paid on the chain (docs/market.md).
// SPDX-License-Identifier: Apache-2.0
import { setTimeout as wait } from 'node:timers/promises';
import { HttpError, NO_ANSWER, Reply, startHttpService, Text } from '../../http_service.mjs';
import { parseJson } from '../../json.mjs';
import { doByHand, isByHand } from '../by_hand.mjs';
import { actions } from './by_hand.mjs';
import { marketControlOf } from './control.mjs';
import { refuse } from './errors.mjs';
import { openMarket } from './market.mjs';
import { routesOf } from './routes.mjs';

const PREFIX = '/api/v1';

// switches.market: its settings, clock and faults. Besides url and stop() there is `control`, what a test or the market's
// staff does (control.mjs).
export async function startOrchestration({ port, apiKey, ...parts }) {
  const world = { ...parts, switches: parts.switches.market };
  const market = {};
  const requests = [];
  let routes;

  // Everything from the beginning, as after a start.
  async function reset() {
    await market.settlement?.settled();
    world.switches.reset();
    Object.assign(market, openMarket(world));
    routes = routesOf(market);
    requests.length = 0;
  }
  await reset();
  const control = marketControlOf({ ...world, requests, market, reset });

  function authenticate({ auth }, headers) {
    const asAgent = auth === 'agent' || (auth === 'either' && headers['x-agent-pairing-token']);
    if (asAgent) return { pairing: market.pairings.authenticate(headers['x-agent-pairing-token']) };
    if (!headers['x-api-key']) throw refuse('AUTH_REQUIRED');
    if (headers['x-api-key'] !== apiKey) throw refuse('AUTH_INVALID');
    return {};
  }

  async function answer(route, { query, headers }, entry) {
    const fault = world.switches.faultOf(route.endpoint);
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
    if (isByHand(path)) return doByHand(actions, control, request);
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
      await market.settlement.settled();
    },
  };
}

function parse(text) {
  if (text === '') return {};
  try {
    return parseJson(text);
  } catch {
    throw refuse('VALIDATION_ERROR', { message: 'the body is not JSON' });
  }
}
