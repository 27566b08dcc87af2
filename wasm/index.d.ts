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
 * chain_id, data. `signature`: an EIP-191 signature of the member `message`. `payment_hash`: the transaction that paid.
 * Those that begin with `confirm_` want "y" or "n", and tell in their members what will be done.
 */
export interface Question {
  name:
    | 'totp'
    | 'approve'
    | 'passphrase'
    | 'new_passphrase'
    | 'mnemonic'
    | 'private_key'
    | 'signature'
    | 'payment_hash'
    | 'confirm_onboarding'
    | 'confirm_pairing'
    | 'confirm_order'
    | 'confirm_dispute';
  /** For people, without a colon at its end. */
  text: string;
  /** The answer is secret and must not be shown. */
  hidden: boolean;
  [fact: string]: unknown;
}

/** For operations that ask, or that tell how far they are. */
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

/** Something that happened in an operation. `name` and `state` are stable; facts such as tx_hash are members beside them. */
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
    | 'environment'
    | MarketProgress;
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
    | 'refused'
    | 'issued'
    | 'signed'
    | 'signing'
    | 'doubtful'
    | 'shown'
    | 'continued'
    | 'looking'
    | 'left_open';
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

export interface Settings {
  /** The value is null for what is or may be secret. Empty ones are left out. */
  variables: { name: string; value: string | null }[];
  /** Numbers, from 1, of lines that cannot be read. */
  badLines: number[];
}

/**
 * What happens in the Machine Market. `challenge` tells what is to be signed, `order_summary` and `payment_due` what the
 * question after them is about, `order` that an earlier run's order is continued or was left open.
 */
export type MarketProgress =
  | 'identity_challenge'
  | 'identity_signature'
  | 'machine_registration'
  | 'machine_activation'
  | 'onboarding_summary'
  | 'pairing_challenge'
  | 'agent_signature'
  | 'pairing_creation'
  | 'challenge'
  | 'signature'
  | 'search'
  | 'order'
  | 'order_creation'
  | 'order_summary'
  | 'order_execution'
  | 'payment_intent'
  | 'payment_due'
  | 'payment_transfer'
  | 'payment_proof'
  | 'escrow_lock';

/** JSON of the user's own: an object, or its text. It is passed on untouched; text also keeps the digits of numbers. */
export type UserJson = Record<string, unknown> | string;

export interface OnboardMachineRequest {
  /** did:peaq:0x..., or peaqos:machine: and an ID. */
  identityRef: string;
  displayName: string;
  ownerId: string;
  machineType: string;
  runtimeProfile: string;
  capabilities?: string[];
  skillKeys?: string[];
  labels?: Record<string, string>;
  /** Private key of a controller of the identity. Left out: the OWS wallet signs, else `signature` is asked for. */
  identityKey?: string;
  /** Leave the machine a draft. */
  skipActivate?: boolean;
  /** Do not ask `confirm_onboarding`. */
  yes?: boolean;
}

/** A machine of the Machine Market. */
export interface MarketMachine {
  id: string;
  display_name: string | null;
  /** draft, active, degraded, blocked or archived. */
  status: string | null;
  owner_id: string | null;
  machine_type: string | null;
  runtime_profile: string | null;
  capabilities: string[];
  labels: Record<string, string>;
  policy_ids: string[];
  skill_keys: string[];
  created_at: string | null;
  updated_at: string | null;
  identity_ref: string | null;
  identity_proof: {
    method: string | null;
    identity_ref: string | null;
    signer_address: string | null;
    challenge_id: string | null;
    verified_at: string | null;
    challenge_expires_at: string | null;
    controller_addresses: string[];
    resolution_source: string | null;
  } | null;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Where the next page starts; null on the last one. */
  next_cursor: string | null;
}

export interface PairAgentRequest {
  machineId: string;
  agentAddress: string;
  agentProvider: string;
  agentRole: string;
  agentDid?: string;
  description?: string;
  perTransactionLimit?: number | string;
  dailySpendLimit?: number | string;
  currency?: string;
  allowedSkills?: string[];
  deniedSkills?: string[];
  allowedServices?: string[];
  deniedServices?: string[];
  /** Do not ask `confirm_pairing`. `signature` is asked for in any case. */
  yes?: boolean;
}

export interface AgentPairingSessionRequest {
  machineId: string;
  agentPairingId: string;
  agentAddress: string;
  agentProvider: string;
  agentRole: string;
  agentDid?: string;
}

/** Money, as the API sends it. */
export type Amount = number | string | null;

