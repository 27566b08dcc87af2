// Types of @peaqos/core. SPDX-License-Identifier: Apache-2.0

/** What kind of trouble an error is; a command line ends with 1, 2, 3 or 130 for it. */
export type ErrorKind = 'input' | 'network' | 'configuration' | 'interrupted';

/** The one error that operations reject with. Its texts hold no secret. */
export class PeaqosError extends Error {
  readonly name: 'PeaqosError';
  readonly kind: ErrorKind;
  /** Stable word for programs, e.g. "INSUFFICIENT_FUNDS", or a contract's error, e.g. "MachineNotBonded". */
  readonly code: string;
  /** What to do next; may be empty. */
  readonly hint: string;
}

type OrPromise<T> = T | Promise<T>;

/**
 * What the core is lent. Members that are left out take a default: in Node the process's own; in a browser an empty
 * environment, no files and no output.
 */
export interface Host {
  /** Variables such as PEAQOS_RPC_URL and PEAQOS_PRIVATE_KEY. */
  env?: Record<string, string | undefined>;
  /** Milliseconds since 1970, as Date.now. */
  now?: () => number;
  sleep?: (milliseconds: number) => Promise<void>;
  /** Fills with cryptographic randomness. */
  randomFill?: (bytes: Uint8Array) => void;
  /** A whole file of at most `limit` bytes. Throws an error whose `failure` says why it cannot. */
  readFile?: (path: string, limit: number) => OrPromise<Uint8Array>;
  /** Appends durably; a new file gets `mode`. Throws as readFile does. */
  appendFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** Puts a file into place, whole or not at all. Throws as readFile does. */
  replaceFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** The permission bits of what a path names; 0o600 when left out. */
  fileMode?: (path: string) => OrPromise<number>;
  /**
   * The vault's files, below `${env.HOME}/.ows`; paths are joined with '/'. None of these follows a symbolic link in a
   * path's last part or waits for a pipe: such a file fails as 'not-a-file'. All throw as readFile does.
   */
  /** A whole regular file of at most `limit` bytes. */
  readRegularFile?: (path: string, limit: number) => OrPromise<Uint8Array>;
  /** The names in a folder, without '.' and '..', in any order. A folder that is not there is 'missing'. */
  listFolder?: (path: string) => OrPromise<string[]>;
  /**
   * Makes a folder that only its owner may enter (mode 0700), or makes one that is there so; its parent is there.
   * Whether an existing one was open to others; false in a host without modes.
   */
  makePrivateFolder?: (path: string) => OrPromise<boolean>;
  /** Makes a file that was not there: of two calls at once one succeeds, the other fails as 'exists'. */
  createFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** Takes a file's name away. */
  removeFile?: (path: string) => OrPromise<void>;
  /** As removeFile, but overwrites the file's bytes first, where a host can do that. */
  shredFile?: (path: string) => OrPromise<void>;
  /** The absolute form of a path, for messages. */
  absolute?: (path: string) => string;
  /** Whether a person types what readLine brings. */
  interactive?: () => boolean;
  /** The next line of input without its end; null at the end of input. Bytes are overwritten once they are read. */
  readLine?: (hidden: boolean) => OrPromise<string | Uint8Array | null>;
  /** Shows text of a command line. Throws when its reader has gone. */
  write?: (stream: 'out' | 'err', text: string) => void;
  /** Serves the operator console; the peaqos command brings it. */
  console?: {
    /** Listens on the loopback addresses; resolves to the port. Throws an error whose `failure` is 'taken' or 'denied'. */
    listen: (service: { port: number; token: string; settings: string; endpoints: string[] }) => Promise<number>;
    open: (url: string) => void;
    /** Settles when serving ends. */
    served: () => Promise<void>;
  };
}

/** Why a file could not be read or written: the `failure` of what readFile and appendFile throw. */
export type FileFailure = 'missing' | 'not-a-file' | 'denied' | 'too-large' | 'full' | 'exists' | 'other';

export interface Options {
  /** Ends the operation: waits and requests under way are given up. What was sent to the chain stays sent. */
  signal?: AbortSignal;
}

/**
 * Something that only a person can answer. `totp`: the 6-digit code of an authenticator app. `passphrase`: that of the
 * wallet that signs (its ID is the member wallet) or is exported. `new_passphrase`, `mnemonic`, `private_key`: what a new
 * wallet is made from. `approve`: whether to sign and send a transaction, "yes" or anything else; its members are step,
 * function, arguments ([name, value] pairs), from, to, value_wei, fee_wei (the most that gas can cost), currency,
 * chain_id, data.
 */
