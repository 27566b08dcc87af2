// A devnet whose contracts of generation 2 stand where the record of peaq's mainnet has them, on a node that says it is
// that chain: only so can the reference of that generation be pointed at it, since its records are fixed.
// SPDX-License-Identifier: Apache-2.0
import { gunzipSync, gzipSync } from 'node:zlib';
import { startDevnet } from '@peaqos/devnet';
import { callsOf } from '../../devnet/src/calls.mjs';
import { compileContracts } from '../../devnet/src/compile.mjs';
import { control2 } from '../../devnet/src/control2.mjs';

const CHAIN = 3338;
const RECORD = {
  InfoDesk: '0x6C7426ada37212D94477Ac4CFcA43A38177D6A82',
  MachineRegistry: '0x64b93Cc29b251fAFa83BD110cDB1C24207f85536',
  MachineStateAndSync: '0xcD1917FB2a56459AcA34FDD118e08776dE0890f2',
  MachineSubscription: '0x9e37AD189c334C92e6B8a812Ca4c02f35Ac43895',
  CrossChainMirror: '0x71DCB313977d6884212395505f081a2991Bfe8E5',
  MachineBridgeAdapter: '0x791087c35484b567c53f392a624d2e4BaDcC53DF',
  SubscriptionTokenProvisionPool: '0x7088Cf400081428a41a4287B75AC633071c0e92A',
  EventRegistry2: '0xA1e7F1d7B24dAb55Dc92491e6d9B89F6E925Ad1e',
};

/**
 * Starts it: a world as startDevnet() gives it, whose `addresses2` and control are of the moved contracts. Addresses are
 * replaced wherever the node's state holds them: as accounts, in code and in storage.
 */
export async function startSecondWorld() {
  const world = await startDevnet({ chainId: CHAIN, generations: [2] });
  let state = gunzipSync(Buffer.from((await world.rpc('anvil_dumpState', [])).slice(2), 'hex')).toString('latin1');
  for (const [name, address] of Object.entries(RECORD)) {
    const from = world.addresses2[name].slice(2).toLowerCase();
    state = state.replaceAll(new RegExp(from, 'gi'), address.slice(2).toLowerCase());
  }
  await world.rpc('anvil_loadState', [`0x${gzipSync(Buffer.from(state, 'latin1')).toString('hex')}`]);
  Object.assign(world.addresses2, RECORD);
  const { rpc, addresses, addresses2 } = world;
  const parts = { rpc, contracts: compileContracts([1, 2]), addresses, addresses2 };
  const calls = callsOf({
    ...parts,
    addresses: { ...addresses, ...addresses2 },
    administrator: world.accounts.at(-1).address,
  });
  world.control.generation2 = control2({ ...parts, ...calls });
  return world;
}
