// Where a public network's transactions can be looked at by anybody.
// SPDX-License-Identifier: Apache-2.0

const explorers = {
  mainnet: 'https://peaq.subscan.io/tx/',
  testnet: 'https://agung-testnet.subscan.io/tx/',
};

/** The address of a transaction at the network's explorer; undefined for a network without one. */
export const explorerUrl = (network, hash) => explorers[network] && `${explorers[network]}${hash}`;
