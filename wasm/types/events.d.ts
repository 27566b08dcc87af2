// Events of machines.
// SPDX-License-Identifier: Apache-2.0
import type { ActivateOptions } from './conversation.js';
import type { PeaqosError } from './errors.js';
import type { OrPromise } from './host.js';

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

/** An event of a stream: the members of SubmitEventRequest, with the hash of the raw data in its place. */
export interface StreamedEvent extends Omit<SubmitEventRequest, 'rawData' | 'idempotencyKey' | 'maxFee'> {
  /** keccak-256 of raw data: 0x and 64 hexadecimal digits. */
  dataHash?: string;
  /** Your own name for this event: events with the same are one. Without it equal events are one. */
  id?: string;
}

/** What became of one event, or line. */
export interface EventResult {
  /** Its place in the stream, from 1. */
  line: number;
  id: string | null;
  status: 'confirmed' | 'rejected' | 'invalid' | 'duplicate' | 'pending';
  txHash: string | null;
  block: AnyInteger | null;
  /** Among the events of its machine. */
  index: AnyInteger | null;
  /** Why it is not on the chain, or which line it repeats. */
  reason: string | null;
}

export interface SubmitEventsOptions extends ActivateOptions {
  /** Called once for each event, as soon as its fate is known. */
  onResult?: (result: EventResult) => OrPromise<void>;
  /** Of a file: do not ask `send_events` before it is sent. */
  yes?: boolean;
  /** Of a file or its chunks: what they hold; by its name or the first character when left out. */
  format?: 'json' | 'csv';
  /** Only check every event; needs no settings, and sends nothing. */
  check?: boolean;
  /** Most events in a transaction. */
  batch?: Integer;
  /** Most transactions under way. */
  inFlight?: Integer;
  /** Ends before the fees of this call come to more, in the chain's coin. */
  maxTotalFee?: Integer;
  /** Most that one transaction's fee may come to, in the chain's coin; PEAQOS_MAX_FEE, else 1. */
  maxFee?: Integer;
}

export interface EventsSummary {
  lines: number;
  /** Confirmed by this call; with `check`, those that are good. */
  submitted: number;
  /** Confirmed by earlier calls, as the ledger has it. */
  earlier: number;
  rejected: number;
  invalid: number;
  duplicates: number;
  pending: number;
  transactions: number;
  feesWei: string;
  currency: string;
  /** With `check`: how many machines the good events are of, and their revenue by currency, in its minor unit. */
  machines: number;
  revenue: Record<string, string>;
  /** Why the end of the stream was not reached; null when it was. */
  stopped: PeaqosError | null;
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
