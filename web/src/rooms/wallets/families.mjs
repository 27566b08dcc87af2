// The accounts of a wallet by family of chains: one row for all EVM chains, whose address is the same.
// SPDX-License-Identifier: Apache-2.0

const titles = {
  peaq: 'peaq',
  ethereum: 'Ethereum',
  base: 'Base',
  polygon: 'Polygon',
  arbitrum: 'Arbitrum',
  optimism: 'Optimism',
  solana: 'Solana',
  bitcoin: 'Bitcoin',
  cosmos: 'Cosmos',
  tron: 'Tron',
  ton: 'TON',
  spark: 'Spark',
  filecoin: 'Filecoin',
  sui: 'Sui',
  ripple: 'XRP Ledger',
  nano: 'Nano',
  near: 'NEAR',
};

const evm = ({ chain_id: chain }) => chain.startsWith('eip155:');
const titleOf = ({ network }) => titles[network] ?? network;

/** [{title, also, address, path}] of showWallet's accounts, peaq's family first. */
export function familiesOf(accounts) {
  const ours = accounts.filter(evm);
  const shared = ours.filter(({ address }) => address === ours[0].address);
  const rest = accounts.filter((account) => !shared.includes(account));
  const row = (account) => ({ title: titleOf(account), address: account.address, path: account.derivation_path });
  if (shared.length === 0) return rest.map(row);
  const peaq = shared.find(({ network }) => network === 'peaq') ?? shared[0];
  const also = shared.filter((account) => account !== peaq).map(titleOf);
  return [{ ...row(peaq), also }, ...rest.map(row)];
}
