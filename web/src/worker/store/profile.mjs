// Reduces a machine's profile to what a page shows: its newest events and a sum per day. Pure functions.
// SPDX-License-Identifier: Apache-2.0

const usual = 50; // newest events that are kept
const day = 86_400; // seconds
const gapsOf = 200; // newest events for the median interval

const isRevenue = (event) => event.event_type === 0;

/**
 * {machine (without its events), events (the `kept` newest, newest first), count, days: [{day, cents, revenue, activity,
 * unpriced}], unrated, gap, hidden}. `day` is Unix seconds at 0:00 UTC; `cents` are US cents, `unpriced` counts revenue
 * events without a rate; `unrated`: {currency, days} if no revenue has a rate and all is in one currency, `cents` then
 * being its minor units; `gap` is the median number of seconds between events; `hidden`: the profile shows no events.
 */
export function reducedProfile(profile, kept = usual) {
  const { event_data: all, partner_data: _, ...peaqos } = profile.peaqos;
  const machine = { ...profile, peaqos };
  if (!all) return { machine, hidden: true, events: [], count: peaqos.event_count, days: [], gap: undefined };
  const newest = all.toSorted((a, b) => b.timestamp - a.timestamp);
  return {
    machine,
    hidden: false,
    events: newest.slice(0, kept),
    count: all.length,
    days: daysOf(newest, ({ usd_value: cents }) => cents),
    unrated: unratedOf(newest),
    gap: medianGap(newest.slice(0, gapsOf).map(({ timestamp }) => timestamp)),
  };
}

/** What a fleet learns from a reduced profile: {name, visibility, gap, days}; no days where the events are not shown. */
export const factsOf = ({ machine, gap, hidden, days }) => ({
  name: machine.name,
  visibility: machine.peaqos.data_visibility,
  gap,
  days: hidden ? undefined : days,
});

function unratedOf(events) {
  const revenues = events.filter(isRevenue);
  const [{ origin_currency: currency } = {}] = revenues;
  const unrated = ({ usd_value: cents, origin_currency: own }) => typeof cents !== 'number' && own === currency;
  if (!currency || !revenues.every(unrated)) return undefined;
  return { currency, days: daysOf(events, ({ origin_value: minor }) => minor) };
}

// `worth` gives an event's minor units, or no number where they are not known.
function daysOf(events, worth) {
  const days = new Map();
  for (const event of events) {
    const start = event.timestamp - (event.timestamp % day);
    const sums = days.get(start) ?? { day: start, cents: 0, revenue: 0, activity: 0, unpriced: 0 };
    if (!days.has(start)) days.set(start, sums);
    if (!isRevenue(event)) sums.activity++;
    else {
      sums.revenue++;
      const minor = worth(event);
      if (typeof minor === 'number') sums.cents += minor;
      else sums.unpriced++;
    }
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** Returns the median interval of unordered times, or undefined for fewer than three. */
export function medianGap(times) {
  if (times.length < 3) return undefined;
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, at) => time - sorted[at]);
  gaps.sort((a, b) => a - b);
  return gaps[gaps.length >> 1];
}
