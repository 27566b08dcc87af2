// A row of the accepted differences, and what several tables name.
// SPDX-License-Identifier: Apache-2.0

/**
 * Rows with one reason: the cases (a name, or a pattern of names) and the differences as compare.mjs says them
 * ("exit: 2 -> 1": the reference 2, ours 1). A reason names a decision (docs/decisions/README.md) by its number, or a
 * point of the reference (../README.md) as Gn, Dn or market Dn.
 */
export const because = (reason, cases, ...differences) =>
  differences.map((difference) => ({ cases, difference, reason }));

/** The calls that describe a machine. */
export const self = [
  'addAttribute machineId',
  'addAttribute nftTokenId',
  'addAttribute operator',
  'addAttribute documentation_url',
  'addAttribute data_api',
  'addAttribute data_visibility',
];
export const whole = self.map((call) => call.split(' ')[1]).join(', ');
export const didOf = (who) => `transaction +${who}: Batch.batchAll: ${self.join(', ')}`;

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Members of an object that the reference shows with names of its own making. */
export const renamed = (path, ...names) =>
  names.flatMap((name) => [`JSON -${path}.${snake(name)}`, `JSON +${path}.${name}`]);
