// Which NFT stands for a machine: the rating service does not tell, but peaqos.log remembers what was minted from here.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';
import { rowsOf } from '../events/journal.mjs';

export async function tokenOf(machineId) {
  const rows = rowsOf(await session.readFile('peaqos.log'));
  return rows.findLast((row) => row.step === 'mint_nft' && row.machine_id === machineId && row.token_id)?.token_id;
}
