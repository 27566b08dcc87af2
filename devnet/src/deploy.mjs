// Puts the contracts on a fresh chain and connects them.
// SPDX-License-Identifier: Apache-2.0
import { encodeFunctionData } from 'viem';

const DID = '0x0000000000000000000000000000000000000800';
const BATCH = '0x0000000000000000000000000000000000000805';

// Returns {name: address}. `sender` is an account that the node holds the key of; it administers the contracts.
export async function deploy(rpc, contracts, sender) {
  async function send(transaction) {
    const hash = await rpc('eth_sendTransaction', [{ from: sender, ...transaction }]);
    for (;;) {
      const receipt = await rpc('eth_getTransactionReceipt', [hash]);
      if (receipt?.status === '0x1') return receipt;
      if (receipt) throw new Error(`deployment transaction ${hash} reverted`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const create = async (name) => (await send({ data: contracts[name].bytecode })).contractAddress;
  const call = (name, to, functionName, args) =>
    send({ to, data: encodeFunctionData({ abi: contracts[name].abi, functionName, args }) });

  const IdentityStaking = await create('IdentityStaking');
  const IdentityRegistry = await create('IdentityRegistry');
  const MachineNFT = await create('MachineNFT');
  const EventRegistry = await create('EventRegistry');
  await call('IdentityStaking', IdentityStaking, 'setRegistry', [IdentityRegistry]);
  await call('IdentityRegistry', IdentityRegistry, 'setStaking', [IdentityStaking]);
  await call('MachineNFT', MachineNFT, 'setRegistry', [IdentityRegistry]);
  await call('EventRegistry', EventRegistry, 'setContracts', [IdentityRegistry, IdentityStaking]);
  await rpc('anvil_setCode', [DID, contracts.Did.runtime]);
  await rpc('anvil_setCode', [BATCH, contracts.Batch.runtime]);
  return { IdentityRegistry, IdentityStaking, EventRegistry, MachineNFT, Did: DID, Batch: BATCH };
}
