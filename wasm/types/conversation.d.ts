// What an operation asks, and tells while it runs.
// SPDX-License-Identifier: Apache-2.0
import type { OrPromise } from './host.js';

export interface Options {
  /** Ends the operation: waits and requests under way are given up. What was sent to the chain stays sent. */
  signal?: AbortSignal;
}

/**
 * Something that only a person can answer. `totp`: the 6-digit code of an authenticator app. `passphrase`: that of the
 * wallet that signs (its ID is the member wallet) or is exported. `new_passphrase`, `mnemonic`, `private_key`: what a new
 * wallet is made from. `approve`: whether to sign and send a transaction, "yes" or anything else; its members are step,
 * function, arguments ([name, value] pairs), from, to, value_wei, fee_wei (the most that gas can cost), balance_wei (of
 * `from`, before it), currency,
 * chain_id, data. `signature`: an EIP-191 signature of the member `message`. `payment_hash`: the transaction that paid.
 * `confirm_order` tells the order and, as its member `payment`, what is to be paid: for a wallet's transfer also `exact`,
 * `balance` and `balance_after` in whole tokens, and the token's `decimals`. `send_events` tells how many `events` of how many `machines`, their
 * `revenue` by currency in its minor unit, `fee_wei` (about) in `currency`, and wants "y" or "n"; so does `activate_fleet`,
 * which tells `machines`, `bonds_wei`, `top_ups_wei` and `fees_wei`. `agree` tells the `title` and `rows` of a plan, and of
 * renewals `machine_ids`, `net_wei` and `fee_wei`; "y" or "n". `machine_type` is what nobody but the user knows. `policy_consent` is asked where the policy wants a person's word for one transaction: `why` tells, "y" or "n". Those that begin with
 * `confirm_` want "y" or "n", and tell in their members what will be done.
 */
export interface Question {
  name:
    | 'totp'
    | 'approve'
    | 'send_events'
    | 'passphrase'
    | 'new_passphrase'
    | 'mnemonic'
    | 'private_key'
    | 'signature'
    | 'payment_hash'
    | 'policy_consent'
    | 'confirm_onboarding'
    | 'confirm_pairing'
    | 'confirm_order'
    | 'confirm_dispute'
    | 'confirm_activation'
    | 'confirm_first_generation'
    | 'activate_fleet'
    | 'machine_type'
    | 'agree';
  /** For people, without a colon at its end. */
  text: string;
  /** The answer is secret and must not be shown. */
  hidden: boolean;
  [fact: string]: unknown;
}

/** For operations that ask, or that tell how far they are. */
export interface ActivateOptions extends Options {
  /** When it throws or rejects, the operation is rejected as CALLBACK_FAILED. What was sent to the chain stays sent. */
  onProgress?: (progress: Progress) => OrPromise<void>;
  /**
   * Answers a question; when it throws or rejects, so is the operation (CALLBACK_FAILED). null, or no such function: nobody can. Before `totp`, `two_factor` tells what to scan, as
   * otpauth_uri and as `qr`, rows of '1' (dark) and '0' (light) without a margin.
   */
  onQuestion?: (question: Question) => OrPromise<string | Uint8Array | null>;
  /** The question `approve` is asked before each transaction is signed. */
  approve?: boolean;
}

/**
 * Something that happened in an operation. `name` and `state` are stable; facts such as tx_hash are members beside them. A
 * fact with the name of one of these members has the prefix `fact_`: `fact_step` is the step of peaqos.log.
 */
export interface Progress {
  /** 1 to `steps`; 0 for what belongs to no step. */
  step: number;
  steps: number;
  name:
    | 'balance'
    | 'two_factor'
    | 'fund'
    | 'register'
    | 'mint'
    | 'machine_did'
    | 'transaction'
    | 'earlier_write'
    | 'journal_lock'
    | 'proxy_did'
    | 'answer'
    | 'configuration'
    | 'passphrase'
    | 'second_key'
    | 'vault'
    | 'wallet_file'
    | 'agent_key'
    | 'environment'
    | 'approve_token'
    | 'activate'
    | 'activation_plan'
    | 'plan'
    | 'approval'
    | 'bond'
    | 'fleet'
    | MarketProgress;
  state:
    | 'started'
    | 'omitted'
    | 'skipped'
    | 'recovered'
    | 'confirmed'
    | 'note'
    | 'submitted'
    | 'mined'
    | 'waiting'
    | 'warning'
    | 'refused'
    | 'issued'
    | 'signed'
    | 'signing'
    | 'doubtful'
    | 'shown'
    | 'continued'
    | 'looking'
    | 'left_open';
  [fact: string]: unknown;
}

/**
 * What happens in the Machine Market. `challenge` tells what is to be signed, `order_summary` and `payment_due` what the
 * question after them is about, `order` that an earlier run's order is continued or was left open.
 */
export type MarketProgress =
  | 'identity_challenge'
  | 'identity_signature'
  | 'machine_registration'
  | 'machine_activation'
  | 'onboarding_summary'
  | 'pairing_challenge'
  | 'agent_signature'
  | 'pairing_creation'
  | 'challenge'
  | 'signature'
  | 'search'
  | 'order'
  | 'order_creation'
  | 'order_summary'
  | 'order_execution'
  | 'payment_intent'
  | 'payment_due'
  | 'payment_transfer'
  | 'payment_proof'
  | 'escrow_lock';
