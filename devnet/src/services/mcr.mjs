// The MCR API: a machine's rating, its profile, the machines of an operator, and monetisation.
// SPDX-License-Identifier: Apache-2.0
import { control2 } from '../control2.mjs';
import { HttpError, startHttpService } from '../http_service.mjs';
import { doByHand, isByHand } from './by_hand.mjs';
import { syntheticMachine } from './fleets.mjs';
import { openAddresses } from './mcr_addresses.mjs';
import { coded, openDecimals } from './mcr_decimals.mjs';
import { openMonetization } from './monetization.mjs';
import { actions } from './second_by_hand.mjs';

const PAGE = 100; // machines of a list, unless asked for otherwise
const LONGEST_PAGE = 1000;
const ACCOUNT = /^did:peaq:(0x[0-9a-fA-F]{40})$/;

// switches: {fxStale, mcrDown, monetizationFault, fleets}, changed by tests while the service runs.
export function startMcr({ port, ...parts }) {
  const { addresses, addresses2, switches } = parts;
  const first = addresses.IdentityRegistry && openAddresses(parts);
  const second = addresses2.InfoDesk && openDecimals(parts);
  const generations = [first, second].filter(Boolean);
  const monetization = second && openMonetization({ ...parts, decimals: second });

  return startHttpService(port, async ({ method, path, query, body }) => {
    if (second && isByHand(path)) return doByHand(actions, control2(parts), { method, path, query });
    const work = route(method, path.split('/').slice(1), query, body);
    if (!work) throw new HttpError(404, 'no such resource');
    if (switches.mcrDown) throw new HttpError(503, 'the rating service is being maintained');
    return work();
  });

  // The work that a request asks for, if it is a known one.
  function route(method, parts, query, body) {
    const [kind, subject, tail, ...more] = parts;
    if (more.length) return undefined;
    if (kind === 'machine' && tail === 'monetization') return monetize(method, subject, body);
    if (method !== 'GET') return undefined;
    if (kind === '.well-known' && subject === 'peaq-monetization' && tail === undefined)
      return monetization && (() => monetization.capability());
    if (kind === 'operator' && tail === 'machines') return () => fleet(subject, query);
    if (tail !== undefined || subject === undefined) return undefined;
    if (kind === 'mcr') return () => of(subject).rating(subject);
    if (kind === 'machine') return () => of(subject).profile(subject);
    return undefined;
  }

  function of(did) {
    const generation = generations.find(({ isDid }) => isDid(did));
    if (!generation) throw new HttpError(404, 'not a peaq DID');
    return generation;
  }

  function monetize(method, id, body) {
    if (!monetization || !['GET', 'PUT'].includes(method)) return undefined;
    return () => {
      const fault = switches.monetizationFault;
      if (fault?.times > 0) {
        --fault.times;
        throw coded(fault.status, fault.code, 'as the test wants it');
      }
      return method === 'GET' ? monetization.read(id) : monetization.write(id, body);
    };
  }

  async function fleet(did, query) {
    const account = ACCOUNT.exec(did)?.[1];
    if (!account) throw new HttpError(404, 'not a peaq DID');
    const offset = whole(query, 'offset', 0, 0);
    const limit = Math.min(whole(query, 'limit', 1, PAGE), LONGEST_PAGE);
    const lists = await Promise.all(generations.map((generation) => generation.listOf(account)));
    const all = [...lists.flat(), ...switches.fleets.idsOf(account).map((id) => () => syntheticMachine(id))];
    const machines = await Promise.all(all.slice(offset, offset + limit).map((entry) => entry()));
    return { operator_did: did, machines, pagination: { offset, limit, total: all.length } };
  }
}

// A query's number of at least `least`, or `absent` when it has none.
function whole(query, name, least, absent) {
  const text = query.get(name) ?? String(absent);
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new HttpError(400, `${name} must be a whole number from ${least}`);
  return Number(text);
}
