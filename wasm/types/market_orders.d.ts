// The Machine Market: orders and their payments.
// SPDX-License-Identifier: Apache-2.0
import type { Amount, Handoff, PaymentRecommendation, UserJson } from './market.js';

export interface PlaceOrderRequest {
  serviceId: string;
  machineId: string;
  agentPairingId: string;
  pairingToken: Uint8Array;
  searchId?: string;
  quoteId?: string;
  operation?: string;
  budgetAmount?: number | string;
  budgetCurrency?: string;
  /** For the service. */
  input?: UserJson;
  /** Sent to the API, shown to nobody. */
  providerCredentials?: UserJson | Uint8Array;
  /** The transaction that paid; with its chain (an alias such as "base", or CAIP-2) and token. */
  paymentTxHash?: string;
  paymentChain?: string;
  paymentToken?: string;
  /** The payment is agreed on already: only report paymentTxHash for it. */
  skipPayment?: boolean;
  /** Ask nothing: neither `confirm_order` nor `payment_hash`. */
  yes?: boolean;
}

export interface MarketOrder {
  id: string;
  machine_id: string | null;
  agent_pairing_id: string | null;
  service_id: string | null;
  skill_key: string | null;
  provider_key: string | null;
  service_type: string | null;
  operation: string | null;
  execution_mode: string | null;
  integration_status: string | null;
  /** created, payment_pending, ready, executing, delivered, confirmed, disputed, cancelled, failed or handoff. */
  status: string | null;
  input_payload: Record<string, unknown>;
  payment: PaymentRecommendation;
  created_at: string | null;
  updated_at: string | null;
  search_id: string | null;
  quote_id: string | null;
  budget: { amount: Amount; currency: string | null } | null;
  handoff: Handoff | null;
  error_message: string | null;
}

export interface MarketPayment {
  id: string;
  order_id: string | null;
  machine_id: string | null;
  /** not_required, intent_created, held, release_pending, released, frozen or refunded. */
  status: string | null;
  rail: {
    rail_type: string | null;
    chain: string | null;
    token: string | null;
    token_address: string | null;
    token_mint: string | null;
    escrow_address: string | null;
    external_url: string | null;
    provider: string | null;
    account_id: string | null;
    wallet_address: string | null;
    payer_address: string | null;
    payee_address: string | null;
    payment_intent_id: string | null;
    metadata: Record<string, unknown> | null;
  };
  notes: string[];
  created_at: string | null;
  updated_at: string | null;
  amount: Amount;
  currency: string | null;
}

export interface PlacedOrder {
  order: MarketOrder;
  /** Only where there is one. */
  payment?: MarketPayment;
  /** Null when an earlier run executed the order. */
  execution:
    | {
        status_code: 200;
        run: Record<string, unknown>;
        /** `status` "failed": the service could not do it, as `error_message` says. */
        outcome: {
          id: string;
          status: string | null;
          result: unknown;
          error_message: string | null;
          [more: string]: unknown;
        };
      }
    | { status_code: 202; handoff: Handoff }
    | null;
}

export interface OrderState {
  order: MarketOrder;
  payment: MarketPayment | null;
}

export interface Disputed extends OrderState {
  dispute: {
    id: string;
    order_id: string | null;
    machine_id: string | null;
    status: string | null;
    reason: string | null;
    evidence: Record<string, unknown>;
    created_at: string | null;
    updated_at: string | null;
  };
}
