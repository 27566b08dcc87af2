// Orders that need the operator and pairings that end soon. Pure functions.
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

/** Delivered orders that await confirmation. */
export const toConfirm = (orders) => orders.filter(({ status }) => waiting.includes(status));

/** Entries for orders that changed their state; `before` is undefined on the first reading. */
export function orderChanges(before, after) {
  if (!before) return [];
  const known = new Map(before.map(({ id, status }) => [id, status]));
  return after
    .filter(({ id, status }) => known.has(id) && known.get(id) !== status && tones[status])
    .map((order) => ({ kind: 'order', tone: tones[order.status], key: `order ${order.id}`, order }));
}

/** Entries for pairings that end soon; `told` has the keys of those already reported. */
export function endingPairings(pairings, rule, told, now) {
  if (!rule) return [];
  return pairings
    .map(({ id, machine_id, session_expires_at: at }) => ({ id, machine_id, ends: Date.parse(at) }))
    .filter(({ ends }) => ends > now && ends - now < rule.hours * 3_600_000)
    .map((pairing) => ({ kind: 'pairing', tone: 'warn', key: `pairing ${pairing.id} ${pairing.ends}`, pairing }))
    .filter(({ key }) => !told.has(key));
}