export interface Question {
  name: 'totp' | 'approve' | 'passphrase' | 'new_passphrase' | 'mnemonic' | 'private_key';
  /** For people, without a colon at its end. */
  text: string;
  /** The answer is secret and must not be shown. */
  hidden: boolean;
  [fact: string]: unknown;
}

export interface ActivateOptions extends Options {
  onProgress?: (progress: Progress) => void;
  /**
   * Answers a question; null, or no such function: nobody can. Before `totp`, `two_factor` tells what to scan, as
   * otpauth_uri and as `qr`, rows of '1' (dark) and '0' (light) without a margin.
   */
  onQuestion?: (question: Question) => OrPromise<string | Uint8Array | null>;
  /** The question `approve` is asked before each transaction is signed. */
  approve?: boolean;
}

/** Something that happened in `activate`. `name` and `state` are stable; facts such as tx_hash are members beside them. */
export interface Progress {
  /** 1 to `steps`; 0 for what belongs to no step. */
  step: number;
  steps: number;
  name:
    | 'balance'
    | 'two_factor'
    | 'fund'
    | 'register'
    | 'mint'
    | 'machine_did'
    | 'transaction'
    | 'earlier_write'
    | 'proxy_did'
    | 'answer'
    | 'configuration'
    | 'passphrase'
    | 'second_key'
    | 'vault'
    | 'wallet_file'
    | 'agent_key'
    | 'environment';
  state:
    | 'started'
    | 'omitted'
    | 'skipped'
    | 'recovered'
    | 'confirmed'
    | 'note'
    | 'submitted'
    | 'mined'
    | 'waiting'
    | 'warning'
    | 'refused';
  [fact: string]: unknown;
}

export interface WhoAmI {
  /** EIP-55 checksum address of the configured key. */
  address: string;
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

/** A whole number: bigint and decimal text keep all digits. */
export type Integer = number | bigint | string;

export interface ActivateRequest {
  /** Documentation of the machine: printable ASCII, at most 2560 bytes. */
  docUrl: string;
  /** The machine's data API: printable ASCII, at most 2560 bytes. */
  dataApi: string;
  /** Left out: an existing DID keeps its own, a new one is public. */
  visibility?: 'public' | 'private' | 'onchain';
  /** Do not look at balances first. */
  skipFunding?: boolean;
  /** Proxy mode: the address of a machine that the configured key operates. Needs machineKey. */
  for?: string;
  /** The machine's own private key, 0x and 64 hexadecimal digits: it writes the machine's DID. */
  machineKey?: string;
}

export interface Activation {
  machineId: number;
  tokenId: number;
  /** did:peaq:0x... */
  machineDid: string;
  /** Proxy mode only. */
  machineAddress?: string;
  /** Proxy mode only. */
  operatorDid?: string;
}

export interface SubmitEventRequest {
  machineId: Integer;
  type: 'revenue' | 'activity';
  /** In the currency's minor unit: 123 is USD 1.23, or 123 yen. */
  value: Integer;
  /** Unix seconds, or ISO 8601 with a zone. */
  ts: Integer;
  /** ISO 4217 code of a revenue event; USD when left out. */
  currency?: string;
  trust?: 'self' | 'onchain' | 'hardware';
  sourceChain?: 'same' | 'peaq' | 'base';
  /** Transaction hash behind the event; required with trust 'onchain'. */
  sourceTx?: string;
  /** Only its keccak-256 goes to the chain. */
  rawData?: Uint8Array;
  /** Goes to the chain as it is. */
  metadata?: Uint8Array;
}

export interface SubmittedEvent {
  machineId: number;
  type: string;
  value: number;
  trust: string;
  txHash: string;
  /** keccak-256 of rawData, or zeros. */
  dataHash: string;
}

/** A machine's credit rating, with the MCR API's own member names. */
export interface Mcr {
  did: string;
  machine_id: number;
  mcr: string;
  /** 0 to 100. */
  mcr_score: number;
  bond_status: string;
  negative_flag: boolean;
  event_count: number;
  revenue_event_count: number;
  activity_event_count: number;
  revenue_trend: string;
  total_revenue: number;
  average_revenue_per_event: number;
  /** Unix seconds. */
  last_updated: number | null;
  /** Exchange rates behind the rating are out of date. */
  mcr_degraded: boolean;
}

/** One event of a profile; members from origin_currency on are those of revenue events. */
export interface MachineEvent {
  /** 0 revenue, 1 activity. */
  event_type: number;
  /** Minor units of origin_currency. */
  origin_value: number;
  /** Unix seconds. */
  timestamp: number;
  trust_level: number;
  metadata: Record<string, unknown>;
  origin_currency?: string;
  /** US cents; null when there is no rate. */
  usd_value?: number | null;
  origin_subunit?: number | null;
  usd_subunit?: 100;
  amount_status?: string;
}

export interface Machine {
  schema_version: string;
  name: string;
  peaqos: {
    machine_id: number;
    did: string;
    operator: string | null;
    mcr: string;
    mcr_score: number;
    bond_status: string;
    negative_flag: boolean;
    event_count: number;
    data_visibility: string;
    documentation_url: string | null;
    data_api?: string;
    event_data?: MachineEvent[];
    partner_data?: Record<string, unknown>;
    partner_data_error?: string;
  };
}

export interface Fleet {
  operator_did: string;
  machines: { did: string; machine_id: number; mcr_score: number; mcr: string; negative_flag: boolean }[];
  /** offset 0; limit and total: the number of machines. */
  pagination: { offset: number; limit: number; total: number };
}

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
  /** The 32 bytes of a secp256k1 key, or the text 0x and 64 hexadecimal digits. */
  privateKey?: Uint8Array;
  passphrase?: Uint8Array;
}

