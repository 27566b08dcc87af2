// Calls of the world's contracts by name: reads, and writes of the administrator.
// SPDX-License-Identifier: Apache-2.0
import { decodeFunctionResult, encodeFunctionData, toHex } from 'viem';
import { transact } from './transact.mjs';

export function callsOf({ rpc, contracts, addresses, administrator }) {
  async function read(contract, functionName, args = []) {
    const { abi } = contracts[contract];
    const data = encodeFunctionData({ abi, functionName, args });
    const result = await rpc('eth_call', [{ to: addresses[contract], data }, 'latest']);
    return decodeFunctionResult({ abi, functionName, data: result });
  }
  // Sends as the administrator, or as another account whose key the node holds, and waits until that is mined: the
  // receipt. Throws when the contract refused, the error's `data` being what it answered.
  async function send(contract, functionName, args = [], { from = administrator, value = 0n } = {}) {
    const data = encodeFunctionData({ abi: contracts[contract].abi, functionName, args });
    const transaction = { from, to: addresses[contract], data, value: toHex(value) };
    return transact(rpc, transaction, `${contract}.${functionName}`);
  }
  return { read, send };
}
