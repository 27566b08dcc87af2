// What a client says of a payment that it made. It must agree with the payment; whether it is true, the chain says.
// SPDX-License-Identifier: Apache-2.0
import { anyText, invalid, oneOf, take, text, whole } from './checks.mjs';
import { requireEqual } from './payment_rail.mjs';
import { DECIMALS, rawAmount } from './rails.mjs';

const HASH = /^0x[0-9a-fA-F]{64}$/;

export const readProof = (body) =>
  withHash(
    take(
      body,
      {
        verificationMode: oneOf('recorded', 'rpc'),
        chain: text,
        token: anyText,
        payerAddress: text,
        payeeAddress: text,
        amount: text,
      },
      {
        transactionHash: text,
        transactionSignature: text,
        tokenAddress: text,
        tokenMint: text,
        tokenDecimals: whole(0, 255),
        rawAmount: text,
      },
    ),
  );

export const readLock = (body) => withHash(take(body, { transactionHash: text, chain: text, escrowAddress: text }));

export function requireAgreement(proof, { rail, amount }) {
  for (const name of ['chain', 'payerAddress', 'payeeAddress', 'tokenAddress', 'tokenMint'])
    requireEqual(name, proof[name] ?? rail[name], rail[name]);
  requireEqual('token', proof.token || rail.token, rail.token);
  requireEqual('amount', String(Number(proof.amount)), String(amount));
  requireEqual('tokenDecimals', proof.tokenDecimals ?? DECIMALS, DECIMALS);
  const raw = String(rawAmount(amount));
  requireEqual('rawAmount', proof.rawAmount ?? raw, raw);
}

export function requireLockAgreement(lock, { rail }) {
  for (const name of ['chain', 'escrowAddress']) requireEqual(name, lock[name], rail[name]);
}

// With `hash`, the one name of the transaction: Solana calls it a signature.
function withHash(given) {
  const { chain, transactionHash, transactionSignature } = given;
  const solana = chain.startsWith('solana');
  const [name, hash, other] = solana
    ? ['transactionSignature', transactionSignature, transactionHash]
    : ['transactionHash', transactionHash, transactionSignature];
  if (!hash || other) throw invalid(name, 'given, and no other proof');
  if (!solana && !HASH.test(hash)) throw invalid(name, 'the hash of a transaction');
  return { ...given, hash: solana ? hash : hash.toLowerCase() };
}