/**
 * Operations with typed results. Each checks everything before it sends anything, and rejects with PeaqosError only.
 * Results are parsed as JSON: whole numbers above 2^53 lose digits; `run` with `--json` prints them exactly.
 */
export interface Client {
  whoami(options?: Options): Promise<WhoAmI>;
  /** How the configured network is doing, and what an account has; needs no key. */
  networkStatus(request?: { account?: string }, options?: Options): Promise<NetworkStatus>;
  /** Registers the machine, mints its NFT and writes its DID; does only what is missing. Keeps peaqos.log. */
  activate(request: ActivateRequest, options?: ActivateOptions): Promise<Activation>;
  submitEvent(request: SubmitEventRequest, options?: ActivateOptions): Promise<SubmittedEvent>;
  /** Looks up what became of events that an earlier run left under way, and brings them to their end. */
  settleEvents(options?: Options): Promise<{ machineId: number; txHash: string; state: 'confirmed' | 'replaced' }[]>;
  queryMcr(did: string, options?: Options): Promise<Mcr>;
  queryMachine(did: string, options?: Options): Promise<Machine>;
  /** Every machine of an operator. */
  queryOperatorMachines(did: string, options?: Options): Promise<Fleet>;

  /** The vault: files of the Open Wallet Standard in `${HOME}/.ows`. A wallet is named by its name or its ID. */
  createWallet(request: CreateWalletRequest, options?: ActivateOptions): Promise<Wallet>;
  importWallet(request: ImportWalletRequest, options?: ActivateOptions): Promise<Wallet>;
  /** The newest first. */
  listWallets(options?: ActivateOptions): Promise<Wallet[]>;
  showWallet(wallet: string, options?: ActivateOptions): Promise<Wallet>;
  /** The secret as UTF-8 text: the phrase, or JSON of both keys. Overwrite it when you are done. */
  exportWallet(request: { wallet: string; passphrase?: Uint8Array }, options?: ActivateOptions): Promise<Uint8Array>;
  deleteWallet(wallet: string, options?: ActivateOptions): Promise<Wallet>;
  renameWallet(wallet: string, name: string, options?: ActivateOptions): Promise<Wallet>;
  /** Writes PEAQOS_OWS_WALLET into ./.env; everything that signs uses the wallet from then on. */
  useWallet(wallet: string, options?: ActivateOptions): Promise<Wallet>;
}

/** Makes a client; the module is loaded once, when it is first needed. */
export function createClient(host?: Host): Client;

/** Runs a whole command line, e.g. ['qualify', 'mcr', did, '--json']; resolves to its exit code, never rejects. */
export function run(argv: string[], host?: Host, options?: Options): Promise<0 | 1 | 2 | 3 | 130>;
