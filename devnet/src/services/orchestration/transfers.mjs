// Payments on the devnet's chain: finds the token transfer that a transaction made, and gives each away once.
// SPDX-License-Identifier: Apache-2.0
import { decodeEventLog } from 'viem';
import { refuse } from './errors.mjs';

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

export function openTransfers({ switches, rpc, abi }) {
  const used = new Map(); // 'transaction log' -> order

  async function receiptOf(hash) {
    const { chainNode } = switches.settings;
    if (chainNode === 'missing') throw refuse('PAYMENT_RPC_REQUIRED');
    try {
      if (chainNode === 'down') throw new Error('the node is switched off');
      return await rpc('eth_getTransactionReceipt', [hash]);
    } catch (error) {
      throw refuse('PAYMENT_RPC_ERROR', { message: `the node did not answer: ${error.message}` });
    }
  }

  function transferOf(log) {
    try {
      const { eventName, args } = decodeEventLog({ abi, topics: log.topics, data: log.data });
      return eventName === 'Transfer' ? args : undefined;
    } catch {
      return undefined; // another contract's event
    }
  }

  const fits = (log, { token, from, to, value }) => {
    const made = same(log.address, token) && transferOf(log);
    return made && same(made.from, from) && same(made.to, to) && made.value === value;
  };

  // Takes the transfer {token, from, to, value} out of a transaction for an order, or refuses. Returns what gives it back.
  async function claim(hash, wanted, orderId) {
    const receipt = await receiptOf(hash);
    if (!receipt) throw refuse('PAYMENT_NOT_MINED', { message: `the transaction ${hash} is not mined yet` });
    if (receipt.status !== '0x1')
      throw refuse('PAYMENT_TX_FAILED', { message: `the transaction ${hash} failed on the chain` });
    const fitting = receipt.logs
      .filter((log) => fits(log, wanted))
      .map((log) => `${log.transactionHash} ${log.logIndex}`);
    const key = fitting.find((one) => [undefined, orderId].includes(used.get(one)));
    if (!key) {
      const { token, from, to, value } = wanted;
      const what = `a transfer of ${value} units of ${token} from ${from} to ${to}`;
      const message = fitting.length
        ? `the transfer in ${hash} pays another order already`
        : `${hash} does not make ${what}`;
      throw refuse('PAYMENT_TRANSFER_NOT_FOUND', { message, details: { ...wanted, value: String(value) } });
    }
    used.set(key, orderId);
    return () => used.delete(key);
  }

  return { claim };
}
