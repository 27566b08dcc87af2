// Activation of a machine.
// SPDX-License-Identifier: Apache-2.0

import type { ActivateOptions } from './conversation.js';
import type { AnyInteger } from './events.js';

/** Fields of generation 2; activationTerms tells which of all fields the deployment takes. */
export interface SubscribedMachine {
  /** What kind of machine it is: a part of its id for ever. */
  machineType?: string;
  /** 0x and hexadecimal digits, such as the device's public key; by default the owner's address. */
  credentialSubjectHex?: string;
  /** By default the owner. */
  manufacturer?: string;
  /** entry (the default), basic or pro. */
  tier?: string;
  payment?: 'peaq' | 'usdt';
  slippageBps?: string;
  /** A DID document; without one docUrl, dataApi and visibility become service endpoints. */
  didDocument?: string | object;
}

export interface ActivateRequest extends SubscribedMachine {
  /** Documentation of the machine: printable ASCII, at most 2560 bytes. Generation 1 needs it, and dataApi. */
  docUrl?: string;
  /** The machine's data API: printable ASCII, at most 2560 bytes. */
  dataApi?: string;
  /** Left out: an existing DID keeps its own, a new one is public. */
  visibility?: 'public' | 'private' | 'onchain';
  /** Do not look at balances first. */
  skipFunding?: boolean;
  /** Proxy mode: the address of a machine that the configured key operates. Needs machineKey. */
  for?: string;
  /** The machine's own private key, 64 hexadecimal digits with or without 0x: it writes the machine's DID. */
  machineKey?: Uint8Array;
}

export interface Activation {
  machineId: AnyInteger;
  tokenId: AnyInteger;
  /** did:peaq:0x... */
  machineDid: string;
  /** Proxy mode only. */
  machineAddress?: string;
  /** Proxy mode only. */
  operatorDid?: string;
}

export interface ActivationTerms {
  deployment: { id: string; generation: 1 | 2; date: string | null; since: string };
  currency: string;
  /** The names of Progress, in their order. */
  steps: string[];
  /** Members of ActivateRequest. */
  fields: { name: string; required: boolean }[];
  /** Of subscriptions; null while the protocol has no price. */
  tiers: { name: string; bondWei: string | null }[];
}

export interface MachineLine {
  line: number;
  machine: string | null;
  machineId: AnyInteger | null;
  tokenId: AnyInteger | null;
  machineDid: string | null;
  status: 'confirmed' | 'rejected' | 'invalid' | 'duplicate' | 'pending';
  txHash: string | null;
  reason: string | null;
}

export interface ActivateFleetOptions extends ActivateOptions {
  /** Columns or members: doc_url, data_api, and machine_key (a file) or wallet and index; visibility. */
  file: string;
  format?: 'json' | 'csv';
  /** Coins that the operator tops each machine up to that still has to pay. */
  gasPerMachine?: string;
  skipFunding?: boolean;
  /** Spend nothing if a line is invalid. */
  strict?: boolean;
  /** Only say what would be done and cost. */
  check?: boolean;
  /** Do not ask `activate_fleet`. */
  yes?: boolean;
  maxFee?: string;
  onResult?: (line: MachineLine) => void;
}

export interface FleetActivation {
  lines: number;
  /** By this call; of a check, what a call would activate. */
  activated: number;
  earlier: number;
  rejected: number;
  invalid: number;
  duplicates: number;
  pending: number;
  transactions: number;
  feesWei: string;
  bondsWei: string;
  topUpsWei: string;
  currency: string;
  /** What ended it before its time. */
  stopped: Error | null;
}

export interface PlanActivationRequest extends SubscribedMachine {
  /** Left out: that of the machine's DID, or one of usual length. */
  docUrl?: string;
  dataApi?: string;
  visibility?: 'public' | 'private' | 'onchain';
  skipFunding?: boolean;
  /** Proxy mode: the machine's address. Its key is not needed. */
  for?: string;
}

export interface PlannedStep {
  name:
    | 'balance'
    | 'two_factor'
    | 'fund'
    | 'register'
    | 'mint'
    | 'machine_did'
    | 'proxy_did'
    | 'approve_token'
    | 'activate';
  /** `omitted`: not needed. */
  state: 'due' | 'done' | 'omitted';
  /** From here on: of a step that is due and sends a transaction. */
  payer?: 'operator' | 'machine';
  /** Wei, as decimal text: the bond of `register`. */
  valueWei?: string;
  /** Gas units; of generation 1. */
  gas?: number;
  /** Wei at the present price of gas, as decimal text. */
  feeWei?: string;
  /** Whether the node has estimated the gas; else it is what such a transaction takes at most. */
  estimated?: boolean;
}

export interface PlannedAccount {
  address: string;
  /** Wei, as decimal text, as are the others. */
  balanceWei: string;
  /** Bond and fees that are still due. */
  needsWei: string;
  /** What the balance lacks for them; "0" when it suffices. */
  missingWei: string;
}

/** What an activation would still do, in the order of its steps, and what that costs at the present price of gas. */
export interface ActivationPlan {
  currency: string;
  /** Of generation 1. */
  gasPriceWei?: string;
  /** Bonds that are still due. */
  bondWei: string;
  /** Of generation 2: the machine's id, what of the bond a voucher pays, and addresses. */
  machineId?: string;
  creditWei?: string;
  roles?: { signs: string; owns: string; pays: string; controls: string };
  /** Of both accounts. */
  totalWei: string;
  operator: PlannedAccount | null;
  /** Proxy mode only. */
  machine: PlannedAccount | null;
  steps: PlannedStep[];
}
