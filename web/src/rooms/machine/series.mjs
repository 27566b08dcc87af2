// A machine's days as the series of a chart, one point a day, on one time axis with its score.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400; // seconds
export const ranges = [30, 90, 365]; // days

const startOfDay = (seconds) => Math.floor(seconds / day) * day;

// The mean of a day and the six before it; undefined values are days before the range.
const mean = (values, at) => {
  const week = values.slice(Math.max(0, at - 6), at + 1);
  return week.reduce((sum, value) => sum + value, 0) / week.length;
};

// The score that was known at the end of each day: steps of `ratings`, [{ at: milliseconds, score }], oldest first.
function scores(times, ratings) {
  let next = 0;
  let score = null;
  return times.map((time) => {
    while (next < ratings.length && ratings[next].at < (time + day) * 1000) score = ratings[next++].score;
    return score;
  });
}

/**
 * `days` are those of a reduced profile ({ day, cents, revenue, activity }), `ratings` what is known of its score,
 * `range` a number of days that ends with `now` (milliseconds), `digits` the decimals of the currency (2: US dollars).
 * Returns arrays of equal length: times (Unix seconds at 0:00 UTC), revenue and mean (major units), events, score; and the
 * range's sum and that of the range before it, in minor units.
 */
export function seriesOf({ days, ratings = [], range, now, digits = 2 }) {
  const last = startOfDay(now / 1000);
  const first = last - (range - 1) * day;
  const known = new Map(days.map((one) => [one.day, one]));
  const times = Array.from({ length: range }, (_, at) => first + at * day);
  const of = (time, read) => (known.has(time) ? read(known.get(time)) : 0);
  const revenue = times.map((time) => of(time, ({ cents }) => cents / 10 ** digits));
  const sum = (from, until) =>
    days.reduce((total, one) => (one.day >= from && one.day < until ? total + one.cents : total), 0);
  return {
    times,
    revenue,
    mean: revenue.map((_, at) => mean(revenue, at)),
    events: times.map((time) => of(time, (one) => one.revenue + one.activity)),
    score: scores(times, ratings),
    sum: sum(first, last + day),
    before: sum(first - range * day, first),
  };
}

/** The smallest range that shows all days, so that a young machine does not begin as an empty chart. */
export const usualRange = (days, now) =>
  ranges.find((range) => days.length === 0 || days[0].day * 1000 > now - range * day * 1000) ?? ranges.at(-1);

/** "+12 %", "−5 %", or undefined where there is nothing to compare with. */
export function changeOf(sum, before) {
  if (before === 0) return undefined;
  const percent = Math.round(((sum - before) / before) * 100);
  return percent === 0 ? 'unchanged' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
