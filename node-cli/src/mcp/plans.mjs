// Plans that wait for confirm_plan. Each is carried out at most once, and not after its lifetime.
// SPDX-License-Identifier: Apache-2.0
import { refusal } from './failure.mjs';

export const LIFETIME = 10 * 60 * 1000; // milliseconds
const MOST = 100; // plans, and ids of those that are gone

const again = 'Call the tool again for a new plan';

/** `now` gives milliseconds since the epoch, `newId` a text that nobody guesses. */
export function createPlans(now, newId) {
  const waiting = new Map();
  const gone = new Map(); // why
  const bury = (id, reason) => {
    waiting.delete(id);
    gone.set(id, reason);
    if (gone.size > MOST) gone.delete(gone.keys().next().value);
  };

  return {
    keep(content) {
      if (waiting.size >= MOST) bury(waiting.keys().next().value, 'made room for later ones');
      const plan = { id: newId(), expires: now() + LIFETIME, ...content };
      waiting.set(plan.id, plan);
      return plan;
    },

    /** A plan, which is then used up. */
    take(id) {
      const plan = waiting.get(id);
      if (!plan) {
        const reason = gone.get(id);
        throw reason
          ? refusal('PLAN_USED', `that plan ${reason}`, again)
          : refusal('NO_SUCH_PLAN', 'there is no plan of that id', again);
      }
      bury(id, 'was confirmed or refused before');
      this.checkAge(plan);
      return plan;
    },

    checkAge({ expires }) {
      if (now() >= expires) throw refusal('PLAN_EXPIRED', 'the plan is older than ten minutes', again);
    },
  };
}

const canonical = (value) =>
  JSON.stringify(value, (_, member) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

// Fees move with every block: they are compared by their bounds.
const moving = new Set(['fee', 'max_fee', 'gas', 'estimated']);
const fixed = (transaction) => Object.fromEntries(Object.entries(transaction).filter(([name]) => !moving.has(name)));
const valueOf = ([currency, { decimals, value }]) => [currency, { decimals, value }];

const essence = ({ command, chain_id, signer, transactions, actions = [], sums }) =>
  canonical({
    ...{ command, chain_id, signer, actions },
    transactions: transactions.map(fixed),
    sums: Object.fromEntries(Object.entries(sums).map(valueOf)),
  });

/**
 * Throws unless a fresh plan does what was planned: the same calls to the same recipients with the same sums, for fees
 * within those that were shown.
 */
export function checkUnchanged(planned, fresh) {
  const changed = (what) => refusal('PLAN_CHANGED', `the command would now do something else: ${what}`, again);
  if (essence(planned) !== essence(fresh)) throw changed('its calls, recipients or sums are others');
  for (const [currency, { fee }] of Object.entries(fresh.sums))
    if (BigInt(fee ?? 0) > BigInt(planned.sums[currency].max_fee ?? 0))
      throw changed('its fees have risen above those planned');
}
