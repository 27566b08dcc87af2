// The services on offer: a few of each kind. Prices are in US dollars.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, pad } from 'viem';
import { blockSummary, digest, latestPrice } from './work.mjs';

// Where providers are paid. Nobody has these accounts' keys.
export const SELLERS = {
  'harbor-data': getAddress(pad('0x5e11e1', { dir: 'right', size: 20 })),
  'north-compute': getAddress(pad('0x5e11e2', { dir: 'right', size: 20 })),
};

// Each service: rail 'not-required', 'wallet', 'escrow' or 'external'; `credentials` names what its provider asks for;
// `work(operation, input, world)` makes its result, or is null where nothing can be executed here.
const service = (id, members) => ({
  id,
  executionMode: 'native',
  integrationStatus: 'native',
  regions: [],
  capabilities: [],
  price: 0,
  rail: 'not-required',
  payment: {},
  work: null,
  ...members,
});

export const catalogue = [
  service('svc_price_open', {
    skillKey: 'open-price-feed',
    providerKey: 'open-rates',
    serviceType: 'oracle.price-feed',
    operations: ['get-latest-price'],
    capabilities: ['fx'],
    work: latestPrice,
  }),
  service('svc_price_signed', {
    skillKey: 'signed-price-feed',
    providerKey: 'harbor-data',
    serviceType: 'oracle.price-feed',
    operations: ['get-latest-price', 'get-signed-price'],
    capabilities: ['fx', 'signed'],
    regions: ['eu'],
    price: 1.5,
    rail: 'wallet',
    work: latestPrice,
  }),
  service('svc_price_escrow', {
    skillKey: 'audited-price-feed',
    providerKey: 'harbor-data',
    serviceType: 'oracle.price-feed',
    operations: ['get-latest-price'],
    capabilities: ['fx', 'signed', 'audited'],
    regions: ['eu', 'us'],
    price: 2,
    rail: 'escrow',
    payment: { bare: true },
    work: latestPrice,
  }),
  service('svc_price_desk', {
    skillKey: 'price-desk',
    providerKey: 'trading-desk',
    serviceType: 'oracle.price-feed',
    operations: ['request-quote'],
    executionMode: 'external-handoff',
    integrationStatus: 'partner-required',
    rail: 'external',
    handoff: {
      label: 'Open the desk',
      url: 'https://desk.example.com/quotes',
      notes: ['The desk answers on work days.'],
    },
  }),
  service('svc_digest', {
    skillKey: 'digest',
    providerKey: 'north-compute',
    serviceType: 'compute.digest',
    operations: ['sha256', 'sha512'],
    price: 0.25,
    rail: 'wallet',
    work: digest,
  }),
  service('svc_block', {
    skillKey: 'block-summary',
    providerKey: 'north-compute',
    serviceType: 'chain.block',
    operations: ['summarize'],
    work: blockSummary,
  }),
  service('svc_rtk', {
    skillKey: 'rtk-corrections',
    providerKey: 'geodnet',
    serviceType: 'positioning.rtk',
    operations: ['open-stream'],
    integrationStatus: 'credentials-required',
    credentials: { provider: 'geodnet', members: ['appId', 'appKey'] },
    work: (operation, input, { now }) => ({ stream: 'open', format: 'RTCM 3.3', since: new Date(now).toISOString() }),
  }),
  service('svc_weather', {
    skillKey: 'site-weather',
    providerKey: 'weather-office',
    serviceType: 'weather.site',
    operations: ['get-forecast'],
    integrationStatus: 'docs-only',
  }),
];
