// The filter language of lists of machines: words and `field:value` terms, all of which must hold.
//   tag:north place:"yard 7" rating:<BBB score:>=60 quiet:>2d bond:no attention:yes charger
// SPDX-License-Identifier: Apache-2.0

/** Ratings, worst first; what has none yet comes before all. */
const ratings = ['PROVISIONED', 'NR', 'B', 'BB', 'BBB', 'A', 'AA', 'AAA'];
const seconds = { m: 60, h: 3600, d: 86_400, w: 604_800 };
const yes = { yes: true, no: false, true: true, false: false };

const compare = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

const has = (text = '', part) => text.toLowerCase().includes(part);

// A term that compares: `read` gives the value to compare with, `of` the machine's own, undefined while it is not known.
const comparing = (read, of, example) => ({
  term(text) {
    const [, sign = '=', rest] = /^(<=|>=|<|>|=)?(.+)$/s.exec(text);
    const value = read(rest);
    if (value === undefined) return undefined;
    return (machine) => {
      const own = of(machine);
      return own !== undefined && own !== null && compare[sign](own, value);
    };
  },
  example,
});

const choosing = (of, example) => ({
  term(text) {
    const wanted = yes[text.toLowerCase()];
    return wanted === undefined ? undefined : (machine) => of(machine) === wanted;
  },
  example,
});

const number = (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

function rank(text) {
  const at = ratings.indexOf(text.toUpperCase());
  return at < 0 ? undefined : at;
}

/** "90m", "2h", "3d", "1w" in seconds. */
export function spanOf(text) {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/i.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * seconds[unit.toLowerCase()];
}

const fields = {
  tag: {
    term: (text) => (machine) => (machine.tags ?? []).some((tag) => tag === text.toLowerCase()),
    example: 'tag:north',
  },
  place: { term: (text) => (machine) => has(machine.place, text.toLowerCase()), example: 'place:yard' },
  name: { term: (text) => (machine) => has(machine.name, text.toLowerCase()), example: 'name:charger' },
  note: { term: (text) => (machine) => has(machine.note, text.toLowerCase()), example: 'note:repair' },
  id: { term: (text) => (machine) => String(machine.id) === text, example: 'id:7' },
  rating: comparing(rank, ({ rating }) => (rating === undefined ? undefined : rank(rating)), 'rating:<BBB'),
  score: comparing(number, ({ score }) => score, 'score:>=60'),
  events: comparing(number, ({ events }) => events, 'events:>10'),
  revenue: comparing(number, ({ revenue }) => revenue, 'revenue:>100'),
  quiet: comparing(spanOf, ({ quiet }) => quiet, 'quiet:>2d'),
  days: comparing(number, ({ days }) => days, 'days:<30'),
  paused: choosing(({ paused }) => paused, 'paused:yes'),
  bond: choosing(({ bonded }) => bonded, 'bond:no'),
  attention: choosing(({ attention }) => attention, 'attention:yes'),
};

/** What can be typed, for a menu: ["tag:north", ...]. */
export const examples = Object.values(fields).map(({ example }) => example);

// Terms of a line: a blank parts them but inside quotes. `-` before a term turns it round.
const pattern = /(-)?(?:(\w+):)?(?:"([^"]*)"?|(\S+))/g;

/**
 * Reads a filter: { terms: [{ text, field, negated, problem }], matches(machine) }. A machine is { id, did, name, place,
 * tags, note, rating, score, events, revenue (USD), quiet (seconds since its last event), days (left of its subscription),
 * paused, bonded, attention }; what is not known is undefined and does not match. A term with a `problem`, a sentence, matches everything.
 */
export function parseFilter(line) {
  const terms = [];
  const tests = [];
  for (const [text, minus, word, quoted, bare] of line.matchAll(pattern)) {
    const [name, value] =
      word === undefined && /^\w+:$/.test(bare ?? '') ? [bare.slice(0, -1), ''] : [word, quoted ?? bare];
    // "did:peaq:0x..." and "12:30" are words.
    const field = name !== undefined && Object.hasOwn(fields, name.toLowerCase()) ? name.toLowerCase() : undefined;
    const plain = text.replace(/^-/, '').replaceAll('"', '').toLowerCase();
    const test = field === undefined ? wordTest(plain) : value === '' ? undefined : fields[field].term(value);
    const problem = test ? undefined : `"${text}" is not a filter. Write ${fields[field].example}`;
    terms.push({ text, field, negated: minus === '-', problem });
    if (test) tests.push(minus === '-' ? (machine) => !test(machine) : test);
  }
  return { terms, matches: (machine) => tests.every((test) => test(machine)) };
}

const wordTest =
  (word) =>
  ({ id, did, name, place, tags = [], note }) =>
    String(id ?? '') === word ||
    [did, name, place, note, ...tags].some((text) => has(text, word)) ||
    (/^\d+$/.test(word) && String(id ?? '').includes(word));

/** The line without one of its terms, for the cross of a chip. */
export const withoutTerm = (line, at) =>
  parseFilter(line)
    .terms.filter((_, index) => index !== at)
    .map(({ text }) => text)
    .join(' ');
