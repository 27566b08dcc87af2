// The Gas Station's money: who gets how much of it, each request once.
// SPDX-License-Identifier: Apache-2.0
import { parseEther, toHex } from 'viem';
import { transact } from '../transact.mjs';

const FAUCET = '0xFA0CE70000000000000000000000000000000001'; // has no key: the node acts for it
const FORTUNE = parseEther('1000000000');
const MINIMUM = parseEther('0.5');

// Returns pay({owner, wallet, requestId}), which answers a funding request whose sender is known. `settings()` are those
// of the Gas Station now, `refuse(code)` makes the error to throw.
export async function openFaucet(rpc, settings, refuse) {
  const requests = new Map(); // requestId -> 'running' or 'paid'; not there: it may be asked for (again)
  const given = new Map(); // 'owner 0x...' and 'wallet 0x...' -> wei, transfers under way among them
  await rpc('anvil_impersonateAccount', [FAUCET]);
  await rpc('anvil_setBalance', [FAUCET, toHex(FORTUNE)]);

  // Takes the amount from both allowances at once, so that requests side by side cannot exceed them; gives it back
  // when nothing came of it.
  function reserve(owner, wallet, amount) {
    const { capPerOwner, capPerWallet } = settings();
    const sum = (key) => given.get(key) ?? 0n;
    const keys = [`owner ${owner}`, `wallet ${wallet}`];
    if (sum(keys[0]) + amount > capPerOwner) throw refuse('CAP_EXCEEDED_OWNER');
    if (sum(keys[1]) + amount > capPerWallet) throw refuse('CAP_EXCEEDED_WALLET');
    for (const key of keys) given.set(key, sum(key) + amount);
    return () => keys.forEach((key) => given.set(key, sum(key) - amount));
  }

  async function transfer(wallet, amount) {
    await new Promise((resolve) => setTimeout(resolve, settings().delayMs));
    if (settings().transferFails) throw refuse('TRANSFER_FAILED');
    try {
      return await transact(rpc, { from: FAUCET, to: wallet, value: toHex(amount) }, 'funding');
    } catch {
      throw refuse('TRANSFER_FAILED');
    }
  }

  async function answer(owner, wallet) {
    const { amount } = settings();
    const balance = BigInt(await rpc('eth_getBalance', [wallet, 'latest']));
    if (balance >= MINIMUM) {
      const data = { currentBalance: String(balance), minGasBalance: String(MINIMUM) };
      return { status: 'skipped', code: 'SUFFICIENT_BALANCE', data };
    }
    const giveBack = reserve(owner, wallet, amount);
    try {
      const { transactionHash } = await transfer(wallet, amount);
      return { status: 'success', code: 'SUCCESS', data: { txHash: transactionHash, fundedAmount: String(amount) } };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  return async function pay({ owner, wallet, requestId }) {
    const state = requests.get(requestId);
    if (state) throw refuse(state === 'paid' ? 'REQUEST_ALREADY_PROCESSED' : 'DUPLICATE_REQUEST');
    requests.set(requestId, 'running'); // before anything is waited for
    let paid = false;
    try {
      const made = await answer(owner, wallet);
      paid = made.code === 'SUCCESS';
      return made;
    } finally {
      if (paid) requests.set(requestId, 'paid');
      else requests.delete(requestId);
    }
  };
}
