// What a page tells `peaqos console` about its fleet. Pure.
// SPDX-License-Identifier: Apache-2.0

const rowsEvery = 60_000; // milliseconds: a large fleet's rows are not sent each time

/** The signer's fleet and its rules; rows only if they changed since `last` ({version, at}). */
export function whatToSay({ fleet, rules, now, last }) {
  const said = { operator: fleet.operator, rules };
  if (!fleet.known || fleet.version === last.version || now - last.at < rowsEvery) return said;
  return { ...said, rows: fleet.rows, asOf: fleet.reading.asOf };
}
