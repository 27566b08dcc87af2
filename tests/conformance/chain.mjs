// What a transaction means and what a chain holds, in names instead of bytes.
// SPDX-License-Identifier: Apache-2.0
import {
  decodeFunctionData,
  decodeFunctionResult,
  encodeFunctionData,
  hexToString,
  parseTransaction,
  recoverTransactionAddress,
} from 'viem';
import { actors, contracts, hex } from './worlds.mjs';

const nameOf = (address, world) => {
  const same = (other) => other.toLowerCase() === address?.toLowerCase();
  return (
    Object.keys(world.addresses).find((name) => same(world.addresses[name])) ??
    Object.keys(actors).find((name) => same(world.accounts[actors[name]].address)) ??
    address
  );
};

/** One line: who calls what with what. */
export async function transactionOf(raw, world) {
  const { to, value = 0n, data } = parseTransaction(raw);
  const from = await recoverTransactionAddress({ serializedTransaction: raw });
  return `${nameOf(from, world)}: ${callOf(to, data, world)}${value ? ` with ${value} wei` : ''}`;
}

function callOf(to, data, world) {
  const name = nameOf(to, world);
  if (!data || !contracts[name]) return `${name}(${data ?? ''})`;
  const { functionName, args = [] } = decodeFunctionData({ abi: contracts[name].abi, data });
  if (name === 'Batch') {
    const [targets, values, calls, limits] = args;
    const inner = targets.map((target, index) => callOf(target, calls[index], world)).join('; ');
    return `Batch.${functionName}(${inner}) values [${values}] limits [${limits}]`;
  }
  const texts = args.map((value, index) => argument(name, value, index, world));
  return `${name}.${functionName}(${texts.join(', ')})`;
}

function argument(name, value, index, world) {
  if (name === 'Did' && (index === 1 || index === 2)) return JSON.stringify(hexToString(value));
  return typeof value === 'string' && value.length === 42 ? nameOf(value, world) : String(value);
}

const attributes = [
  'machineId',
  'nftTokenId',
  'operator',
  'documentation_url',
  'data_api',
  'data_visibility',
  'machines',
];

/** {machines, tokens, attributes, events}: everything that a command may change, of the accounts it may act for. */
export async function stateOf(world) {
  const read = async (name, functionName, args) => {
    const { abi } = contracts[name];
    const data = encodeFunctionData({ abi, functionName, args });
    const result = await world.rpc('eth_call', [{ to: world.addresses[name], data }, 'latest']);
    return decodeFunctionResult({ abi, functionName, data: result });
  };
  const state = {};
  const count = await read('IdentityRegistry', 'totalMachines', []);
  for (let id = 1n; id <= count; ++id) {
    const token = await read('MachineNFT', 'tokenIdOf', [id]);
    state[`machine ${id}`] = [
      `owner ${nameOf(await read('IdentityRegistry', 'ownerOf', [id]), world)}`,
      `operator ${nameOf(await read('IdentityRegistry', 'operatorOf', [id]), world)}`,
      `bond ${await read('IdentityStaking', 'getStake', [id])}`,
    ].join(', ');
    if (token)
      state[`token of machine ${id}`] = `${token} of ${nameOf(await read('MachineNFT', 'ownerOf', [token]), world)}`;
    const events = await read('EventRegistry', 'getEvents', [id, 0n, 100n]);
    events.forEach((event, index) => (state[`event ${id}/${index}`] = Object.values(event).map(String).join(' ')));
  }
  for (const name of ['operator', 'machine', 'second']) {
    for (const attribute of attributes) {
      const account = world.accounts[actors[name]].address;
      const value = await read('Did', 'readAttribute', [account, hex(attribute)]).catch(() => undefined);
      if (value) state[`${name} DID ${attribute}`] = `${hexToString(value.value)} (validity ${value.validity})`;
    }
  }
  return state;
}
