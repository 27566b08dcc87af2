// The contracts that peaqOS is deployed with, by the names that whoami gives them.
// SPDX-License-Identifier: Apache-2.0

const names = {
  identityRegistry: 'peaqOS identity registry',
  identityStaking: 'peaqOS staking',
  eventRegistry: 'peaqOS event registry',
  machineNft: 'peaqOS machine NFT',
  didRegistry: 'peaq DID precompile',
  batchPrecompile: 'peaq batch precompile',
  infoDesk: 'peaqOS info desk',
  machineRegistry: 'peaqOS machine registry',
  machineSubscription: 'peaqOS subscriptions',
  machineStateAndSync: 'peaqOS machine state',
  crossChainMirror: 'peaqOS cross-chain mirror',
  machineBridgeAdapter: 'peaqOS bridge adapter',
  provisionPool: 'peaqOS provision pool',
};

const same = (a, b) => a.toLowerCase() === b.toLowerCase();

/** The key of a contract of the network (whoami's `contracts`), or undefined. */
export const contractKey = (address, contracts = {}) =>
  Object.keys(names).find((key) => contracts[key] && same(contracts[key], address));

/** The contract's name for people, or undefined for one that the network does not name. */
export const contractName = (address, contracts) => names[contractKey(address, contracts)];
