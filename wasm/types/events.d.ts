// Events of machines.
// SPDX-License-Identifier: Apache-2.0

/** A whole number: bigint and decimal text keep all digits; a number beyond ±(2^53 - 1) is refused, as it has lost some. */
export type Integer = number | bigint | string;

/** An integer of a result: a decimal string when it is beyond ±(2^53 - 1), so that no digit is lost. BigInt takes both. */
export type AnyInteger = number | string;

export interface SubmitEventRequest {
  machineId: Integer;
  type: 'revenue' | 'activity';
  /** In the currency's minor unit: 123 is USD 1.23, or 123 yen. */
  value: Integer;
  /** Unix seconds, or ISO 8601 with a zone. */
  ts: Integer;
  /** ISO 4217 code of a revenue event; USD when left out. */
  currency?: string;
  trust?: 'self' | 'onchain' | 'hardware';
  sourceChain?: 'same' | 'peaq' | 'base';
  /** Transaction hash behind the event; required with trust 'onchain'. */
  sourceTx?: string;
  /** Only its keccak-256 goes to the chain. */
  rawData?: Uint8Array;
  /** Goes to the chain as it is. */
  metadata?: Uint8Array;
  /** Your own name for this event: with a key that the ledger knows nothing is sent, and the earlier result returned. */
  idempotencyKey?: string;
  /** Most that the transaction's fee may come to, in the chain's coin; PEAQOS_MAX_FEE, else 1. */
  maxFee?: Integer;
}

export interface SubmittedEvent {
  machineId: AnyInteger;
  type: string;
  value: AnyInteger;
  trust: string;
  txHash: string;
  /** keccak-256 of rawData, or zeros. */
  dataHash: string;
  /** It was submitted by an earlier run, or by an equal one beside this. */
  earlier: boolean;
}
