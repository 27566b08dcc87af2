// Searches: which services do a task, each with a quote that is good for a time (E8).
// SPDX-License-Identifier: Apache-2.0
import { MOST_QUOTES, QUOTES } from './assumptions.mjs';
import { amount, flag, members, take, text, texts, whole } from './checks.mjs';
import { integrationOf, providerCredentials } from './credentials.mjs';
import { permits } from './delegation.mjs';
import { refuse } from './errors.mjs';
import { newId } from './ids.mjs';
import { CURRENCY } from './rails.mjs';
import { rank } from './ranking.mjs';
import { isoTime } from './switches.mjs';

export function openSearches({ switches, pairings, rails, services }) {
  const searches = new Map();

  function quote(service, { pairing, credentials, rating }) {
    const { price } = service;
    const priced = service.rail !== 'external';
    return {
      id: newId('quote'),
      serviceId: service.id,
      skillKey: service.skillKey,
      providerKey: service.providerKey,
      executionMode: service.executionMode,
      integrationStatus: integrationOf(service, credentials),
      operation: rating.operation,
      score: rating.score,
      reasons: rating.reasons,
      pricing: priced
        ? { mode: 'fixed', amount: price, currency: CURRENCY, notes: [] }
        : { mode: 'provider-defined', notes: ['The provider names its price.'] },
      payment: rails.recommend(service, pairing.agentAddress),
      expiresAt: isoTime(switches.now() + switches.settings.quoteSeconds * 1000),
      handoff: service.handoff,
    };
  }

  async function create({ pairing, body }) {
    const { providerCredentials: credentials, ...request } = take(
      body,
      { machineId: text, serviceType: text },
      {
        agentPairingId: text,
        operation: text,
        region: text,
        requiredCapabilities: texts,
        maxResults: whole(1, MOST_QUOTES),
        requireNativeExecution: flag,
        allowExternalHandoff: flag,
        budget: members({}, { max: amount, amount, currency: text }),
        providerCredentials,
      },
    );
    await pairings.machineOf(pairing, request);
    const task = {
      serviceType: request.serviceType,
      operation: request.operation,
      region: request.region,
      requiredCapabilities: request.requiredCapabilities ?? [],
      allowExternalHandoff: request.allowExternalHandoff ?? false,
      requireNativeExecution: request.requireNativeExecution ?? false,
    };
    const permitted = (service) => permits(pairing.delegationPolicy, service);
    const quotes = rank(services, { task, budget: request.budget, credentials, permitted })
      .slice(0, request.maxResults ?? QUOTES)
      .map(({ service, rating }) => quote(service, { pairing, credentials, rating }));
    const search = {
      id: newId('msearch'),
      machineId: request.machineId,
      agentPairingId: pairing.id,
      requestPayload: request,
      normalizedTask: task,
      status: quotes.length ? 'completed' : 'no_match',
      quotes,
      createdAt: isoTime(switches.now()),
    };
    searches.set(search.id, search);
    return search;
  }

  // An agent sees its own; the platform, which has no pairing, sees all.
  function find(pairing, id) {
    const search = searches.get(id);
    if (!search || (pairing && search.agentPairingId !== pairing.id))
      throw refuse('NOT_FOUND', { message: `there is no search '${id}'` });
    return search;
  }

  // The quote that an order names, with its search or without.
  function findQuote(pairing, { searchId, quoteId }) {
    const own = [...searches.values()].filter(({ agentPairingId }) => agentPairingId === pairing.id);
    const within = searchId === undefined ? own : [find(pairing, searchId)];
    const found = within.flatMap(({ quotes }) => quotes).find(({ id }) => id === quoteId);
    if (!found) throw refuse('NOT_FOUND', { message: `there is no quote '${quoteId}'` });
    return found;
  }

  function requireGood({ expiresAt }) {
    if (Date.parse(expiresAt) <= switches.now())
      throw refuse('QUOTE_EXPIRED', { message: `the quote was good until ${expiresAt}` });
  }

  return { create, get: ({ pairing, id }) => find(pairing, id), find, findQuote, requireGood };
}
