// Orders and pairings of the market: what waits for the operator, and what ends soon. Pure.
// SPDX-License-Identifier: Apache-2.0

const waiting = ['delivered', 'handoff'];
const tones = {
  delivered: 'warn',
  handoff: 'warn',
  confirmed: 'good',
  failed: 'bad',
  disputed: 'bad',
  cancelled: 'warn',
};

export const orderFacts = ({ id, machine_id, status, skill_key, provider_key }, machines) => ({
  id,
  machine_id,
  status,
  service: skill_key,
  provider: provider_key,
  machine: machines.find((machine) => machine.id === machine_id)?.display_name ?? null,
});

/** Orders that were delivered and wait to be confirmed. */
export const toConfirm = (orders) => orders.filter(({ status }) => waiting.includes(status));

/** Entries for orders that changed their state; `before` is undefined when nothing was known. */
export function orderChanges(before, after) {
  if (!before) return [];
  const known = new Map(before.map(({ id, status }) => [id, status]));
  return after
    .filter(({ id, status }) => known.has(id) && known.get(id) !== status && tones[status])
    .map((order) => ({ kind: 'order', tone: tones[order.status], key: `order ${order.id}`, order }));
}

/** Entries for pairings that end soon and of which nothing was said; `told` are keys of earlier entries. */
export function endingPairings(pairings, rule, told, now) {
  if (!rule) return [];
  return pairings
    .map(({ id, machine_id, session_expires_at: at }) => ({ id, machine_id, ends: Date.parse(at) }))
    .filter(({ ends }) => ends > now && ends - now < rule.hours * 3_600_000)
    .map((pairing) => ({ kind: 'pairing', tone: 'warn', key: `pairing ${pairing.id} ${pairing.ends}`, pairing }))
    .filter(({ key }) => !told.has(key));
}
