// Activation of a machine.
// SPDX-License-Identifier: Apache-2.0

import type { AnyInteger } from './events.js';

export interface ActivateRequest {
  /** Documentation of the machine: printable ASCII, at most 2560 bytes. */
  docUrl: string;
  /** The machine's data API: printable ASCII, at most 2560 bytes. */
  dataApi: string;
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

export interface PlanActivationRequest {
  /** Left out: that of the machine's DID, or one of usual length. */
  docUrl?: string;
  dataApi?: string;
  visibility?: 'public' | 'private' | 'onchain';
  skipFunding?: boolean;
  /** Proxy mode: the machine's address. Its key is not needed. */
  for?: string;
}

export interface PlannedStep {
  name: 'balance' | 'two_factor' | 'fund' | 'register' | 'mint' | 'machine_did' | 'proxy_did';
  /** `omitted`: not needed. */
  state: 'due' | 'done' | 'omitted';
  /** From here on: of a step that is due and sends a transaction. */
  payer?: 'operator' | 'machine';
  /** Wei, as decimal text: the bond of `register`. */
  valueWei?: string;
  /** Gas units. */
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
  gasPriceWei: string;
  /** Of both accounts. */
  totalWei: string;
  operator: PlannedAccount;
  /** Proxy mode only. */
  machine: PlannedAccount | null;
  steps: PlannedStep[];
}
