// Revenue and events per day of a fleet, from the reduced profiles of its machines. No I/O.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400; // seconds
export const ranges = [30, 90]; // days
const kept = 2 * Math.max(...ranges); // days: a range and the one before it
const named = 5; // machines that have a layer of their own

const startOfDay = (seconds) => Math.floor(seconds / day) * day;
const zeros = (length) => Array.from({ length }, () => 0);
const add = (sums, values) => values.forEach((value, at) => (sums[at] += value));
const total = (values) => values.reduce((sum, value) => sum + value, 0);

/**
 * Sums of a range of days that ends with `now` (Unix seconds). `machines`: [[did, {days: [{day, cents, events}]}]].
 * {first (Unix seconds at 0:00 UTC), top: [{did, cents}], others, events, before}: arrays with one number per day; `top`
 * are the machines with the most revenue, `before` the cents of the range before, day by day.
 */
export function sumsOf(machines, range, now) {
  const first = startOfDay(now) - (range - 1) * day;
  const [others, events, before] = [zeros(range), zeros(range), zeros(range)];
  const layers = [];
  for (const [did, { days }] of machines) {
    const cents = zeros(range);
    for (const one of days) {
      const at = (one.day - first) / day;
      if (at >= 0 && at < range) {
        cents[at] += one.cents;
        events[at] += one.events;
      } else if (at < 0 && at >= -range) before[at + range] += one.cents;
    }
    layers.push({ did, cents, sum: total(cents) });
  }
  layers.sort((a, b) => b.sum - a.sum);
  const top = layers.slice(0, named).filter(({ sum }) => sum > 0);
  for (const { cents } of layers.slice(top.length)) add(others, cents);
  return { first, top: top.map(({ did, cents }) => ({ did, cents })), others, events, before };
}

export class Daily {
  #machines; // did -> {count, days}
  #changed = true;
  #today;

  /** `machines`: what `kept` of an earlier session was. */
  constructor(machines = []) {
    const read = ([did, count, days]) => [
      did,
      { count, days: days.map(([at, cents, events]) => ({ day: at, cents, events })) },
    ];
    this.#machines = new Map(machines.map(read));
  }

  /** How many events a machine had when its days were read; undefined if they never were. */
  countOf(did) {
    return this.#machines.get(did)?.count;
  }

  /** `days` are those of a reduced profile with `count` events. */
  put(did, count, days, now) {
    const since = startOfDay(now) - kept * day;
    const recent = days
      .filter((one) => one.day > since)
      .map(({ day: at, cents, revenue, activity }) => ({ day: at, cents, events: revenue + activity }));
    this.#machines.set(did, { count, days: recent });
    this.#changed = true;
  }

  remove(did) {
    if (this.#machines.delete(did)) this.#changed = true;
  }

  /** Whether sums() would be another than at the last call. `now` in Unix seconds. */
  isNews(now) {
    return (this.#changed && this.#machines.size > 0) || (this.#machines.size > 0 && this.#today !== startOfDay(now));
  }

  /** {covered (machines whose days are known), ranges: {30: sumsOf(), 90: sumsOf()}}. */
  sums(now) {
    this.#changed = false;
    this.#today = startOfDay(now);
    const machines = [...this.#machines];
    return {
      covered: machines.length,
      ranges: Object.fromEntries(ranges.map((range) => [range, sumsOf(machines, range, now)])),
    };
  }

  /** For the vault. */
  get kept() {
    const write = ({ day: at, cents, events }) => [at, cents, events];
    return [...this.#machines].map(([did, { count, days }]) => [did, count, days.map(write)]);
  }
}
