// The operations.
// SPDX-License-Identifier: Apache-2.0
import type {
  ActivateFleetOptions,
  ActivateRequest,
  Activation,
  ActivationPlan,
  ActivationTerms,
  FleetActivation,
  PlanActivationRequest,
} from './activation.js';
import type { ActivateOptions, Options } from './conversation.js';
import type {
  AnyInteger,
  EventsSummary,
  StreamedEvent,
  SubmitEventRequest,
  SubmitEventsOptions,
  SubmittedEvent,
} from './events.js';
import type { Page, UserJson } from './market.js';
import type {
  AgentPairing,
  AgentPairingSessionRequest,
  MarketMachine,
  OnboardMachineRequest,
  PairAgentRequest,
} from './market_machines.js';
import type { Disputed, MarketOrder, OrderState, PlaceOrderRequest, PlacedOrder } from './market_orders.js';
import type { MarketSearch, SearchRequest } from './market_search.js';
import type {
  Change,
  ChangeRequest,
  FleetRenewal,
  MachineCalendar,
  MachineIdentity,
  MachineState,
  MigrationPlan,
  Monetization,
  Subscription,
  SubscriptionRequest,
} from './machines.js';
import type { NetworkStatus, WhoAmI } from './network.js';
import type { Fleet, Machine, Mcr } from './ratings.js';
import type { CreateWalletRequest, ImportWalletRequest, Settings, Wallet } from './wallets.js';

/**
 * Operations with typed results. Each checks everything before it sends anything, and rejects with PeaqosError only.
 * Integers in results that a number cannot hold exactly, beyond ±(2^53 - 1), are decimal strings: see AnyInteger.
 */
export interface Client {
  whoami(options?: Options): Promise<WhoAmI>;
  /** How the configured network is doing, and what an account has; needs no key. */
  networkStatus(request?: { account?: string }, options?: Options): Promise<NetworkStatus>;
  /** Registers the machine, mints its NFT and writes its DID; does only what is missing. Keeps peaqos.log. */
  activate(request: ActivateRequest, options?: ActivateOptions): Promise<Activation>;
  /** What activate asks for and costs on the deployment that is in use. Only reads; needs no key. */
  activationTerms(options?: Options): Promise<ActivationTerms>;
  /**
   * Activates the machines of a file of the host, in JSON Lines or CSV, each once, also when the call is made again. What
   * is invalid or refused is set aside. Before anything is spent, `activate_fleet` is asked.
   */
  activateFleet(options: ActivateFleetOptions): Promise<FleetActivation>;
  /** What activate would do and cost now. Only reads; asks for no passphrase. */
  planActivation(request?: PlanActivationRequest, options?: Options): Promise<ActivationPlan>;
  submitEvent(request: SubmitEventRequest, options?: ActivateOptions): Promise<SubmittedEvent>;
  /**
   * Sends a stream of events, the chunks of a file in JSON Lines or CSV, or a file of the host by its path, in groups of
   * many to a transaction: each is on the chain once, also when the call is made again, or again with more. What is
   * invalid or refused is set aside. Before a file is sent, `send_events` is asked.
   */
  submitEvents(
    events: string | Iterable<StreamedEvent | Uint8Array> | AsyncIterable<StreamedEvent | Uint8Array>,
    options?: SubmitEventsOptions,
  ): Promise<EventsSummary>;
  /** Looks up what became of events that an earlier run left under way, and brings them to their end. */
  settleEvents(
    options?: Options,
  ): Promise<{ machineId: AnyInteger; txHash: string; state: 'confirmed' | 'replaced' }[]>;
  queryMcr(did: string, options?: Options): Promise<Mcr>;
  queryMachine(did: string, options?: Options): Promise<Machine>;
  /** Every machine of an operator. */
  queryOperatorMachines(did: string, options?: Options): Promise<Fleet>;

  /** Machines of generation 2, by their id in decimal. What the chain says of one; needs no key. */
  machineStatus(machineId: string, options?: Options): Promise<MachineState>;
  /** Of several, or of an operator's: without ids those of `operator` (a DID), else of who signs. */
  machineStatuses(
    request?: { machineIds?: string[]; operator?: string },
    options?: Options,
  ): Promise<(MachineState | { machine_id: string; error: unknown })[]>;
  /** When subscriptions run out; chooses machines as machineStatuses does. */
  machineCalendar(request?: { machineIds?: string[]; operator?: string }, options?: Options): Promise<MachineCalendar>;
  /** The id and DID of a machine, computed without a node. */
  machineIdentity(
    request: { machineType: string; credentialSubjectHex: string },
    options?: Options,
  ): Promise<MachineIdentity>;
  /**
   * Changes. Each looks at the chain first, and sends nothing where that shows what is wanted; else it asks `agree`,
   * unless `yes` is given. Keeps peaqos.log.
   */
  suspendMachine(request: ChangeRequest, options?: ActivateOptions): Promise<Change>;
  resumeMachine(request: ChangeRequest, options?: ActivateOptions): Promise<Change>;
  approveMachine(request: ChangeRequest & { spender: string }, options?: ActivateOptions): Promise<Change>;
  approveAllMachines(
    request: Omit<ChangeRequest, 'machineId'> & { spender: string; allowed: boolean },
    options?: ActivateOptions,
  ): Promise<Change>;
  /** The controller of the machine's DID stays. `data`: hexadecimal, for a contract at the new address. */
  transferMachine(
    request: ChangeRequest & { to: string; data?: string; unsafe?: boolean },
    options?: ActivateOptions,
  ): Promise<Change>;
  setMachineController(request: ChangeRequest & { controller: string }, options?: ActivateOptions): Promise<Change>;
  clearMachineController(request: ChangeRequest, options?: ActivateOptions): Promise<Change>;
  /** `methods` and `services`: JSON text of the whole new list. */
  setVerificationMethods(request: ChangeRequest & { methods: string }, options?: ActivateOptions): Promise<Change>;
  setAuthentication(request: ChangeRequest & { indices: string[] }, options?: ActivateOptions): Promise<Change>;
  setServiceEndpoints(request: ChangeRequest & { services: string }, options?: ActivateOptions): Promise<Change>;
  subscribeMachine(request: SubscriptionRequest, options?: ActivateOptions): Promise<Subscription>;
  /** Each call is a renewal of its own; only one that was broken off is brought to its end instead. */
  renewMachine(request: SubscriptionRequest, options?: ActivateOptions): Promise<Subscription>;
  /** Renews the machines whose period ends within `before` ("30d"), with one question and one approval. */
  renewFleet(
    request: Omit<ChangeRequest, 'machineId'> & { before?: string; operator?: string; machineIds?: string[] },
    options?: ActivateOptions,
  ): Promise<FleetRenewal>;
  monetizationStatus(machineId: string, options?: Options): Promise<Monetization>;
  monetize(request: ChangeRequest & { optIn: boolean }, options?: ActivateOptions): Promise<Monetization>;
  /** What becomes of a machine of generation 1; spends nothing. */
  planMigration(
    request: { did: string; machineType: string; credentialSubjectHex?: string; tier?: string },
    options?: Options,
  ): Promise<MigrationPlan>;

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
  confirmOrder(request: { orderId: string; pairingToken: Uint8Array }, options?: Options): Promise<OrderState>;
  /** Freezes an order's payment until the market's staff has decided; null when `confirm_dispute` was answered with no. */
  disputeOrder(
    request: { orderId: string; reason: string; pairingToken: Uint8Array; evidence?: UserJson; yes?: boolean },
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
