// What a pairing lets its agent buy.
// SPDX-License-Identifier: Apache-2.0
import { DAY_MS } from './assumptions.mjs';
import { refuse } from './errors.mjs';
import { CURRENCY } from './rails.mjs';
import { isoTime } from './switches.mjs';

export function permits({ allowedSkillKeys, deniedSkillKeys, allowedServiceIds, deniedServiceIds }, service) {
  const among = (list, value) => list.length === 0 || list.includes(value);
  return (
    !deniedSkillKeys.includes(service.skillKey) &&
    !deniedServiceIds.includes(service.id) &&
    among(allowedSkillKeys, service.skillKey) &&
    among(allowedServiceIds, service.id)
  );
}

// Sums of dollars in binary are a little off.
const toMicro = (dollars) => Math.round(dollars * 1e6) / 1e6;

export class Spending {
  #switches;
  #spent = new Map(); // 'pairing window' -> dollars; window counts days since the pairing

  constructor(switches) {
    this.#switches = switches;
  }

  // Counts a purchase, or refuses it.
  take(pairing, service) {
    const { delegationPolicy: policy } = pairing;
    if (!permits(policy, service))
      throw refuse('AGENT_POLICY_DENIED', {
        message: `the delegation policy does not allow ${service.id} (${service.skillKey})`,
        details: { serviceId: service.id, skillKey: service.skillKey },
      });
    const { price } = service;
    if (price === 0) return;
    const { perTransactionLimit, dailySpendLimit, currency = CURRENCY } = policy;
    const limited = perTransactionLimit !== undefined || dailySpendLimit !== undefined;
    if (limited && currency !== CURRENCY)
      throw refuse('AGENT_POLICY_DENIED', {
        message: `the limits of the delegation policy are in ${currency}, the price is in ${CURRENCY}`,
        details: { currency },
      });
    if (price > perTransactionLimit)
      throw refuse('AGENT_SPEND_LIMIT_EXCEEDED', { details: { limit: perTransactionLimit, price, currency } });
    const since = Date.parse(pairing.createdAt);
    const window = Math.floor((this.#switches.now() - since) / DAY_MS);
    const key = `${pairing.id} ${window}`;
    const spent = this.#spent.get(key) ?? 0;
    const sum = toMicro(spent + price);
    if (sum > dailySpendLimit)
      throw refuse('AGENT_DAILY_LIMIT_EXCEEDED', {
        details: { limit: dailySpendLimit, spent, price, currency, resetsAt: isoTime(since + (window + 1) * DAY_MS) },
      });
    this.#spent.set(key, sum);
  }
}
