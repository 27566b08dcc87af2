// JSON of the core. Whole numbers that a JavaScript number cannot hold become decimal strings: no digit is lost.
// SPDX-License-Identifier: Apache-2.0

const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const isTooLong = (token) => /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));

export const parse = (text) =>
  JSON.parse(/\d{16}/.test(text) ? text.replace(tokens, (token) => (isTooLong(token) ? `"${token}"` : token)) : text);
