// One approval for all transactions of a file of events: calls that record events, up to the fees that were shown.
// SPDX-License-Identifier: Apache-2.0
import { feeLimit } from '../../../signing/agreed_calls.mjs';

const steps = ['submit_events', 'submit_event'];

/** What fees may come to at most: a transaction may cost more than was expected when it was shown. */
export const ceilingOf = ({ fee_wei: fee }) => feeLimit(fee);

/** `ask(question)` asks the person; `answer(question)` asks only what was not agreed to. */
export function feeBudget(ask) {
  let left = 0n;
  return {
    async answer(question) {
      const fee = BigInt(question.fee_wei ?? 0);
      if (question.name === 'approve' && steps.includes(question.step) && BigInt(question.value_wei) === 0n) {
        if (fee <= left) {
          left -= fee;
          return 'yes';
        }
      }
      const answer = await ask(question);
      if (question.name === 'send_events' && answer === 'y') left = ceilingOf(question);
      return answer;
    },
  };
}
