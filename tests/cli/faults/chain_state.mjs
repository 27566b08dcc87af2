// What the chain and the Gas Station hold of an account, so that two ways to the same end can be compared.
// SPDX-License-Identifier: Apache-2.0
import {
  decodeFunctionResult,
  encodeFunctionData,
  hexToString,
  pad,
  parseAbi,
  stringToHex,
  toEventSelector,
} from 'viem';

const abi = parseAbi([
  'function machineIdOfOwner(address) view returns (uint256)',
  'function tokenIdOf(uint256) view returns (uint256)',
  'function readAttribute(address,bytes) view returns ((bytes name, bytes value, uint32 validity, uint256 created))',
]);

async function read(world, contract, functionName, args) {
  const data = encodeFunctionData({ abi, functionName, args });
  const result = await world.rpc('eth_call', [{ to: world.addresses[contract], data }, 'latest']);
  return decodeFunctionResult({ abi, functionName, data: result });
}

/** How many events of a kind there are with these indexed arguments. */
async function countLogs(world, contract, signature, ...topics) {
  const filter = { fromBlock: 'earliest', address: world.addresses[contract] };
  const words = topics.map((topic) => topic && pad(topic));
  return (await world.rpc('eth_getLogs', [{ ...filter, topics: [toEventSelector(signature), ...words] }])).length;
}

export const hexOf = (id) => `0x${BigInt(id).toString(16)}`;

export const machineIdOf = (world, address) => read(world, 'IdentityRegistry', 'machineIdOfOwner', [address]);

export async function attribute(world, address, name) {
  try {
    return hexToString((await read(world, 'Did', 'readAttribute', [address, stringToHex(name)])).value);
  } catch {
    return undefined;
  }
}

const changes = ['AddAttribute', 'UpdateAttribute'].map((name) => `${name}(address,address,bytes,bytes,uint32)`);

/** How often attributes of an account were written. */
export async function attributeWrites(world, address) {
  const counts = changes.map((signature) => countLogs(world, 'Did', signature, null, address));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count);
}

/** How many events of a machine there are. */
export const eventsOf = (world, machineId) =>
  countLogs(world, 'EventRegistry', 'EventSubmitted(uint256,uint256,uint8,uint256,string)', hexOf(machineId));

/** A machine: how often it was registered, minted and described; its DID, ids being replaced by whether they are its own. */
export async function machineState(world, address) {
  const id = await machineIdOf(world, address);
  const token = await read(world, 'MachineNFT', 'tokenIdOf', [id]);
  const names = ['machineId', 'nftTokenId', 'operator', 'documentation_url', 'data_api', 'data_visibility'];
  const did = {};
  for (const name of names) did[name] = await attribute(world, address, name);
  return {
    registrations: await countLogs(world, 'IdentityRegistry', 'Registered(uint256,string,address)', null, address),
    mints: await countLogs(world, 'MachineNFT', 'MachineMinted(uint256,uint256,address)', null, hexOf(id)),
    attributeWrites: await attributeWrites(world, address),
    did: { ...did, machineId: did.machineId === String(id), nftTokenId: did.nftTokenId === String(token) },
  };
}
