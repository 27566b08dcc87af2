// State of a polled source: age of its last answer, failures, next attempt. Pure functions; times in milliseconds.
// SPDX-License-Identifier: Apache-2.0

/**
 * A reading is {asOf, askedAt, failures, problem, nextTry}: time of the last answer, start of the pending request,
 * consecutive failures, the last error, and when the next attempt is due. Absent members are undefined.
 */
export const unread = Object.freeze({ failures: 0 });

export const asked = (reading, now) => ({ ...reading, askedAt: now });

export const answered = (now) => ({ asOf: now, failures: 0 });

/** `pause` in milliseconds, as backoff() gives it. */
export const unanswered = ({ asOf, failures }, problem, now, pause) => ({
  asOf,
  failures: failures + 1,
  problem,
  nextTry: now + pause,
});

const first = 2_000; // milliseconds
const longest = 60_000;

/** Milliseconds to wait after so many failures in a row: doubling, with equal jitter. `random` is 0 to 1. */
export function backoff(failures, random) {
  const whole = Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/**
 * Returns "off" (not configured), "unknown" (no answer and no failure yet), "fresh", "stale" (older than `freshFor`),
 * or "unreachable" (the last attempt failed, or its answer is overdue by more than `patience` and the last one is old).
 */
export function stateOf(reading, now, { patience = 2_000, overdue = 12_000, freshFor = 120_000 } = {}) {
  const { asOf, askedAt, failures, problem } = reading;
  if (problem?.kind === 'configuration') return 'off';
  if (failures > 0) return 'unreachable';
  const waiting = askedAt !== undefined && now - askedAt > patience;
  if (waiting && now - (asOf ?? askedAt) >= overdue) return 'unreachable';
  if (asOf === undefined) return 'unknown';
  return now - asOf <= freshFor ? 'fresh' : 'stale';
}
