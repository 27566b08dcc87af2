// What the MCR API tells: ratings, profiles and fleets, good answers and bad ones.
// SPDX-License-Identifier: Apache-2.0
import { did, nowhere, without } from './common.mjs';

const account = '0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5';
const subject = `did:peaq:${account}`;

const rating = {
  did: subject,
  machine_id: 42,
  mcr_score: 82,
  mcr: 'A',
  bond_status: 'bonded',
  negative_flag: false,
  event_count: 150,
  revenue_event_count: 120,
  activity_event_count: 30,
  revenue_trend: 'up',
  total_revenue: 4567.5,
  average_revenue_per_event: 38,
  last_updated: 1745152200,
  mcr_degraded: false,
};

const revenue = {
  event_type: 0,
  origin_value: 123,
  timestamp: 1745152200,
  trust_level: 1,
  metadata: { unit: 'kWh', name: 'Zähler' },
  origin_currency: 'HKD',
  usd_value: 13,
  origin_subunit: 100,
  usd_subunit: 100,
  amount_status: 'ok',
};
const activity = { event_type: 1, origin_value: 7, timestamp: 1745152300, trust_level: 0, metadata: {} };

const peaqos = {
  machine_id: 45,
  did: subject,
  operator: 'did:peaq:0x9Eea000000000000000000000000000000641C00',
  mcr: 'B',
  mcr_score: 31,
  bond_status: 'bonded',
  negative_flag: false,
  event_count: 10,
  data_visibility: 'public',
  documentation_url: 'https://example.com/docs',
  data_api: 'https://example.com/events',
  event_data: [revenue],
};
const profile = (changes = {}, top = {}) => ({
  schema_version: '1.0',
  name: 'Machine 45',
  peaqos: { ...peaqos, ...changes },
  ...top,
});

const machines = [
  { did: subject, machine_id: 45, mcr_score: 31, mcr: 'B', negative_flag: false },
  { did: `did:peaq:0x${'a'.repeat(40)}`, machine_id: 1234567, mcr_score: 0, mcr: 'Provisioned', negative_flag: true },
];
const fleet = (changes = {}) => ({
  operator_did: subject,
  machines,
  pagination: { offset: 0, limit: 50, total: 2 },
  ...changes,
});

const answering = (answer) => ({ mcr: () => () => answer });
const given =
  (prefix, query) =>
  (name, body, more = {}) => ({
    name: `${prefix}: ${name}`,
    words: [...query, subject],
    faults: answering({ body }),
    stateless: true,
    ...more,
  });
const json = (query) => ({ words: [...query, subject, '--json'] });

const queries = { mcr: ['qualify', 'mcr'], machine: ['show', 'machine'], fleet: ['show', 'operator', 'machines'] };
const mcr = given('mcr', queries.mcr);
const machine = given('machine', queries.machine);
const fleets = given('fleet', queries.fleet);

const ills = [
  ['404', { status: 404, body: { detail: 'unknown' } }],
  ['503', { status: 503, body: { detail: 'maintenance' } }],
  ['500 with a detail', { status: 500, body: { detail: 'broken' } }],
  ['HTML', { body: '<html></html>', type: 'text/html' }],
  ['nothing', { body: '' }],
  ['a list', { body: [] }],
  ['an object of nothing', { body: {} }],
];

const badRatings = [
  ['empty did', { ...rating, did: '' }],
  ['machine_id a text', { ...rating, machine_id: '42' }],
  ['mcr_score 101', { ...rating, mcr_score: 101 }],
  ['mcr unknown', { ...rating, mcr: 'C' }],
  ['bond_status unknown', { ...rating, bond_status: 'half' }],
  ['negative_flag a number', { ...rating, negative_flag: 0 }],
  ['total_revenue a text', { ...rating, total_revenue: '1' }],
  ['no mcr_degraded', without(rating, 'mcr_degraded')],
];

const badProfiles = [
  ['no peaqos', { schema_version: '1.0', name: 'x' }],
  ['no data_visibility', profile({ data_visibility: undefined })],
  ['an event of type 2', profile({ event_data: [{ ...revenue, event_type: 2 }] })],
  ['an event without metadata', profile({ event_data: [without(revenue, 'metadata')] })],
  ['an event of an unknown amount_status', profile({ event_data: [{ ...revenue, amount_status: 'maybe' }] })],
];

