// Transactions of accounts whose keys the node holds.
// SPDX-License-Identifier: Apache-2.0
import { openQueues } from './queues.mjs';

const queues = new WeakMap(); // node -> queues of its accounts

// One after the other: the node gives the same nonce to two that it gets at once.
function send(rpc, transaction) {
  if (!queues.has(rpc)) queues.set(rpc, openQueues());
  return queues.get(rpc)(transaction.from.toLowerCase(), () => rpc('eth_sendTransaction', [transaction]));
}

// Sends one and waits until it is mined: its receipt. When it reverted, throws an error named by `what`, whose `data` are
// the revert data.
export async function transact(rpc, transaction, what) {
  const hash = await send(rpc, transaction);
  for (;;) {
    const receipt = await rpc('eth_getTransactionReceipt', [hash]);
    if (receipt?.status === '0x1') return receipt;
    if (receipt) throw await failure(rpc, transaction, receipt, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// Sends many at once, mined together in as few blocks as they fit in. Each has its own `nonce` and `gas`. Throws when one
// reverted. With `automatic` false the node mines by time, and is waited for.
export async function transactTogether(rpc, transactions, what, automatic = true) {
  if (automatic) await rpc('evm_setAutomine', [false]);
  try {
    const hashes = await Promise.all(transactions.map((transaction) => rpc('eth_sendTransaction', [transaction])));
    for (const hash of hashes) {
      let receipt;
      while (!(receipt = await rpc('eth_getTransactionReceipt', [hash]))) {
        if (automatic) await rpc('evm_mine');
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (receipt.status !== '0x1') throw new Error(`${what}: transaction ${hash} was mined but reverted`);
    }
  } finally {
    if (automatic) await rpc('evm_setAutomine', [true]);
  }
}

// A receipt has no reason: the call is made again on the state that the transaction met, or nearly, if others were mined
// with it.
async function failure(rpc, transaction, { transactionHash, blockNumber }, what) {
  const before = `0x${(BigInt(blockNumber) - 1n).toString(16)}`;
  const cause = await rpc('eth_call', [transaction, before]).then(
    () => undefined,
    (error) => error,
  );
  const reason = cause ? `: ${cause.message}` : '';
  const message = `${what}: transaction ${transactionHash} was mined but reverted${reason}`;
  return Object.assign(new Error(message), { data: cause?.data });
}
