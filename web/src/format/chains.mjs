// The chains that peaqOS and payments use, by their EIP-155 ids: names, and public explorers.
// SPDX-License-Identifier: Apache-2.0

const chains = {
  1: { name: 'Ethereum', explorer: 'https://etherscan.io' },
  10: { name: 'Optimism', explorer: 'https://optimistic.etherscan.io' },
  137: { name: 'Polygon', explorer: 'https://polygonscan.com' },
  3338: { name: 'peaq mainnet', explorer: 'https://peaq.subscan.io' },
  8453: { name: 'Base', explorer: 'https://basescan.org' },
  9990: { name: 'agung testnet', explorer: 'https://agung-testnet.subscan.io', test: true },
  42161: { name: 'Arbitrum', explorer: 'https://arbiscan.io' },
};

/** "peaq mainnet (3338)", "chain 31337". */
export const chainName = (id) => (chains[id] ? `${chains[id].name} (${id})` : `chain ${id}`);

/** Where a transaction can be looked at, or undefined where no public explorer is known. */
export const explorerUrl = (id, hash) => chains[id] && `${chains[id].explorer}/tx/${hash}`;

/** Whether a chain's coins are worth money: false for test networks and chains that are not known here. */
export const isReal = (id) => Boolean(chains[id] && !chains[id].test);
