// Block explorers of public networks.
// SPDX-License-Identifier: Apache-2.0

const explorers = {
  mainnet: 'https://peaq.subscan.io/tx/',
  testnet: 'https://agung-testnet.subscan.io/tx/',
};

/** Returns the explorer's URL of a transaction, or undefined for a network without an explorer. */
export const explorerUrl = (network, hash) => explorers[network] && `${explorers[network]}${hash}`;
