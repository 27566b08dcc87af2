// How far one approval goes where a plan was agreed to: the calls that it named, each once, and a limit for their fees.
// SPDX-License-Identifier: Apache-2.0

const same = (a = '', b = '') => a.toLowerCase() === b.toLowerCase();

/**
 * `calls`: [{step, function (its name and argument types), to, fits(arguments by name)}]; `fees`: the most that they may
 * cost together, in wei. `covers(asked)` is true for a question "approve" about one of them that sends no coins, which
 * is then used up.
 */
export function agreedCalls({ calls, fees }) {
  const open = [...calls];
  let left = fees;
  const isThis = (asked, given) => (call) =>
    call.step === asked.step && call.function === asked.function && same(call.to, asked.to) && call.fits(given);
  return {
    covers(asked) {
      const fee = BigInt(asked.fee_wei);
      const at = open.findIndex(isThis(asked, Object.fromEntries(asked.arguments)));
      if (at < 0 || BigInt(asked.value_wei) !== 0n || fee > left) return false;
      open.splice(at, 1);
      left -= fee;
      return true;
    },
  };
}

const tokenApproval = ({ token, spender, most }) => ({
  step: 'approve_token',
  function: 'approve(address,uint256)',
  to: token,
  fits: (given) => same(given.spender, spender) && BigInt(given.amount) <= BigInt(most),
});

// The PEAQ token of every peaq network: the native coin as an ERC-20.
const peaqToken = '0x0000000000000000000000000000000000000809';

/** What a shown fee may come to: the price of gas moves between the plan and the signature. */
export const feeLimit = (wei) => 2n * BigInt(wei);

/** Of the question "confirm_activation" and the contracts of whoami. */
export const agreedActivation = (plan, contracts = {}) =>
  agreedCalls({
    fees: feeLimit(plan.fees),
    calls: [
      tokenApproval({
        token: plan.peaq_token ?? peaqToken,
        spender: contracts.machineSubscription,
        most: plan.net_peaq_amount,
      }),
      {
        step: 'activate',
        function:
          'activateMachine((string,address,(string,string,address,string)[],uint256[],(string,string,string)[]),string,bytes,address,uint8)',
        to: contracts.machineStateAndSync,
        fits: (given) =>
          given.machineType === plan.machine_type &&
          given.tier === plan.tier &&
          same(given.controller, plan.controller) &&
          same(given.manufacturer, plan.manufacturer),
      },
    ],
  });

/** Of the question "agree" of a renewal, {machine_ids, net_wei, fee_wei}, and the contracts of whoami. */
export const agreedRenewals = (plan, { machineSubscription } = {}) =>
  agreedCalls({
    fees: feeLimit(plan.fee_wei),
    calls: [
      tokenApproval({ token: peaqToken, spender: machineSubscription, most: plan.net_wei }),
      ...plan.machine_ids.map((id) => ({
        step: 'machine_action',
        function: 'renew(uint256)',
        to: machineSubscription,
        fits: ({ machineId }) => String(machineId) === id,
      })),
    ],
  });
