// What an activation came to, whichever contracts it went to.
// SPDX-License-Identifier: Apache-2.0

/** {machineId, did, facts: [[label, text]]} of the result of activate. */
export function machineOf(result) {
  if (result.machineDid)
    return {
      machineId: result.machineId,
      did: result.machineDid,
      facts: [['NFT', `Token ${result.tokenId}`]],
    };
  const { machine_id: machineId, tier, period_end: end, status } = result;
  return {
    machineId,
    did: `did:peaq:${machineId}`,
    facts: [
      ['Subscription', tier],
      ['Paid until', end && new Date(Number(end) * 1000).toISOString().slice(0, 10)],
      ['Transaction', status === 'already_active' && 'None: it was active already'],
    ].filter(([, text]) => text),
  };
}
