// Wallets of the vault, and settings.
// SPDX-License-Identifier: Apache-2.0

/** A wallet of the vault; nothing in it is secret. */
export interface Wallet {
  id: string;
  name: string;
  /** RFC 3339. */
  created_at: string;
  key_type: 'mnemonic' | 'private_key';
  peaq_address: string | null;
  /** The accounts of the wallet's file, then EVM networks at the same address. */
  accounts: {
    /** CAIP-10. */
    account_id: string;
    address: string;
    /** CAIP-2. */
    chain_id: string;
    network: string;
    /** Empty in a private_key wallet. */
    derivation_path: string;
  }[];
}

export interface CreateWalletRequest {
  /** 1 to 128 characters. */
  name: string;
  /** Words of the mnemonic phrase: 12, when left out, or 24. */
  words?: 12 | 24;
  /** UTF-8 text, overwritten afterwards. OWS_PASSPHRASE, or the answer to `new_passphrase`, when left out. */
  passphrase?: Uint8Array;
}

/** Either a phrase or a key; all secrets are overwritten afterwards. */
export interface ImportWalletRequest {
  name: string;
  /** UTF-8 text: 12, 15, 18, 21 or 24 words. */
  mnemonic?: Uint8Array;
  /** Number of the account in the phrase's tree; 0 when left out. */
  index?: number;
  /** The 32 bytes of a secp256k1 key, or the text of 64 hexadecimal digits, with or without 0x. */
  privateKey?: Uint8Array;
  passphrase?: Uint8Array;
}

export interface Settings {
  /** The value is null for what is or may be secret. Empty ones are left out. */
  variables: { name: string; value: string | null }[];
  /** Numbers, from 1, of lines that cannot be read. */
  badLines: number[];
  /** Every variable that peaqos reads, set or not. */
  known: SettingInfo[];
}

/** What a variable is for. */
export interface SettingInfo {
  name: string;
  kind:
    | 'url'
    | 'network'
    | 'private-key'
    | 'wallet'
    | 'passphrase'
    | 'api-key'
    | 'webhook'
    | 'seconds'
    | 'coins'
    | 'address'
    | 'file'
    | 'deployment';
  /** Its value is never shown. */
  secret: boolean;
  /** Null if there is none, or if it depends on the network. */
  default: string | null;
  help: string;
}
