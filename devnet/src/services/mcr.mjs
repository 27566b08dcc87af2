// The MCR API: a machine's rating, its profile, and the machines of an operator.
// SPDX-License-Identifier: Apache-2.0
import { hexToString } from 'viem';
import { HttpError, startHttpService } from '../http_service.mjs';
import { divideRounded, dollars, RawJson } from '../json.mjs';
import { convert } from './fx.mjs';
import { syntheticMachine } from './fleets.mjs';
import { ChainIndex } from './index_chain.mjs';
import { rate, trend } from './rating.mjs';

const PAGE = 100; // machines of a list, unless asked for otherwise
const LONGEST_PAGE = 1000;

// switches: {fxStale, mcrDown, fleets}, changed by tests while the service runs.
export function startMcr({ port, rpc, contracts, addresses, read, switches }) {
  const index = new ChainIndex({ rpc, contracts, addresses, read });
  const routes = { mcr: rating, machine: profile, operator: fleet };

  return startHttpService(port, async ({ method, path, query }) => {
    const [, kind, did, tail] = path.split('/');
    const known = kind === 'operator' ? tail === 'machines' : tail === undefined;
    if (method !== 'GET' || !known || !Object.hasOwn(routes, kind)) throw new HttpError(404, 'no such resource');
    if (switches.mcrDown) throw new HttpError(503, 'the rating service is being maintained');
    const account = /^did:peaq:(0x[0-9a-fA-F]{40})$/.exec(did)?.[1];
    if (!account) throw new HttpError(404, 'not a peaq DID');
    await index.catchUp();
    return routes[kind](account, did, query);
  });

  function machineAt(account) {
    const machine = index.machineOf(account);
    if (!machine) throw new HttpError(404, 'no machine has this DID');
    return machine;
  }

  function figures(machine) {
    const events = machine.events.map((event) => {
      const timestamp = Number(event.timestamp);
      const base = { ...event, timestamp, revenue: event.eventType === 0 };
      if (!base.revenue) return { ...base, usdCents: null };
      const fx = convert(event.value, event.currency, timestamp, switches.fxStale);
      return { ...base, fx, usdCents: fx.usdValue };
    });
    return { events, ...rate({ bonded: machine.bonded, events, now: index.now }) };
  }

  function rating(account, did) {
    const machine = machineAt(account);
    const { events, score, grade } = figures(machine);
    const revenues = events.filter((event) => event.revenue);
    const total = revenues.reduce((sum, { usdCents }) => sum + (usdCents ?? 0n), 0n);
    return {
      did,
      machine_id: machine.id,
      mcr_score: score,
      mcr: grade,
      bond_status: machine.bonded ? 'bonded' : 'unbonded',
      negative_flag: machine.deactivated,
      event_count: events.length,
      revenue_event_count: revenues.length,
      activity_event_count: events.length - revenues.length,
      revenue_trend: trend(revenues, index.now),
      total_revenue: dollars(total),
      average_revenue_per_event: dollars(revenues.length ? divideRounded(total, BigInt(revenues.length)) : 0n),
      last_updated: events.length ? Math.max(...events.map(({ timestamp }) => timestamp)) : null,
      mcr_degraded: switches.fxStale,
    };
  }

  function profile(account, did) {
    const machine = machineAt(account);
    const { events, score, grade } = figures(machine);
    const attributes = index.attributesOf(account);
    const visibility = attributes.get('data_visibility') || 'public';
    return {
      schema_version: '1.0',
      name: `Machine ${machine.id}`,
      peaqos: {
        machine_id: machine.id,
        did,
        operator: attributes.get('operator') || null,
        mcr: grade,
        mcr_score: score,
        bond_status: machine.bonded ? 'bonded' : 'unbonded',
        negative_flag: machine.deactivated,
        event_count: events.length,
        data_visibility: visibility,
        documentation_url: attributes.get('documentation_url') ?? null,
        data_api: attributes.get('data_api'),
        event_data: visibility === 'private' ? undefined : events.map(published),
      },
    };
  }

  function published(event) {
    const out = {
      event_type: event.eventType,
      origin_value: event.value,
      timestamp: event.timestamp,
      trust_level: event.trustLevel,
      metadata: metadataOf(event.metadata),
    };
    if (!event.revenue) return out;
    const { usdValue, subunit, status } = event.fx;
    return {
      ...out,
      origin_currency: event.currency,
      usd_value: usdValue,
      origin_subunit: subunit,
      usd_subunit: 100,
      amount_status: status,
    };
  }

  function fleet(account, did, query) {
    const real = [...index.machines.values()].filter(
      ({ operator }) => operator.toLowerCase() === account.toLowerCase(),
    );
    const all = [...real, ...switches.fleets.idsOf(account)];
    const offset = whole(query, 'offset', 0, 0);
    const limit = Math.min(whole(query, 'limit', 1, PAGE), LONGEST_PAGE);
    const machines = all.slice(offset, offset + limit).map((machine) => {
      if (typeof machine === 'number') return syntheticMachine(machine);
      const { score, grade } = figures(machine);
      return {
        did: `did:peaq:${machine.owner}`,
        machine_id: machine.id,
        mcr_score: score,
        mcr: grade,
        negative_flag: machine.deactivated,
      };
    });
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

// Metadata are the submitter's own bytes: an object when they spell one, as they spell it, else none.
function metadataOf(bytes) {
  try {
    const text = hexToString(bytes);
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? new RawJson(text) : {};
  } catch {
    return {};
  }
}
