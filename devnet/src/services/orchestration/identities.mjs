// What the chain knows of a machine that an identity reference names.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, zeroAddress } from 'viem';
import { invalid } from './checks.mjs';
import { refuse } from './errors.mjs';

const DID = /^did:peaq:(0x[0-9a-fA-F]{40})$/;
const NUMBER = /^peaqos:machine:([1-9][0-9]{0,17})$/;

export function openIdentities(read) {
  async function machineIdOf(reference) {
    const [, account] = DID.exec(reference) ?? [];
    if (account) return read('IdentityRegistry', 'machineIdOfOwner', [getAddress(account)]);
    const [, number] = NUMBER.exec(reference) ?? [];
    if (!number && !reference.startsWith('peaqos:machine:'))
      throw invalid('identityRef', 'did:peaq:0x... or peaqos:machine:...');
    const known = number && (await read('IdentityRegistry', 'machineExists', [BigInt(number)]));
    return known ? BigInt(number) : 0n;
  }

  // {machineId, controllers}: its number on the chain, and the accounts that may speak for it.
  async function resolve(reference) {
    const machineId = await machineIdOf(reference);
    if (machineId === 0n) throw refuse('PEAQOS_IDENTITY_UNAVAILABLE');
    const owner = await read('IdentityRegistry', 'ownerOf', [machineId]);
    const operator = await read('IdentityRegistry', 'operatorOf', [machineId]);
    const controllers = [...new Set([owner, operator])].filter((account) => account !== zeroAddress);
    return { machineId, controllers };
  }

  async function requireActivated(machineId) {
    const missing = async () => {
      if (await read('IdentityRegistry', 'isDeactivated', [machineId])) return 'it is deactivated';
      if (!(await read('IdentityStaking', 'isStaked', [machineId]))) return 'it has no bond';
      return (await read('MachineNFT', 'tokenIdOf', [machineId])) === 0n && 'its NFT is not minted';
    };
    const why = await missing();
    if (why) throw refuse('MACHINE_NOT_ACTIVATED', { message: `the machine is not activated on the chain: ${why}` });
  }

  return { resolve, requireActivated };
}
