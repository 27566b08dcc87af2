// The simulation of each transaction of an activation meets every custom error of the contracts.
// SPDX-License-Identifier: Apache-2.0
import { toFunctionSelector } from 'viem';
import { contractErrors } from '../../support/contract_errors.mjs';
import { matrix } from './matrix.mjs';

/** The node's answer to a preparation, its simulation and its estimate being refused. */
const refusedWith =
  (signature) =>
  async ({ calls, forward, answer }) => {
    const { status, text } = await forward();
    const data = toFunctionSelector(signature) + '00'.repeat(96);
    const replies = JSON.parse(text).map(({ result, ...reply }, position) =>
      ['eth_call', 'eth_estimateGas'].includes(calls[position].method)
        ? { ...reply, error: { code: 3, message: 'execution reverted', data } }
        : { ...reply, result },
    );
    answer(status, JSON.stringify(replies));
  };

const faults = contractErrors.map(([signature, says]) => ({
  name: `it is refused with ${signature}`,
  says,
  spoil: refusedWith(signature),
}));

const ofPreparations = ({ calls }) => (calls.some(({ method }) => method === 'eth_estimateGas') ? faults : []);

await matrix(['activate proxy'], { faults: ofPreparations });
