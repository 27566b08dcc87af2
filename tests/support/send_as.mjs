// Transactions of accounts whose keys the node does not hold.
// SPDX-License-Identifier: Apache-2.0
import { encodeFunctionData, toHex } from 'viem';
import { transact } from '../../devnet/src/transact.mjs';

/** Calls a contract (its name in `world.addresses`) as an account: the transaction's hash, once it is mined. */
export async function sendAs(world, from, contract, abi, functionName, args = [], value = 0n) {
  await world.rpc('anvil_impersonateAccount', [from]);
  const data = encodeFunctionData({ abi, functionName, args });
  const transaction = { from, to: world.addresses[contract], data, value: toHex(value), gas: '0x7a1200' };
  try {
    return (await transact(world.rpc, transaction, functionName)).transactionHash;
  } finally {
    await world.rpc('anvil_stopImpersonatingAccount', [from]);
  }
}
