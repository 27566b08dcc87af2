// The rail of a payment: the recommended one, with what the payer still may choose.
// SPDX-License-Identifier: Apache-2.0
import { getAddress } from 'viem';
import { invalid, members, oneOf, text } from './checks.mjs';
import { newId } from './ids.mjs';
import { DECIMALS, rawAmount } from './rails.mjs';

const FIXED = ['chain', 'token', 'tokenAddress', 'tokenMint', 'walletAddress', 'payeeAddress'];
const SHOWN = [...FIXED, 'provider', 'externalUrl'];

// A check for the rail that a client chose.
export const chosenRail = members(
  { type: text },
  { ...Object.fromEntries(FIXED.map((name) => [name, text])), payerAddress: text },
);

export const isEscrow = ({ type }) => ['escrow', 'onchain-escrow'].includes(type);

// Addresses are equal in any letter case.
export function requireEqual(field, given, expected) {
  const plain = (value) => (typeof value === 'string' ? value.toLowerCase() : value);
  if (plain(given) !== plain(expected)) throw invalid(field, `'${expected}', as the payment's rail says`);
}

// `escrow`: the address of the contract.
export function railOf({ payment: recommended }, service, chosen, escrow) {
  oneOf(...recommended.supportedRails)(chosen.type, 'rail.type');
  for (const name of FIXED) requireEqual(`rail.${name}`, chosen[name] ?? recommended[name], recommended[name]);
  const rail = { type: chosen.type, payerAddress: chosen.payerAddress ?? recommended.payerAddress };
  for (const name of SHOWN) rail[name] = recommended[name];
  if (!recommended.required) return rail;
  rail.paymentIntentId = newId('pi');
  if (isEscrow(rail)) rail.escrowAddress = getAddress(escrow);
  rail.metadata = service.payment.bare ? {} : { rawAmount: String(rawAmount(service.price)), tokenDecimals: DECIMALS };
  return rail;
}
