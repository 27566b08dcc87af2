// The reminder of wallets that are in this browser alone: it grows with time.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400_000; // milliseconds
const marked = day;
const urged = 3 * day;
const snoozed = day;

/**
 * `wallets` are those of listWallets, `backedUp` the IDs that have a copy elsewhere, `later` when the user last put the
 * reminder off (milliseconds), or undefined. Returns { wallets, days, level }: the wallets without a copy, oldest first,
 * days since the oldest was made, and how loud to be: "" (nothing to say), "card" (where the wallet is shown), "mark" (a
 * sign in the navigation as well), or "banner" (on every page, unless it was put off today).
 */
export function reminderOf(wallets, { backedUp = [], later }, now) {
  const due = wallets
    .filter(({ id }) => !backedUp.includes(id))
    .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  if (due.length === 0) return { wallets: due, days: 0, level: '' };
  const age = Math.max(0, now - Date.parse(due[0].created_at));
  const loud = age >= urged && !(now - later < snoozed);
  return { wallets: due, days: Math.floor(age / day), level: loud ? 'banner' : age >= marked ? 'mark' : 'card' };
}
