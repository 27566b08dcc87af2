// Long hexadecimal texts, shortened in the middle as EVM explorers do.
// SPDX-License-Identifier: Apache-2.0

/** "0xf39F…2266", "did:peaq:0xf39F…2266"; other texts in the same way when they are longer than 20 characters. */
export function shorten(text = '') {
  const [, head, rest] = /^((?:did:\w+:)?(?:0x)?)(.*)$/s.exec(text);
  return rest.length > 20 - Math.min(head.length, 2) ? `${head}${rest.slice(0, 4)}…${rest.slice(-4)}` : text;
}
