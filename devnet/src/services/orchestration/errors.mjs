// What the Orchestration API refuses with (docs/market.md#refusals): code -> HTTP status, and a message for people.
// SPDX-License-Identifier: Apache-2.0
import { HttpError } from '../../http_service.mjs';

export const codes = {
  AUTH_REQUIRED: [401, 'an API key is needed'],
  AUTH_INVALID: [401, 'the API key is unknown'],
  AGENT_AUTH_REQUIRED: [401, 'a pairing token is needed'],
  AGENT_AUTH_INVALID: [401, 'the pairing token is not valid, or not any more'],
  AGENT_AUTH_EXPIRED: [401, 'the pairing token has expired'],
  VALIDATION_ERROR: [400, 'the request is not valid'],
  NOT_FOUND: [404, 'there is no such resource'],
  MACHINE_NOT_FOUND: [404, 'there is no such machine'],
  MACHINE_NOT_ACTIVE: [409, 'the machine is not active in the market'],
  MACHINE_NOT_ACTIVATED: [409, 'the machine is not activated on the chain'],
  MACHINE_IDENTITY_EXISTS: [409, 'another machine has this identity'],
  MACHINE_IDENTITY_IMMUTABLE: [409, 'the identity of a machine cannot be changed'],
  MACHINE_IDENTITY_PROOF_REQUIRED: [400, 'a signed identity challenge is needed'],
  MACHINE_IDENTITY_PROOF_INVALID: [403, 'the identity challenge is not signed by a controller of the machine'],
  MACHINE_IDENTITY_PROOF_EXPIRED: [403, 'the identity challenge has expired'],
  PEAQOS_IDENTITY_UNAVAILABLE: [422, 'no machine with this identity is registered on the chain'],
  AGENT_PAIRING_REQUIRED: [403, 'this agent is not paired to the machine'],
  AGENT_PAIRING_INACTIVE: [403, 'the pairing is paused'],
  AGENT_PAIRING_UNAVAILABLE: [403, 'there is no such pairing, or it was revoked'],
  AGENT_PAIRING_PROOF_REQUIRED: [400, 'a signed pairing challenge is needed'],
  AGENT_PAIRING_PROOF_INVALID: [403, 'the pairing challenge is not signed by the agent'],
  AGENT_PAIRING_PROOF_EXPIRED: [403, 'the pairing challenge has expired'],
  AGENT_POLICY_DENIED: [403, 'the delegation policy does not allow this'],
  AGENT_SPEND_LIMIT_EXCEEDED: [403, 'the price is above the limit for one transaction'],
  AGENT_DAILY_LIMIT_EXCEEDED: [403, 'the price is more than what is left of the daily limit'],
  QUOTE_EXPIRED: [410, 'the quote has expired'],
  ORDER_CLOSED: [409, 'the order is closed'],
  ORDER_NOT_DELIVERED: [409, 'the order has not been delivered'],
  EXECUTION_UNSUPPORTED: [422, 'the service cannot be executed here'],
  PAYMENT_REQUIRED: [402, 'the order is not paid'],
  PAYMENT_RPC_REQUIRED: [422, 'the payment is on a chain that this server has no node of'],
  PAYMENT_RPC_ERROR: [502, 'the node did not answer'],
  PAYMENT_NOT_MINED: [409, 'the payment is not mined yet'],
  PAYMENT_TX_FAILED: [422, 'the payment failed on the chain'],
  PAYMENT_TRANSFER_NOT_FOUND: [422, 'the transaction does not make the payment'],
  INTERNAL: [500, 'internal error'],
};

// The error to throw. A code of a test's own is answered 400.
export function refuse(code, { message, details, status } = {}) {
  const [usualStatus, usualMessage] = codes[code] ?? [400, code];
  const text = message ?? usualMessage;
  return new HttpError(status ?? usualStatus, text, { error: { code, message: text, details } });
}
