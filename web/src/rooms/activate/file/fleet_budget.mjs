// One approval for all transactions of a file of machines: the steps of its activation, up to the sum that was shown.
// SPDX-License-Identifier: Apache-2.0
import { contractKey } from '../../../signing/contracts.mjs';
import { fleetLimit } from '../../../signing/fleet_limit.mjs';

// What each step may call, apart from sending coins to the machines for their own fees.
const steps = {
  fleet_gas: ['batchPrecompile'],
  fleet_register: ['batchPrecompile', 'identityRegistry'],
  fleet_mint: ['batchPrecompile', 'machineNft'],
  machine_did: ['batchPrecompile', 'didRegistry'],
  proxy_did: ['batchPrecompile', 'didRegistry'],
};

// Coins go to a machine by a transaction of their own where there is only one.
const isTopUp = ({ step, function: called }) => step === 'fleet_gas' && !called;

/** `ask(question)` asks the person, `contracts()` are whoami's; `answer(question)` asks only what was not agreed to. */
export function fleetBudget(ask, contracts) {
  let left = 0n;
  const isAgreed = (question) =>
    question.name === 'approve' &&
    (isTopUp(question) || (steps[question.step] ?? []).includes(contractKey(question.to, contracts())));
  return {
    async answer(question) {
      if (isAgreed(question)) {
        const cost = BigInt(question.value_wei) + BigInt(question.fee_wei);
        if (cost <= left) {
          left -= cost;
          return 'yes';
        }
      }
      const answer = await ask(question);
      if (question.name === 'activate_fleet' && answer === 'y') left = fleetLimit(question);
      return answer;
    },
  };
}
