// The Machine Market: what its parts share.
// SPDX-License-Identifier: Apache-2.0

/** JSON of the user's own: an object, or its text. It is passed on untouched; text also keeps the digits of numbers. */
export type UserJson = Record<string, unknown> | string;

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Where the next page starts; null on the last one. */
  next_cursor: string | null;
}

/** Money, as the API sends it. */
export type Amount = number | string | null;

/** How an order can be paid. */
export interface PaymentRecommendation {
  default_rail: string | null;
  supported_rails: string[];
  required: boolean | null;
  notes: string[];
  provider: string | null;
  chain: string | null;
  token: string | null;
  token_address: string | null;
  token_mint: string | null;
  wallet_address: string | null;
  external_url: string | null;
  payer_address: string | null;
  payee_address: string | null;
}

export interface Handoff {
  label: string | null;
  url: string | null;
  notes: string[];
}
