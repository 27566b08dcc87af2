// Puts the contracts of the second generation on a chain, in one block, at addresses that are the same in every world.
// SPDX-License-Identifier: Apache-2.0
import { encodeAbiParameters, getContractAddress, keccak256, stringToHex, toHex } from 'viem';
import { transactTogether } from './transact.mjs';

export const PEAQ_TOKEN = '0x0000000000000000000000000000000000000809';

// Creates the contracts and has no key: the node acts for it. An address follows from it and from a place in `roles`.
const DEPLOYER = '0xDE90000000000000000000000000000000000002';
const FORTUNE = 10n ** 21n;

// Contract -> the name that the InfoDesk knows it by, if it does.
const roles = {
  InfoDesk: null,
  MachineRegistry: 'MACHINE_REGISTRY',
  MachineStateAndSync: 'MACHINE_STATE_AND_SYNC',
  MachineSubscription: 'MACHINE_SUBSCRIPTION',
  CrossChainMirror: 'CROSS_CHAIN_MIRROR',
  MachineBridgeAdapter: 'MACHINE_BRIDGE_ADAPTER',
  SubscriptionTokenProvisionPool: 'SUBSCRIPTION_TOKEN_PROVISION_POOL',
  EventRegistry2: null,
  PriceOracle: 'PRICE_ORACLE',
};
const names = Object.keys(roles);

/** {name: address}: where the contracts of the second generation are, in any world that has them. */
export const addresses2 = Object.fromEntries(
  names.map((name, place) => [name, getContractAddress({ from: DEPLOYER, nonce: BigInt(place) })]),
);
addresses2.PeaqToken = PEAQ_TOKEN;

/** The key of a role in the InfoDesk. */
export const peerKey = (role) => keccak256(stringToHex(role));

/** Role -> the contract that the InfoDesk names when all is well. */
export const peers = Object.fromEntries(names.filter((name) => roles[name]).map((name) => [roles[name], name]));

// `administrator` owns the contracts.
export async function deploy2(rpc, contracts, administrator) {
  await placeToken(rpc, contracts.PeaqToken.runtime, administrator);
  await rpc('anvil_impersonateAccount', [DEPLOYER]);
  await rpc('anvil_setBalance', [DEPLOYER, toHex(FORTUNE)]);
  const transactions = names.map((name, place) => ({
    from: DEPLOYER,
    data: contracts[name].bytecode + argumentsOf(name, administrator).slice(2),
    nonce: toHex(place),
    gas: toHex(6_000_000),
  }));
  await transactTogether(rpc, transactions, 'deployment');
  return addresses2;
}

function argumentsOf(name, administrator) {
  const [address, list] = [{ type: 'address' }, (type) => ({ type: `${type}[]` })];
  if (name !== 'InfoDesk') return encodeAbiParameters([address, address], [addresses2.InfoDesk, administrator]);
  const keys = Object.keys(peers).map(peerKey);
  const places = Object.values(peers).map((contract) => addresses2[contract]);
  return encodeAbiParameters(
    [address, address, list('bytes32'), list('address')],
    [administrator, PEAQ_TOKEN, keys, places],
  );
}

// Its code has no constructor: slot 0 is the administrator (contracts/Administered.sol).
async function placeToken(rpc, runtime, administrator) {
  await rpc('anvil_setCode', [PEAQ_TOKEN, runtime]);
  const word = `0x${administrator.slice(2).padStart(64, '0')}`;
  await rpc('anvil_setStorageAt', [PEAQ_TOKEN, `0x${'0'.repeat(64)}`, word]);
}