export interface AgentPairing {
  id: string;
  machine_id: string | null;
  agent_address: string | null;
  agent_provider: string | null;
  agent_role: string | null;
  /** active, paused or revoked. */
  status: string | null;
  has_auth_token: boolean | null;
  delegation_policy: {
    allowed_skill_keys: string[];
    denied_skill_keys: string[];
    allowed_service_ids: string[];
    denied_service_ids: string[];
    per_transaction_limit: Amount;
    daily_spend_limit: Amount;
    currency: string | null;
  };
  created_at: string | null;
  updated_at: string | null;
  description: string | null;
  token_last_four: string | null;
  /** The agent's credential: the API shows it this once. */
  pairing_token: string | null;
  agent_did: string | null;
  verification: {
    method: string | null;
    signer_address: string | null;
    verified_at: string | null;
    challenge_expires_at: string | null;
  } | null;
  session_id: string | null;
  session_token_id: string | null;
  session_issued_at: string | null;
  session_expires_at: string | null;
}

export interface SearchRequest {
  machineId: string;
  /** What is looked for, e.g. "oracle.price-feed". */
  serviceType: string;
  pairingToken: string;
  agentPairingId?: string;
  operation?: string;
  capabilities?: string[];
  region?: string;
  maxResults?: number;
  budgetAmount?: number | string;
  budgetMax?: number | string;
  budgetCurrency?: string;
  nativeOnly?: boolean;
  allowHandoff?: boolean;
  /** Sent to the API, shown to nobody. */
  providerCredentials?: UserJson;
}

/** How an order can be paid. */
export interface PaymentRecommendation {
  default_rail: string | null;
  supported_rails: string[];
  required: boolean | null;
  notes: string[];
  provider: string | null;
  chain: string | null;
  token: string | null;
  token_address: string | null;
  token_mint: string | null;
  wallet_address: string | null;
  external_url: string | null;
  payer_address: string | null;
  payee_address: string | null;
}

export interface Handoff {
  label: string | null;
  url: string | null;
  notes: string[];
}

export interface Quote {
  id: string;
  service_id: string | null;
  skill_key: string | null;
  provider_key: string | null;
  execution_mode: string | null;
  integration_status: string | null;
  operation: string | null;
  score: unknown;
  reasons: string[];
  pricing: { mode: string | null; notes: string[]; amount: Amount; currency: string | null; rate: unknown };
  payment: PaymentRecommendation;
  expires_at: string | null;
  handoff: Handoff | null;
}

export interface MarketSearch {
  id: string;
  machine_id: string | null;
  request_payload: Record<string, unknown>;
  normalized_task: {
    service_type: string | null;
    required_capabilities: string[];
    allow_external_handoff: boolean | null;
    require_native_execution: boolean | null;
    operation: string | null;
    region: string | null;
  };
  /** completed or no_match. */
  status: string | null;
  /** Ranked by the API. */
  quotes: Quote[];
  created_at: string | null;
  agent_pairing_id: string | null;
}

export interface PlaceOrderRequest {
  serviceId: string;
  machineId: string;
  agentPairingId: string;
  pairingToken: string;
  searchId?: string;
  quoteId?: string;
  operation?: string;
  budgetAmount?: number | string;
  budgetCurrency?: string;
  /** For the service. */
  input?: UserJson;
  /** Sent to the API, shown to nobody. */
  providerCredentials?: UserJson;
  /** The transaction that paid; with its chain (an alias such as "base", or CAIP-2) and token. */
  paymentTxHash?: string;
  paymentChain?: string;
  paymentToken?: string;
  /** The payment is agreed on already: only report paymentTxHash for it. */
  skipPayment?: boolean;
  /** Ask nothing: neither `confirm_order` nor `payment_hash`. */
  yes?: boolean;
}

export interface MarketOrder {
  id: string;
  machine_id: string | null;
  agent_pairing_id: string | null;
  service_id: string | null;
  skill_key: string | null;
  provider_key: string | null;
  service_type: string | null;
  operation: string | null;
  execution_mode: string | null;
  integration_status: string | null;
  /** created, payment_pending, ready, executing, delivered, confirmed, disputed, cancelled, failed or handoff. */
  status: string | null;
  input_payload: Record<string, unknown>;
  payment: PaymentRecommendation;
  created_at: string | null;
  updated_at: string | null;
  search_id: string | null;
  quote_id: string | null;
  budget: { amount: Amount; currency: string | null } | null;
  handoff: Handoff | null;
  error_message: string | null;
}

