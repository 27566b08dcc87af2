// Puts the contracts on a fresh chain and connects them.
// SPDX-License-Identifier: Apache-2.0
import { encodeFunctionData } from 'viem';
import { transact } from './transact.mjs';

const DID = '0x0000000000000000000000000000000000000800';
const BATCH = '0x0000000000000000000000000000000000000805';

// Returns {name: address}. `sender` is an account that the node holds the key of; it administers the contracts. Without
// `identities`, only what does not belong to the first generation is there.
export async function deploy(rpc, contracts, sender, identities = true) {
  const create = async (name) =>
    (await transact(rpc, { from: sender, data: contracts[name].bytecode }, name)).contractAddress;
  const call = (name, to, functionName, args) => {
    const data = encodeFunctionData({ abi: contracts[name].abi, functionName, args });
    return transact(rpc, { from: sender, to, data }, `${name}.${functionName}`);
  };

  const first = identities ? await deployIdentities(create, call) : {};
  const UsdToken = await create('UsdToken');
  const Escrow = await create('Escrow');
  await rpc('anvil_setCode', [DID, contracts.Did.runtime]);
  await rpc('anvil_setCode', [BATCH, contracts.Batch.runtime]);
  return { ...first, Did: DID, Batch: BATCH, UsdToken, Escrow };
}

async function deployIdentities(create, call) {
  const IdentityStaking = await create('IdentityStaking');
  const IdentityRegistry = await create('IdentityRegistry');
  const MachineNFT = await create('MachineNFT');
  const EventRegistry = await create('EventRegistry');
  await call('IdentityStaking', IdentityStaking, 'setRegistry', [IdentityRegistry]);
  await call('IdentityRegistry', IdentityRegistry, 'setStaking', [IdentityStaking]);
  await call('MachineNFT', MachineNFT, 'setRegistry', [IdentityRegistry]);
  await call('EventRegistry', EventRegistry, 'setContracts', [IdentityRegistry, IdentityStaking]);
  return { IdentityRegistry, IdentityStaking, EventRegistry, MachineNFT };
}
