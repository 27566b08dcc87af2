// Serialises the store for the vault: fleet rows as arrays, the whole deflated.
// SPDX-License-Identifier: Apache-2.0
/* global CompressionStream, DecompressionStream */

const version = 2;
const listed = [
  'did',
  'machine_id',
  'mcr',
  'mcr_score',
  'negative_flag',
  'detailsAt',
  'unknown',
  'gap',
  'seen',
  'holds',
  'chain',
  'chainAt',
  'scores',
];
const details = ['name', 'bond', 'events', 'trend', 'revenue', 'updated', 'visibility', 'degraded'];

const pick = (object, names) => names.map((name) => object[name] ?? null);
const named = (values, names) =>
  Object.fromEntries(
    names.map((name, at) => [name, values[at]]).filter(([, value]) => value !== null && value !== undefined),
  );

export const packRow = (row) => [pick(row, listed), row.details ? pick(row.details, details) : 0];
export const unpackRow = ([facts, more]) => ({
  ...named(facts, listed),
  // null is a value here: a machine without events was never updated.
  ...(more && { details: { updated: null, ...named(more, details) } }),
});

async function through(stream, bytes) {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/** `state` is JSON data with `fleets`: [{operator, asOf, rows}]. */
export async function pack({ fleets, ...state }) {
  const text = JSON.stringify({
    version,
    ...state,
    fleets: fleets.map(({ rows, ...fleet }) => ({ ...fleet, rows: rows.map(packRow) })),
  });
  return through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text));
}

/** Inverse of pack(); returns undefined for another version or invalid bytes. */
export async function unpack(bytes) {
  try {
    const text = new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes));
    const { version: written, fleets, ...state } = JSON.parse(text);
    if (written !== version) return undefined;
    return { ...state, fleets: fleets.map(({ rows, ...fleet }) => ({ ...fleet, rows: rows.map(unpackRow) })) };
  } catch {
    return undefined;
  }
}