export interface MarketPayment {
  id: string;
  order_id: string | null;
  machine_id: string | null;
  /** not_required, intent_created, held, release_pending, released, frozen or refunded. */
  status: string | null;
  rail: {
    rail_type: string | null;
    chain: string | null;
    token: string | null;
    token_address: string | null;
    token_mint: string | null;
    escrow_address: string | null;
    external_url: string | null;
    provider: string | null;
    account_id: string | null;
    wallet_address: string | null;
    payer_address: string | null;
    payee_address: string | null;
    payment_intent_id: string | null;
    metadata: Record<string, unknown> | null;
  };
  notes: string[];
  created_at: string | null;
  updated_at: string | null;
  amount: Amount;
  currency: string | null;
}

export interface PlacedOrder {
  order: MarketOrder;
  /** Only where there is one. */
  payment?: MarketPayment;
  /** Null when an earlier run executed the order. */
  execution:
    | {
        status_code: 200;
        run: Record<string, unknown>;
        /** `status` "failed": the service could not do it, as `error_message` says. */
        outcome: {
          id: string;
          status: string | null;
          result: unknown;
          error_message: string | null;
          [more: string]: unknown;
        };
      }
    | { status_code: 202; handoff: Handoff }
    | null;
}

export interface OrderState {
  order: MarketOrder;
  payment: MarketPayment | null;
}

export interface Disputed extends OrderState {
  dispute: {
    id: string;
    order_id: string | null;
    machine_id: string | null;
    status: string | null;
    reason: string | null;
    evidence: Record<string, unknown>;
    created_at: string | null;
    updated_at: string | null;
  };
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
  /**
   * Brings a machine into the Machine Market with a proof of its identity; null when `confirm_onboarding` was answered
   * with no. This and all that follows wants PEAQOS_ORCHESTRATION_URL, and PEAQOS_ORCH_API_KEY but for what an agent does.
   */
  onboardMachine(request: OnboardMachineRequest, options?: ActivateOptions): Promise<MarketMachine | null>;
  machine(machineId: string, options?: Options): Promise<MarketMachine>;
  /** The first page of the machines. */
  machines(options?: Options): Promise<Page<MarketMachine>>;
  /** Lets an agent buy for a machine; asks for its `signature`. The result has the agent's token. */
  pairAgent(request: PairAgentRequest, options?: ActivateOptions): Promise<AgentPairing | null>;
  /** Rotates a pairing's token, asking for the agent's `signature`: the result has a new one, the old one ends. */
  createAgentPairingSession(request: AgentPairingSessionRequest, options?: ActivateOptions): Promise<AgentPairing>;
  search(request: SearchRequest, options?: ActivateOptions): Promise<MarketSearch>;
  /**
   * Orders a service, pays it where it must be paid, and has it executed; null when `confirm_order` was answered with no.
   * Keeps peaqos.log: the next equal call continues an order that was broken off, and nothing is paid twice.
   */
  placeOrder(request: PlaceOrderRequest, options?: ActivateOptions): Promise<PlacedOrder | null>;
  order(orderId: string, options?: Options): Promise<OrderState>;
  /** One page of a machine's orders, newest first. */
  orders(
    request: { machineId: string; limit?: number; cursor?: string },
    options?: Options,
  ): Promise<Page<MarketOrder>>;
  /** Confirms a delivery, which releases an escrow. */
  confirmOrder(request: { orderId: string; pairingToken: string }, options?: Options): Promise<OrderState>;
  /** Freezes an order's payment until the market's staff has decided; null when `confirm_dispute` was answered with no. */
  disputeOrder(
    request: { orderId: string; reason: string; pairingToken: string; evidence?: UserJson; yes?: boolean },
    options?: ActivateOptions,
  ): Promise<Disputed | null>;
  /** An EIP-191 signature by a wallet, or by who signs by the settings. */
  signMessage(
    request: { wallet?: string; message: string; passphrase?: Uint8Array },
    options?: ActivateOptions,
  ): Promise<{ address: string; signature: string }>;
  /** What ./.env says; the environment is not looked at. */
  readSettings(options?: Options): Promise<Settings>;
  /**
   * Sets variables of ./.env, each in its line; comments, other lines and their order stay. An empty text is no value;
   * null is a secret one: it is asked for, as the question `setting`.
   */
  changeSettings(values: Record<string, string | null>, options?: ActivateOptions): Promise<Settings>;
}

/** Makes a client; the module is loaded once, when it is first needed. */
export function createClient(host?: Host): Client;

/** Runs a whole command line, e.g. ['qualify', 'mcr', did, '--json']; resolves to its exit code, never rejects. */
export function run(argv: string[], host?: Host, options?: Options): Promise<0 | 1 | 2 | 3 | 130>;
