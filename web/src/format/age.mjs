// Ages in the shortest form.
// SPDX-License-Identifier: Apache-2.0

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
];

/** Formats milliseconds as "12 s", "3 min", "2 h", "5 d"; whole units, rounded down. */
export function age(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}
