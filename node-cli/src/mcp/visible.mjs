// Texts of chains, services and files as agents get them: every character that cannot be seen, commands a terminal or
// turns the direction of text is written as its escape, so that what an agent reads is what a person would see.
// SPDX-License-Identifier: Apache-2.0

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const escapeOf = (character) => {
  const code = character.codePointAt(0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
};

export const visibleText = (text) => text.replace(unseen, escapeOf);

/** A JSON value with all its texts visible, names of members too. */
export function visible(value) {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visible);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [visibleText(name), visible(member)]));
}
