// What the MCR API makes of a machine's events, of either generation.
// SPDX-License-Identifier: Apache-2.0
import { hexToString } from 'viem';
import { divideRounded, dollars, RawJson } from '../json.mjs';
import { convert } from './fx.mjs';
import { rate, trend } from './rating.mjs';

// {events (with their dollars), score, grade} of a machine {bonded, events}.
export function figuresOf({ bonded, events: all }, { now, fxStale }) {
  const events = all.map((event) => {
    const timestamp = Number(event.timestamp);
    const base = { ...event, timestamp, revenue: event.eventType === 0 };
    if (!base.revenue) return { ...base, usdCents: null };
    const fx = convert(event.value, event.currency, timestamp, fxStale);
    return { ...base, fx, usdCents: fx.usdValue };
  });
  return { events, ...rate({ bonded, events, now }) };
}

// The members of a rating that are sums of events.
export function totalsOf(events, { now, fxStale }) {
  const revenues = events.filter((event) => event.revenue);
  const total = revenues.reduce((sum, { usdCents }) => sum + (usdCents ?? 0n), 0n);
  return {
    event_count: events.length,
    revenue_event_count: revenues.length,
    activity_event_count: events.length - revenues.length,
    revenue_trend: trend(revenues, now),
    total_revenue: dollars(total),
    average_revenue_per_event: dollars(revenues.length ? divideRounded(total, BigInt(revenues.length)) : 0n),
    last_updated: events.length ? Math.max(...events.map(({ timestamp }) => timestamp)) : null,
    mcr_degraded: fxStale,
  };
}

// An event as a profile shows it.
export function published(event) {
  const out = {
    event_type: event.eventType,
    origin_value: event.value,
    timestamp: event.timestamp,
    trust_level: event.trustLevel,
    metadata: metadataOf(event.metadata),
  };
  if (!event.revenue) return out;
  const { usdValue, subunit, status } = event.fx;
  return {
    ...out,
    origin_currency: event.currency,
    usd_value: usdValue,
    origin_subunit: subunit,
    usd_subunit: 100,
    amount_status: status,
  };
}

// Metadata are the submitter's own bytes: an object when they spell one, as they spell it, else none.
function metadataOf(bytes) {
  try {
    const text = hexToString(bytes);
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? new RawJson(text) : {};
  } catch {
    return {};
  }
}
