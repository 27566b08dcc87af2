// The network and who signs on it.
// SPDX-License-Identifier: Apache-2.0

export interface WhoAmI {
  /** EIP-55 checksum address of the configured key. */
  address: string;
  /** The name of the wallet that signs; null when a private key does. */
  wallet: string | null;
  network: string;
  /** Without credentials. */
  rpcUrl: string;
  chainId: number;
  /** Without credentials. */
  mcrUrl: string;
  contracts: Record<
    'identityRegistry' | 'identityStaking' | 'eventRegistry' | 'machineNft' | 'didRegistry' | 'batchPrecompile',
    string
  >;
  deployment: { id: string; generation: 1 | 2; date: string | null; since: string };
}

export interface NetworkStatus {
  network: string;
  /** Without credentials. */
  rpcUrl: string;
  chainId: number;
  blockNumber: number;
  /** Unix seconds. */
  blockTime: number;
  /** Wei, as decimal text; when an account was asked for. */
  balance?: string;
}
