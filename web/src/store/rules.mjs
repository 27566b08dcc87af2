// Watch rules: when a machine, a balance or a pairing is reported. Pure functions.
// SPDX-License-Identifier: Apache-2.0

/** The MCR API's ratings, best first. */
export const ratings = ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'NR', 'Provisioned'];

const hour = 3600; // seconds
const leastQuiet = hour; // even machines that report every minute have short breaks
const noRhythm = 7 * 24 * hour; // for machines whose usual interval is unknown

/**
 * Default rules. `quiet.hours` null: three times the machine's own median gap
 * between events. Amounts are decimal strings of whole coins. A rule that is null is off.
 */
export const standardRules = Object.freeze({
  quiet: { hours: null },
  rating: null, // {below: 'BBB'}
  balance: null, // {below: '0.5'}
  pairing: { hours: 24 },
  subscription: { days: 30 },
});

export const withStandard = (rules) => ({ ...standardRules, ...rules });

/** Seconds without an event after which a machine counts as quiet; Infinity when the rule is off. `gap` in seconds. */
export function quietAfter({ quiet }, gap) {
  if (!quiet) return Infinity;
  if (quiet.hours !== null) return quiet.hours * hour;
  return gap ? Math.max(leastQuiet, 3 * gap) : noRhythm;
}

/** Whether a rating is worse than `below`; machines that were never rated are not. */
export const isBelow = (rating, below) =>
  rating !== 'Provisioned' && ratings.indexOf(rating) > ratings.indexOf(below) && ratings.includes(below);

/** Parses "0.5" coins as wei; returns undefined if the text is not a decimal number. */
export function weiOf(coins) {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,18}))?$/.exec(String(coins).trim()) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(18, '0'));
}

const day = 86_400;

/** Whether a subscription ends within the days of the rule. `now` in seconds. */
const isEnding = ({ chain }, { subscription: rule }, now) =>
  Boolean(rule) && chain?.status === 'active' && chain.ends - now < rule.days * day;

/** Names of the conditions that hold for a machine: "ending", "quiet", "below", as far as is known. `now` in seconds. */
export function conditionsOf(row, rules, now) {
  const found = [];
  if (isEnding(row, rules, now)) found.push('ending');
  const { updated } = row.details ?? {};
  if (updated && now - updated > quietAfter(rules, row.gap)) found.push('quiet');
  if (rules.rating && isBelow(row.mcr, rules.rating.below)) found.push('below');
  return found;
}
