// Credit ratings and profiles.
// SPDX-License-Identifier: Apache-2.0
import type { AnyInteger } from './events.js';

/** A machine's credit rating, with the MCR API's own member names. */
export interface Mcr {
  did: string;
  machine_id: AnyInteger;
  mcr: string;
  /** 0 to 100. */
  mcr_score: number;
  bond_status: string;
  negative_flag: boolean;
  event_count: number;
  revenue_event_count: number;
  activity_event_count: number;
  /** Null where nothing can be said, for machines of generation 2. */
  revenue_trend: string | null;
  total_revenue: AnyInteger;
  average_revenue_per_event: number | string | null;
  /** Unix seconds. */
  last_updated: number | null;
  /** Exchange rates behind the rating are out of date. */
  mcr_degraded: boolean;
  /** Of generation 2: a chain in the protocol's numbering, and why there is no rating. */
  home_chain?: number;
  rating_unavailable?: string;
}

/** One event of a profile; members from origin_currency on are those of revenue events. */
export interface MachineEvent {
  /** 0 revenue, 1 activity. */
  event_type: number;
  /** Minor units of origin_currency. */
  origin_value: AnyInteger;
  /** Unix seconds. */
  timestamp: number;
  trust_level: number;
  metadata: Record<string, unknown>;
  origin_currency?: string;
  /** US cents; null when there is no rate. */
  usd_value?: AnyInteger | null;
  origin_subunit?: number | null;
  usd_subunit?: 100;
  amount_status?: string;
}

export interface Machine {
  schema_version: string;
  name: string;
  peaqos: {
    machine_id: AnyInteger;
    did: string;
    operator: string | null;
    /** These and home_chain, relocating, rating_unavailable are of machines of generation 2. */
    owner?: string | null;
    controller?: string | null;
    machine_type?: string | null;
    home_chain?: number;
    relocating?: boolean;
    rating_unavailable?: string;
    mcr: string;
    mcr_score: number;
    bond_status: string;
    negative_flag: boolean;
    event_count: number;
    data_visibility: string;
    documentation_url: string | null;
    data_api?: string;
    event_data?: MachineEvent[];
    partner_data?: Record<string, unknown>;
    partner_data_error?: string;
  };
}

export interface Fleet {
  operator_did: string;
  machines: { did: string; machine_id: AnyInteger; mcr_score: number; mcr: string; negative_flag: boolean }[];
  /** offset 0; limit and total: the number of machines. */
  pagination: { offset: number; limit: number; total: number };
}
