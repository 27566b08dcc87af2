// The fleet's days as series of a chart: layers of revenue that stand on each other, events, and the range before. Pure
// functions.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400; // seconds
const named = 5; // machines that have a layer of their own

const total = (values) => values.reduce((sum, value) => sum + value, 0);
const added = (a, b) => a.map((value, at) => value + b[at]);

// Two fleets' sums of one range as one; those of another day cannot be added.
function joined(a, b) {
  if (a.first !== b.first) return a.first > b.first ? a : b;
  const dids = new Set(a.top.map(({ did }) => did));
  const top = [...a.top, ...b.top.filter(({ did }) => !dids.has(did))].sort((x, y) => total(y.cents) - total(x.cents));
  return {
    first: a.first,
    top: top.slice(0, named),
    others: top.slice(named).reduce((sums, { cents }) => added(sums, cents), added(a.others, b.others)),
    events: added(a.events, b.events),
    before: added(a.before, b.before),
  };
}

/** `daily` of several fleets (worker/store/daily.mjs) as one; undefined when none has any. */
export function joinDaily(list) {
  const known = list.filter((daily) => daily?.covered > 0);
  if (known.length < 2) return known[0];
  return known.reduce((a, b) => ({
    covered: a.covered + b.covered,
    ranges: Object.fromEntries(Object.keys(a.ranges).map((range) => [range, joined(a.ranges[range], b.ranges[range])])),
  }));
}

/**
 * Series of a range: { times (Unix seconds), layers: [{ did (undefined: the other machines), values, sum (cents) }],
 * tops: for each layer the height on which it ends, events, before, sum, sumBefore (cents) }. Values are US dollars. The
 * first layer is the largest, and stands at the bottom.
 */
export function seriesOfFleet({ first, top, others, events, before }) {
  const rest = total(others) > 0 ? [{ cents: others }] : [];
  const layers = [...top, ...rest].map(({ did, cents }) => ({
    did,
    values: cents.map((value) => value / 100),
    sum: total(cents),
  }));
  let height = others.map(() => 0);
  const tops = layers.map(({ values }) => (height = added(height, values)));
  return {
    times: others.map((_, at) => first + at * day),
    layers,
    tops,
    events,
    before: before.map((value) => value / 100),
    sum: total(layers.map(({ sum }) => sum)),
    sumBefore: total(before),
  };
}
