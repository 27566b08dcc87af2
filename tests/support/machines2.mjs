// Operators of the second generation and their machines, made without the command.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import { newOperator } from './world.mjs';

const abi = parseAbi([
  'function ownerOf(uint256) view returns (address)',
  'function controllerOf(uint256) view returns (address)',
  'function getApproved(uint256) view returns (address)',
  'function isApprovedForAll(address, address) view returns (bool)',
  'function isOperatorPaused(uint256) view returns (bool)',
  'function authenticationOf(uint256) view returns (uint256[])',
  'function subscriptionStatus(uint256) view returns (uint8)',
  'function subscriptions(uint256) view returns ((uint8 tier, uint64 periodStart, uint64 periodEnd, uint256 bondedAmount, uint256 accumulatedPoints))',
  'function requiredPeaqAmount(uint8) view returns (uint256)',
  'function allowance(address, address) view returns (uint256)',
  'function getEventCount(uint256) view returns (uint256)',
]);

/** What a contract of the second generation answers. */
export async function read2(world, contract, functionName, ...args) {
  const data = encodeFunctionData({ abi, functionName, args });
  const answer = await world.rpc('eth_call', [{ to: world.addresses2[contract], data }, 'latest']);
  return decodeFunctionResult({ abi, functionName, args, data: answer });
}

/** The settings of the second generation for an operator. */
export const env2 = (world, operator) => ({ ...world.env({ generation: 2 }), PEAQOS_PRIVATE_KEY: operator.key });

/** A new operator: as newOperator() gives it, with settings of the second generation. */
export async function newOperator2(world, options) {
  const operator = await newOperator(world, options);
  return { ...operator, env: env2(world, operator) };
}

/** A machine of this account: its id in decimals. */
export async function newMachine2(world, owner, options = {}) {
  const credentialSubject = `0x${randomBytes(16).toString('hex')}`;
  return String(await world.control.generation2.activate(owner, { credentialSubject, ...options }));
}

/** A new operator and its machine. */
export async function operatorWithMachine2(world, options) {
  const operator = await newOperator2(world);
  return { ...operator, id: await newMachine2(world, operator.address, options) };
}

/** When the machine's period ends, Unix seconds. */
export const periodEnd = async (world, id) =>
  Number((await read2(world, 'MachineSubscription', 'subscriptions', BigInt(id))).periodEnd);
