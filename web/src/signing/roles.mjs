// Who does what with a machine, in words. Pure.
// SPDX-License-Identifier: Apache-2.0

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

/** Who signs, owns, pays and controls: [[words, address]]; what one account does is one line. */
export function rolesOf({ signs, owns, pays, controls }) {
  const does = { Signs: signs, owns, pays, controls };
  const accounts = [];
  for (const [word, account] of Object.entries(does)) {
    const known = accounts.find((one) => same(one.account, account));
    if (known) known.words.push(word);
    else accounts.push({ account, words: [word] });
  }
  return accounts.map(({ account, words }) => {
    const [first, ...rest] = words;
    const text = rest.length === 0 ? first : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
    return [text[0].toUpperCase() + text.slice(1), account];
  });
}
