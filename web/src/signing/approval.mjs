// How far one approval of an activation goes: the calls that its plan named, and the sum that was shown for them.
// SPDX-License-Identifier: Apache-2.0
import { contractKey } from './contracts.mjs';

// What each step of a plan may call: the function and the contract.
const calls = {
  register: [
    ['register()', 'identityRegistry'],
    ['registerFor(address)', 'identityRegistry'],
  ],
  mint: [['mint(uint256,address)', 'machineNft']],
  machine_did: [['batchAll(address[],uint256[],bytes[],uint64[])', 'batchPrecompile']],
  proxy_did: [['batchAll(address[],uint256[],bytes[],uint64[])', 'batchPrecompile']],
};
const rowOf = { mint: 'mint_nft' }; // the question's `step` where it is not the plan's own name

const costOf = (asked) => BigInt(asked.value_wei) + BigInt(asked.fee_wei);

const stepsAfter = (plan, asked) => {
  const due = plan.steps.filter(({ name, state }) => state === 'due' && name in calls);
  const at = due.findIndex(({ name }) => (rowOf[name] ?? name) === asked.step);
  return { own: due[at], rest: at < 0 ? [] : due.slice(at + 1) };
};

/**
 * What the rest of a run costs at most, judged by the first transaction: a plan has today's gas price, a transaction the
 * highest one that it allows, so the planned fees are raised in the same proportion. Undefined when the plan does not have
 * this transaction. `plan` is an answer of planActivation.
 */
export function restOf(plan, asked) {
  const { own, rest } = plan ? stepsAfter(plan, asked) : { rest: [] };
  if (!own || BigInt(own.feeWei) === 0n || rest.length === 0) return undefined;
  const [fee, planned] = [BigInt(asked.fee_wei), BigInt(own.feeWei)];
  const raised = (wei) => (BigInt(wei) * (fee > planned ? fee : planned) + planned - 1n) / planned;
  const wei = rest.reduce((sum, { valueWei, feeWei }) => sum + BigInt(valueWei) + raised(feeWei), 0n);
  return { names: rest.map(({ name }) => name), wei };
}

/** An approval of `rest` (of restOf). `covers(asked)` is true as long as the sum lasts, which it then subtracts from. */
export function approvalOf(rest, contracts) {
  let left = rest.wei;
  const allowed = (asked) =>
    rest.names.some(
      (name) =>
        (rowOf[name] ?? name) === asked.step &&
        calls[name].some(([call, key]) => call === asked.function && contractKey(asked.to, contracts) === key),
    );
  return {
    covers(asked) {
      const cost = costOf(asked);
      if (!allowed(asked) || cost > left) return false;
      left -= cost;
      return true;
    },
  };
}
