// Machines of generation 2. Ids, amounts (wei of PEAQ) and times (Unix seconds) are decimal texts.
// SPDX-License-Identifier: Apache-2.0

export interface ChangeRequest {
  machineId: string;
  /** Only plan it. */
  dryRun?: boolean;
  /** Do not ask `agree`. */
  yes?: boolean;
  maxFee?: string;
}

export interface DidDocument {
  id: string;
  controller: string;
  verification_methods: { id: string; method_type: string; controller: string; public_key_multibase: string }[];
  authentication: string[];
  service_endpoints: { id: string; service_type: string; service_endpoint: string }[];
}

export interface MachineState {
  machine_id: string;
  owner: string;
  controller: string;
  did_document: DidDocument;
  subscription: {
    machine_id: string;
    status: 'not_activated' | 'active' | 'grace' | 'runoff' | 'terminated';
    tier: string;
    tier_name: string;
    period_start: string;
    period_end: string;
    bonded_amount: string;
    accumulated_points: string;
  };
  pause_flags: { general: boolean; technical: boolean; operator: boolean; subscription: boolean };
  is_available: boolean;
  home_chain_id: string;
  is_homed_locally: boolean;
  is_relocating: boolean;
}

export interface MachineCalendar {
  deployment_id: string;
  chain_id: string;
  grace_seconds: string;
  runoff_seconds: string;
  /** The first to run out first. */
  machines: {
    machine_id: string;
    tier: string;
    subscription: string;
    period_end: string;
    bond_lost_from: string;
    over: string;
    days_left: string;
    bonded_amount: string;
  }[];
}

export interface MachineIdentity {
  machine_id: string;
  hex: string;
  did: string;
  machine_type: string;
  credential_subject: string;
}

export interface Change {
  status: 'confirmed' | 'preview';
  error_code: 'CONFIRMED' | 'ALREADY_CONFIRMED' | 'PREVIEW';
  action: string;
  deployment_id: string;
  chain_id: string;
  contract: string;
  method: string;
  machine_id?: string;
  operator?: string;
  transaction_hash?: string;
  phase: 'action';
  /** Labels and texts for people. */
  details: Record<string, string>;
}

export interface SubscriptionRequest extends ChangeRequest {
  /** entry, basic or pro. */
  tier?: string;
  payment?: 'peaq' | 'usdt';
  slippageBps?: string;
}

export interface Subscription extends Change {
  owner: string;
  payer: string;
  controller: string;
  tier: string;
  bond_amount: string;
  credit: string;
  net_peaq_amount: string;
  usdt_amount?: string;
  previous_period_end: string;
  period_end: string;
  bonded_amount: string;
}

export interface FleetRenewal {
  status: 'confirmed' | 'preview' | 'partial';
  deployment_id: string;
  chain_id: string;
  due_before: string;
  machines: {
    machine_id: string;
    status: 'renewed' | 'due' | 'not_due' | 'ended' | 'cannot' | 'failed' | 'pending';
    tier: string;
    subscription: string;
    previous_period_end: string;
    period_end?: string;
    bond_amount?: string;
    credit?: string;
    net_peaq_amount?: string;
    transaction_hash?: string;
    error?: unknown;
  }[];
  totals: {
    machines: string;
    renewed: string;
    due: string;
    bond_amount: string;
    credit: string;
    net_peaq_amount: string;
  };
}

export interface Monetization {
  machine_id: string;
  status: 'PENDING' | 'OPTED_IN' | 'OPTED_OUT';
  signer: string | null;
  updated_at: unknown;
}

export interface MigrationPlan {
  deployment_id: string;
  chain_id: string;
  from: {
    did: string;
    machine_id: string | null;
    operator: string | null;
    documentation_url: string | null;
    data_api: string | null;
    data_visibility: string | null;
  };
  machine_id: string;
  did: string;
  machine_type: string;
  credential_subject: string;
  already_active: boolean;
  tier: string;
  bond_amount: string;
  voucher_credit: string;
  net_peaq_amount: string;
  /** The text of the DID document's file. */
  did_document: string;
  command: string[];
  not_carried_over: string[];
}