export const ratings = [
  mcr('human', rating),
  mcr('--json', rating, json(queries.mcr)),
  mcr('--json before the DID', rating, { words: [...queries.mcr, '--json', subject] }),
  mcr('-q', rating, { words: ['-q', ...queries.mcr, subject] }),
  mcr('DID in small letters', rating, { words: [...queries.mcr, subject.toLowerCase()] }),
  mcr('without any other setting', rating, { env: onlyMcr() }),
  mcr('score null', { ...rating, mcr_score: null }),
  mcr('score null, --json', { ...rating, mcr_score: null }, json(queries.mcr)),
  mcr('Provisioned', { ...rating, mcr: 'Provisioned', mcr_score: 0 }),
  mcr('unbonded, flagged, degraded', {
    ...rating,
    bond_status: 'unbonded',
    negative_flag: true,
    mcr_degraded: true,
    revenue_trend: 'insufficient',
  }),
  mcr('never updated', { ...rating, last_updated: null }),
  mcr('no last_updated, --json', without(rating, 'last_updated'), json(queries.mcr)),
  mcr('unknown member, --json', { ...rating, extra: { a: [1] } }, json(queries.mcr)),
  mcr(
    'numbers of many digits, --json',
    JSON.stringify(rating).replace('4567.5', '12345678901234567890123'),
    json(queries.mcr),
  ),
  ...badRatings.map(([name, body]) => mcr(name, body)),
  ...ills.map(([name, answer]) => mcr(`answers ${name}`, undefined, { faults: answering(answer) })),
  mcr('redirects', undefined, {
    faults: {
      mcr:
        () =>
        ({ path }) =>
          path === '/elsewhere' ? { body: rating } : { status: 302, headers: { location: '/elsewhere' } },
    },
  }),
  mcr('nobody listens', undefined, { env: { PEAQOS_MCR_API_URL: nowhere } }),

  machine('human', profile()),
  machine('--json', profile(), json(queries.machine)),
  machine('without any other setting', profile(), { env: onlyMcr() }),
  machine('managed by itself', profile({ operator: null })),
  machine('no documentation', profile({ documentation_url: null })),
  machine('no data API', profile({ data_api: undefined })),
  machine('no events', profile({ event_data: [], event_count: 0 })),
  machine('private events', profile({ event_data: undefined })),
  machine('last event an activity', profile({ event_data: [revenue, activity] })),
  machine('last event an activity, --json', profile({ event_data: [revenue, activity] }), json(queries.machine)),
  machine(
    'no exchange rate',
    profile({ event_data: [{ ...revenue, amount_status: 'fx_unavailable', usd_value: null }] }),
  ),
  machine(
    'unknown currency',
    profile({
      event_data: [{ ...revenue, amount_status: 'unsupported_currency', usd_value: null, origin_subunit: null }],
    }),
  ),
  machine('dollars missing though ok', profile({ event_data: [{ ...revenue, usd_value: null }] })),
  machine(
    'partner data, --json',
    profile({ partner_data: { maker: 'x' }, partner_data_error: 'late' }),
    json(queries.machine),
  ),
  machine('unknown members, --json', profile({ extra: 1 }, { image: 'x' }), json(queries.machine)),
  machine('unknown visibility', profile({ data_visibility: 'friends' })),
  machine('negative value', profile({ event_data: [{ ...revenue, origin_value: -5 }] })),
  ...badProfiles.map(([name, body]) => machine(name, body)),
  ...ills.slice(0, 3).map(([name, answer]) => machine(`answers ${name}`, undefined, { faults: answering(answer) })),

  fleets('human', fleet()),
  fleets('--json', fleet(), json(queries.fleet)),
  fleets('without any other setting', fleet(), { env: onlyMcr() }),
  fleets('empty', fleet({ machines: [], pagination: { offset: 0, limit: 50, total: 0 } })),
  fleets('empty, --json', fleet({ machines: [], pagination: { offset: 0, limit: 50, total: 0 } }), json(queries.fleet)),
  fleets(
    'score null',
    fleet({ machines: [{ ...machines[0], mcr_score: null }], pagination: { offset: 0, limit: 50, total: 1 } }),
  ),
  fleets('two pages', undefined, { faults: paged() }),
  fleets('two pages, --json', undefined, { ...json(queries.fleet), faults: paged() }),
  fleets('no pagination', fleet({ pagination: undefined })),
  fleets('a machine without DID', fleet({ machines: [without(machines[0], 'did')] })),
  ...ills.slice(0, 1).map(([name, answer]) => fleets(`answers ${name}`, undefined, { faults: answering(answer) })),

  ...Object.entries(queries).flatMap(([name, query]) =>
    [[], ['--json']].map((more) => ({
      name: `devnet: ${name} ${more.join('')}`.trim(),
      words: [...query, did('operator'), ...more],
      world: 'rated',
      stateless: true,
    })),
  ),
  { name: 'devnet: mcr of a stranger', words: [...queries.mcr, did('stranger')], world: 'rated', stateless: true },
  {
    name: 'devnet: machine of a stranger',
    words: [...queries.machine, did('stranger')],
    world: 'rated',
    stateless: true,
  },
  { name: 'devnet: fleet of a stranger', words: [...queries.fleet, did('stranger')], world: 'rated', stateless: true },
];

function onlyMcr() {
  const unset = ['PEAQOS_PRIVATE_KEY', 'PEAQOS_RPC_URL', 'IDENTITY_REGISTRY_ADDRESS'];
  return Object.fromEntries(unset.map((name) => [name, undefined]));
}

function paged() {
  return {
    mcr:
      () =>
      ({ path }) => {
        const offset = Number(new URL(path, 'http://localhost').searchParams.get('offset') ?? 0);
        return {
          body: fleet({ machines: machines.slice(offset, offset + 1), pagination: { offset, limit: 1, total: 2 } }),
        };
      },
  };
}
