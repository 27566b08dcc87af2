// How a service is paid: the recommendation that quotes and orders carry.
// SPDX-License-Identifier: Apache-2.0
import { getAddress } from 'viem';
import { SELLERS } from './catalogue.mjs';

export const CURRENCY = 'USD';
export const DECIMALS = 6; // of the token
const SUPPORTED = { wallet: ['wallet', 'wdk-usdt-transfer'], escrow: ['escrow', 'onchain-escrow'] };
const NOTES = {
  'not-required': 'Free of charge.',
  external: 'The provider settles the payment on its own site.',
  wallet: 'Transfer the token to the payee, then send the transaction hash as payment proof.',
  escrow: 'Transfer the token to the escrow contract, then lock it with the transaction hash.',
};

export function openRails({ chain, addresses }) {
  // `payer`: the account that pays, usually the agent's.
  function recommend({ rail, providerKey, payment }, payer) {
    const base = { defaultRail: rail, supportedRails: SUPPORTED[rail] ?? [rail], notes: [NOTES[rail]] };
    if (!SUPPORTED[rail]) return { ...base, required: false };
    return {
      ...base,
      required: true,
      provider: 'peaqos-devnet',
      chain,
      token: 'USDC',
      tokenAddress: getAddress(addresses.UsdToken),
      walletAddress: SELLERS[providerKey],
      payerAddress: payer,
      payeeAddress: SELLERS[providerKey],
      ...payment.rail,
    };
  }
  return { recommend };
}

// An amount in units of the token's smallest part. Prices have at most six decimals.
export const rawAmount = (amount) => BigInt(Math.round(amount * 10 ** DECIMALS));
