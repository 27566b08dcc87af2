// What the vault's journal says of a machine's events: their transactions, and what those cost.
// SPDX-License-Identifier: Apache-2.0

const keyOf = ({ type, value, currency, timestamp }) => [type, value, currency || '', timestamp].join('|');

/**
 * `rows` are transactions of the journal (transactionsOf), `id` the machine's. Gives {hashOf(event), fees, count}: the hash
 * of the transaction that recorded an event of a profile, as far as it was sent from here one by one; the fees in wei of
 * the confirmed transactions whose fee is known, and how many those are.
 */
export function ownEvents(rows, id) {
  const own = rows.filter((row) => String(row.machine_id) === String(id) && row.status === 'confirmed');
  const hashes = new Map(
    own.map((row) => [keyOf({ ...row, type: row.event_type === 'revenue' ? 0 : 1 }), row.tx_hash]),
  );
  const paid = own.filter((row) => /^\d+$/.test(row.fee_wei ?? ''));
  return {
    hashOf: ({ event_type: type, origin_value: value, origin_currency: currency, timestamp }) =>
      hashes.get(keyOf({ type, value, currency: type === 0 ? currency : '', timestamp })),
    fees: paid.reduce((sum, row) => sum + BigInt(row.fee_wei), 0n),
    count: paid.length,
  };
}
