// peaqos.log as a person reads it: one entry for each event, with how it ended.
// SPDX-License-Identifier: Apache-2.0

/** The rows of peaqos.log; lines that are none are passed over, as the core does. */
export function rowsOf(bytes) {
  if (!bytes) return [];
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line) => {
      try {
        const row = JSON.parse(line);
        return typeof row === 'object' && row ? [row] : [];
      } catch {
        return [];
      }
    });
}

/**
 * Rows of some steps by transaction, newest first: the last row of each says how it ended. A transaction that was sent again
 * with a higher fee names its earlier versions in `replaces`; they are one, and the end of any is the end of all.
 */
export function transactionsOf(rows, steps) {
  const byHash = new Map();
  const newest = new Map(); // hash of an earlier version -> hash of the newest
  for (const row of rows) {
    if (!steps.includes(row.step) || !row.tx_hash) continue;
    for (const earlier of row.replaces ?? []) {
      newest.set(earlier, row.tx_hash);
      byHash.delete(earlier);
    }
    const key = newest.get(row.tx_hash) ?? row.tx_hash;
    byHash.set(key, { ...byHash.get(key), ...row });
  }
  return [...byHash.values()].reverse();
}

/** What activation steps of an earlier run left without an end. */
export function openSteps(rows, steps) {
  return transactionsOf(rows, steps).filter(({ status }) => status === 'pending');
}

/** Transactions of any step that have no end yet, newest first: what the vault's owner still waits for. */
export function openTransactions(rows) {
  const steps = [...new Set(rows.map(({ step }) => step))];
  return openSteps(rows, steps);
}
