// The machine credit rating of this local world: a plain formula over bond, trust, amount and recency.
// SPDX-License-Identifier: Apache-2.0

const day = 86_400;
const trustWeights = [0.4, 1, 0.8]; // self-reported, on-chain verifiable, hardware-signed
const grades = [
  [85, 'AAA'],
  [75, 'AA'],
  [65, 'A'],
  [55, 'BBB'],
  [45, 'BB'],
  [30, 'B'],
  [0, 'NR'],
];

const recency = (age) => (age <= 30 * day ? 1 : age <= 90 * day ? 0.6 : 0.3);

// events: [{timestamp, trustLevel, usdCents (a big integer) or null}], now: Unix seconds. Returns {score, grade}, score 0 to 100:
// 20 for the bond, up to 40 for how many trusted and recent events there are, up to 40 for their revenue.
export function rate({ bonded, events, now }) {
  if (events.length === 0) return { score: 0, grade: 'Provisioned' };
  let weight = 0;
  let dollars = 0;
  for (const { timestamp, trustLevel, usdCents } of events) {
    const counts = trustWeights[trustLevel] * recency(now - timestamp);
    weight += counts;
    dollars += (counts * Number(usdCents ?? 0)) / 100;
  }
  const score = Math.round(
    (bonded ? 20 : 0) + 40 * (weight / (weight + 5)) + Math.min(40, 8 * Math.log10(1 + dollars)),
  );
  return { score, grade: bonded ? grades.find(([least]) => score >= least)[1] : 'NR' };
}

// Revenue of the last 30 days against the 30 days before: "up", "down", "stable" (within 10 %), or "insufficient".
export function trend(revenues, now) {
  if (revenues.length < 2) return 'insufficient';
  const sum = (from, to) =>
    revenues
      .filter(({ timestamp }) => now - timestamp >= from && now - timestamp < to)
      .reduce((total, { usdCents }) => total + Number(usdCents ?? 0), 0);
  const latest = sum(0, 30 * day);
  const before = sum(30 * day, 60 * day);
  if (latest > before * 1.1) return 'up';
  return latest < before * 0.9 ? 'down' : 'stable';
}
