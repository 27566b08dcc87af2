// What the chain knows of a machine that an identity reference names.
// SPDX-License-Identifier: Apache-2.0
import { getAddress, zeroAddress } from 'viem';
import { invalid } from './checks.mjs';
import { refuse } from './errors.mjs';

const ADDRESS_DID = /^did:peaq:(0x[0-9a-fA-F]{40})$/;
const DECIMAL_DID = /^did:peaq:([1-9][0-9]{0,77})$/;
const NUMBER = /^peaqos:machine:([1-9][0-9]{0,77})$/;

// Numbers of the first generation count machines; ids of the second are hashes, which none of 18 digits is.
const FIRST_ID_2 = 10n ** 18n;

// `has`: {first, second}, the generations that are on the chain.
export function openIdentities(read, has) {
  const isSecond = (id) => id >= FIRST_ID_2;

  async function machineIdOf(reference) {
    const [, account] = ADDRESS_DID.exec(reference) ?? [];
    if (account) return has.first ? read('IdentityRegistry', 'machineIdOfOwner', [getAddress(account)]) : 0n;
    const [, decimal] = DECIMAL_DID.exec(reference) ?? [];
    const [, number = decimal] = NUMBER.exec(reference) ?? [];
    if (!number && !reference.startsWith('peaqos:machine:'))
      throw invalid('identityRef', 'did:peaq:0x..., did:peaq:<machine id> or peaqos:machine:...');
    const id = BigInt(number ?? 0);
    return id < 2n ** 256n && (isSecond(id) || !decimal) ? known(id) : 0n;
  }

  async function known(id) {
    if (isSecond(id)) return has.second && (await holderOf(id)) ? id : 0n;
    return has.first && (await read('IdentityRegistry', 'machineExists', [id])) ? id : 0n;
  }

  // Who owns a machine of the second generation; undefined where there is none.
  const holderOf = (id) => read('MachineRegistry', 'ownerOf', [id]).catch(() => undefined);

  // {machineId, controllers}: its number on the chain, and the accounts that may speak for it.
  async function resolve(reference) {
    const machineId = await machineIdOf(reference);
    if (machineId === 0n) throw refuse('PEAQOS_IDENTITY_UNAVAILABLE');
    const [owner, other] = isSecond(machineId)
      ? [await holderOf(machineId), await read('MachineRegistry', 'controllerOf', [machineId])]
      : [
          await read('IdentityRegistry', 'ownerOf', [machineId]),
          await read('IdentityRegistry', 'operatorOf', [machineId]),
        ];
    const controllers = [...new Set([owner, other])].filter((account) => account !== zeroAddress);
    return { machineId, controllers };
  }

  async function missing(id) {
    if (isSecond(id)) {
      const status = await read('MachineSubscription', 'subscriptionStatus', [id]);
      return status !== 1 && status !== 2 && 'it has no running subscription';
    }
    if (await read('IdentityRegistry', 'isDeactivated', [id])) return 'it is deactivated';
    if (!(await read('IdentityStaking', 'isStaked', [id]))) return 'it has no bond';
    return (await read('MachineNFT', 'tokenIdOf', [id])) === 0n && 'its NFT is not minted';
  }

  async function requireActivated(machineId) {
    const why = await missing(machineId);
    if (why) throw refuse('MACHINE_NOT_ACTIVATED', { message: `the machine is not activated on the chain: ${why}` });
  }

  return { resolve, requireActivated };
}
