// The Machine Market: machines and the agents that buy for them.
// SPDX-License-Identifier: Apache-2.0
import type { Amount } from './market.js';

export interface OnboardMachineRequest {
  /** did:peaq:0x..., or peaqos:machine: and an ID. */
  identityRef: string;
  displayName: string;
  ownerId: string;
  machineType: string;
  runtimeProfile: string;
  capabilities?: string[];
  skillKeys?: string[];
  labels?: Record<string, string>;
  /** Private key of a controller of the identity. Left out: the OWS wallet signs, else `signature` is asked for. */
  identityKey?: Uint8Array;
  /** Leave the machine a draft. */
  skipActivate?: boolean;
  /** Do not ask `confirm_onboarding`. */
  yes?: boolean;
}

/** A machine of the Machine Market. */
export interface MarketMachine {
  id: string;
  display_name: string | null;
  /** draft, active, degraded, blocked or archived. */
  status: string | null;
  owner_id: string | null;
  machine_type: string | null;
  runtime_profile: string | null;
  capabilities: string[];
  labels: Record<string, string>;
  policy_ids: string[];
  skill_keys: string[];
  created_at: string | null;
  updated_at: string | null;
  identity_ref: string | null;
  identity_proof: {
    method: string | null;
    identity_ref: string | null;
    signer_address: string | null;
    challenge_id: string | null;
    verified_at: string | null;
    challenge_expires_at: string | null;
    controller_addresses: string[];
    resolution_source: string | null;
  } | null;
}

export interface PairAgentRequest {
  machineId: string;
  agentAddress: string;
  agentProvider: string;
  agentRole: string;
  agentDid?: string;
  /** Private key of the agent, which then signs the challenge. Left out: `signature` is asked for. */
  agentKey?: Uint8Array;
  description?: string;
  perTransactionLimit?: number | string;
  dailySpendLimit?: number | string;
  currency?: string;
  allowedSkills?: string[];
  deniedSkills?: string[];
  allowedServices?: string[];
  deniedServices?: string[];
  /** Do not ask `confirm_pairing`. `signature` is asked for in any case. */
  yes?: boolean;
}

export interface AgentPairingSessionRequest {
  machineId: string;
  agentPairingId: string;
  agentAddress: string;
  agentProvider: string;
  agentRole: string;
  agentDid?: string;
  /** Private key of the agent, which then signs the challenge. Left out: `signature` is asked for. */
  agentKey?: Uint8Array;
}

export interface AgentPairing {
  id: string;
  machine_id: string | null;
  agent_address: string | null;
  agent_provider: string | null;
  agent_role: string | null;
  /** active, paused or revoked. */
  status: string | null;
  has_auth_token: boolean | null;
  delegation_policy: {
    allowed_skill_keys: string[];
    denied_skill_keys: string[];
    allowed_service_ids: string[];
    denied_service_ids: string[];
    per_transaction_limit: Amount;
    daily_spend_limit: Amount;
    currency: string | null;
  };
  created_at: string | null;
  updated_at: string | null;
  description: string | null;
  token_last_four: string | null;
  /** The agent's credential: the API shows it this once. */
  pairing_token: string | null;
  agent_did: string | null;
  verification: {
    method: string | null;
    signer_address: string | null;
    verified_at: string | null;
    challenge_expires_at: string | null;
  } | null;
  session_id: string | null;
  session_token_id: string | null;
  session_issued_at: string | null;
  session_expires_at: string | null;
}
