// What nobody outside has seen of the live Orchestration API, and the devnet therefore decided. Numbers that a test may
// want otherwise are settings (control.market.set).
//
// - Challenges, tokens and quotes end by time (`settings`); a challenge is repeated for equal parameters until it was used.
// - did:peaq:0x... names a machine by its address, peaqos:machine:N by its number on the chain; both are one identity.
//   Its controllers are that address and, for a proxy machine, its operator. A machine of the second generation is
//   did:peaq:<id> and peaqos:machine:<id>; its controllers are its owner and the controller of its DID.
// - "Activated": registered, bonded, not deactivated, and its NFT minted; in the second generation, a subscription that is
//   Active or in Grace. Asked for whenever the machine acts.
// - A token is for one pairing: another machine or pairing in a request is AGENT_PAIRING_REQUIRED; other agents' orders
//   and searches are NOT_FOUND. A token that was replaced is AGENT_AUTH_INVALID, an old one AGENT_AUTH_EXPIRED.
// - Where both lists of allowed things are given, a service must be in both; what is denied stays so. A policy in another
//   currency than the price denies. A daily window begins with the pairing, and again every 24 hours.
// - A search lists services that the policy denies, but last, saying so; an order for them is refused.
// - A free order is `ready` at once (`created` does not occur); other orders wait as `payment_pending`. An order has no
//   payment record before its intent, but what is paid at an external provider has one, `not_required`.
// - A quote must be good for the order and the intent; once an intent is there, its price stays.
// - A repeated intent, proof, lock or execution of the same order answers what the first did. Orders are never merged.
// - One transfer pays one order: a second is PAYMENT_TRANSFER_NOT_FOUND. The payer must be the one of the intent.
// - An execution that fails leaves a `failed` order; its escrow is refunded, a wallet payment stays `held` and can be
//   disputed. Disputes close an order until they are resolved, outside this API.
// - Confirmation answers `release_pending`; the payout follows, and the payment is `released` when it is mined.
// - Orders are listed newest first, machines oldest first.
// SPDX-License-Identifier: Apache-2.0

export const settings = {
  challengeSeconds: 600,
  tokenSeconds: 3600,
  quoteSeconds: 600,
  executeMs: 0, // how long a service works
  chainNode: 'up', // for checks of payments: 'missing' is PAYMENT_RPC_REQUIRED, 'down' PAYMENT_RPC_ERROR
  otherChains: 'refused', // payments there; 'recorded': believed, as nobody can check them
  noPayment: 'error', // how an order without a payment record is answered; 'null': an item that is null
  release: 'automatic', // 'manual': by control.market.release() only
};

export const DAY_MS = 86_400_000;
export const PAGE = 100;
export const LONGEST_PAGE = 500;
export const QUOTES = 10; // of a search, unless maxResults says otherwise
export const MOST_QUOTES = 50;
