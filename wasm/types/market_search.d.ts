// The Machine Market: services that are looked for.
// SPDX-License-Identifier: Apache-2.0
import type { Amount, Handoff, PaymentRecommendation, UserJson } from './market.js';

export interface SearchRequest {
  machineId: string;
  /** What is looked for, e.g. "oracle.price-feed". */
  serviceType: string;
  pairingToken: Uint8Array;
  agentPairingId?: string;
  operation?: string;
  capabilities?: string[];
  region?: string;
  maxResults?: number;
  budgetAmount?: number | string;
  budgetMax?: number | string;
  budgetCurrency?: string;
  nativeOnly?: boolean;
  allowHandoff?: boolean;
  /** Sent to the API, shown to nobody. */
  providerCredentials?: UserJson | Uint8Array;
}

export interface Quote {
  id: string;
  service_id: string | null;
  skill_key: string | null;
  provider_key: string | null;
  execution_mode: string | null;
  integration_status: string | null;
  operation: string | null;
  score: unknown;
  reasons: string[];
  pricing: { mode: string | null; notes: string[]; amount: Amount; currency: string | null; rate: unknown };
  payment: PaymentRecommendation;
  expires_at: string | null;
  handoff: Handoff | null;
}

export interface MarketSearch {
  id: string;
  machine_id: string | null;
  request_payload: Record<string, unknown>;
  normalized_task: {
    service_type: string | null;
    required_capabilities: string[];
    allow_external_handoff: boolean | null;
    require_native_execution: boolean | null;
    operation: string | null;
    region: string | null;
  };
  /** completed or no_match. */
  status: string | null;
  /** Ranked by the API. */
  quotes: Quote[];
  created_at: string | null;
  agent_pairing_id: string | null;
}
