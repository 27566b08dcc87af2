// Command lines as a POSIX shell reads them, and back into words.
// SPDX-License-Identifier: Apache-2.0

const plain = /^[\w@%+=:,./-]+$/;

/** Words as one line that can be pasted into a shell. */
export const spell = (words) =>
  words.map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ');

/** A line's words: blanks part them, quotes and backslashes keep them together. Throws for a quote without its end. */
export function split(line) {
  const words = [];
  let word;
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|(['"\\])/g;
  for (const [, single, double, escaped, bare, unclosed] of line.matchAll(token)) {
    if (unclosed) throw new Error(`the line has a ${unclosed} without its end`);
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare;
    if (part === undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + part;
    }
  }
  return word === undefined ? words : [...words, word];
}
