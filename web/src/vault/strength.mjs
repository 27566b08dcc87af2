// How long a passphrase would hold against someone who has the vault's blob and guesses.
// SPDX-License-Identifier: Apache-2.0

// 600,000 rounds of PBKDF2-HMAC-SHA256 on one fast graphics card are some 15,000 guesses a second; a hundred of them.
const guessesPerSecond = 1.5e6;
const shortest = 12;

const classes = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[ \-_.,]/, 5],
  [/[^a-zA-Z\d \-_.,]/, 28],
];

// Runs that a guesser tries first: rows of the keyboard, the alphabet, digits in order.
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop'];
const common =
  /pass(word|phrase|wort)?|letmein|welcome|admin|secret|login|iloveyou|dragon|monkey|master|sunshine|princess|football|peaq|machine|robot|wallet|crypto|bitcoin/gi;
const wordBits = 11; // of one word out of some 2,000

const backwards = (text) => [...text].reverse().join('');
const inRow = (triple) => rows.some((row) => row.includes(triple) || backwards(row).includes(triple));

/** Bits of guessing work, an estimate from below: words count as words, repetitions and runs as little. */
function bits(text) {
  const rest = text.replace(common, '');
  let total = (text.match(common) ?? []).length * 3;
  const tokens = rest.match(/[a-z]{3,}|[A-Z][a-z]{2,}|[^]/g) ?? [];
  const alphabet = classes.reduce((sum, [pattern, size]) => sum + (pattern.test(rest) ? size : 0), 0);
  const perCharacter = Math.log2(Math.max(2, alphabet));
  const seen = new Set();
  for (const token of tokens) {
    const lower = token.toLowerCase();
    const repeated = seen.has(lower);
    seen.add(lower);
    if (repeated) total += 0.5;
    else if (token.length < 3) total += perCharacter;
    else
      total += inRow(lower.slice(0, 3))
        ? 4
        : Math.min(token.length * perCharacter, wordBits + Math.max(0, token.length - 8) * 2);
  }
  return total;
}

const spans = [
  [60, 'seconds'],
  [3600, 'minutes'],
  [86_400, 'hours'],
  [2_629_800, 'days'],
  [31_557_600, 'months'],
  [3.2e9, 'years'],
  [Infinity, 'centuries'],
];

/** {score: 0 to 4, words: "...", problem}: problem says why it cannot be taken. */
export function strengthOf(passphrase) {
  if (passphrase === '') return { score: 0, problem: 'Give a passphrase' };
  const length = [...passphrase].length;
  const seconds = 2 ** (bits(passphrase) - 1) / guessesPerSecond;
  const [, span] = spans.find(([limit]) => seconds < limit);
  const score = { seconds: 0, minutes: 1, hours: 1, days: 1, months: 2, years: 3, centuries: 4 }[span];
  const words = `A thief with a hundred graphics cards would need ${span} to guess it`;
  if (length < shortest)
    return {
      score: Math.min(score, 1),
      words: `${shortest - length} more characters`,
      problem: `At least ${shortest} characters are needed; these are ${length}`,
    };
  return { score, words };
}
