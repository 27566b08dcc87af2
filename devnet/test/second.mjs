// What the tests of the second generation share: functions as the published interfaces have them, vectors, accounts.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeEventLog, decodeFunctionResult, encodeFunctionData, parseAbi, toHex } from 'viem';
import { startWorld } from './operator.mjs';

export const vectors = JSON.parse(
  readFileSync(new URL('../../tests/vectors/peaq_v2/protocol.json', import.meta.url), 'utf8'),
);

const document =
  'struct Method { string id; string methodType; address controller; string publicKeyMultibase; }|' +
  'struct Endpoint { string id; string serviceType; string serviceEndpoint; }|' +
  'struct Document { string id; address controller; Method[] verificationMethods; uint256[] authentication; Endpoint[] serviceEndpoints; }';

export const abi2 = parseAbi([
  ...document.split('|'),
  'function activateMachine(Document,string,bytes,address,uint8) returns (uint256)',
  'function activateMachineWithUsdt(Document,string,bytes,address,uint8,uint256) returns (uint256)',
  'function suspend(uint256)',
  'function resume(uint256)',
  'function isOperatorPaused(uint256) view returns (bool)',
  'function isTechnicalPaused(uint256) view returns (bool)',
  'function isTechnicalPausedGlobal() view returns (bool)',
  'function isGeneralPaused(uint256) view returns (bool)',
  'function isMachineAvailable(uint256) view returns (bool)',
  'function isRelocating(uint256) view returns (bool)',
  'function setTechnicalPausedGlobal(bool)',
  'function activate(uint256,uint8)',
  'function activateWithUsdt(uint256,uint8,uint256)',
  'function renew(uint256)',
  'function renew(uint256,uint8)',
  'function renewWithUsdt(uint256,uint256)',
  'function renewWithUsdt(uint256,uint256,uint8)',
  'function settleLifecycle() returns (bool)',
  'function requiredPeaqAmount(uint8) view returns (uint256)',
  'function pendingVoucherCredit(address) view returns (uint256)',
  'function pendingBondingReward(address) view returns (uint256)',
  'function subscriptions(uint256) view returns ((uint8 tier, uint64 periodStart, uint64 periodEnd, uint256 bondedAmount, uint256 accumulatedPoints))',
  'function subscriptionStatus(uint256) view returns (uint8)',
  'function isEconomicAuthority() view returns (bool)',
  'function totalBondedAmount() view returns (uint256)',
  'function totalCommittedVouchers() view returns (uint256)',
  'function totalCommittedRewards() view returns (uint256)',
  'function ownerOf(uint256) view returns (address)',
  'function controllerOf(uint256) view returns (address)',
  'function balanceOf(address) view returns (uint256)',
  'function getApproved(uint256) view returns (address)',
  'function isApprovedForAll(address,address) view returns (bool)',
  'function didDocument(uint256) view returns (Document)',
  'function verificationMethodsOf(uint256) view returns (Method[])',
  'function authenticationOf(uint256) view returns (uint256[])',
  'function serviceEndpointsOf(uint256) view returns (Endpoint[])',
  'function machineTypeOf(uint256) view returns (string)',
  'function credentialSubjectOf(uint256) view returns (bytes)',
  'function manufacturerOf(uint256) view returns (address)',
  'function computeTokenId(string,bytes) pure returns (uint256)',
  'function didFromTokenId(uint256) pure returns (string)',
  'function tokenIdFromDid(string) pure returns (uint256)',
  'function supportsInterface(bytes4) view returns (bool)',
  'function approve(address,uint256)',
  'function setApprovalForAll(address,bool)',
  'function transferFrom(address,address,uint256)',
  'function safeTransferFrom(address,address,uint256)',
  'function safeTransferFrom(address,address,uint256,bytes)',
  'function setController(uint256,address)',
  'function setVerificationMethods(uint256,Method[])',
  'function setAuthentication(uint256,uint256[])',
  'function setServiceEndpoints(uint256,Endpoint[])',
  'function isHomedLocally(uint256) view returns (bool)',
  'function homeChainOf(uint256) view returns (uint16)',
  'function peer(bytes32) view returns (address)',
  'function peaqToken() view returns (address)',
  'function tierPriceUsd(uint8) view returns (uint256)',
  'function localChainId() view returns (uint16)',
  'function graceDuration() view returns (uint64)',
  'function runoffDuration() view returns (uint64)',
  'function subscriptionPeriodLength() view returns (uint64)',
  'function quoteUsdtForPeaq(uint256) view returns (uint256)',
  'function usdtToken() view returns (address)',
  'function settle(address,uint256,uint256) returns (uint256)',
  'function allowance(address,address) view returns (uint256)',
  'function transfer(address,uint256) returns (bool)',
  'function submitEvent(uint256,uint8,uint256,string,uint256,bytes32,uint8,uint256,bytes32,bytes)',
  'function getEventCount(uint256) view returns (uint256)',
  'function getEventAt(uint256,uint256) view returns ((uint256 machineId, uint8 eventType, uint256 value, uint256 timestamp, bytes32 dataHash, uint8 trustLevel, uint256 sourceChainId, bytes32 sourceTxHash, bytes metadata, string currency))',
]);

/** Topic -> event, for the logs of the second generation. */
export const events2 = parseAbi([
  'event MachineMinted(uint256 indexed tokenId, address indexed to, address indexed controller, string machineType)',
  'event Activated(uint256 indexed machineId, address indexed operator, uint8 tier, uint256 bondedAmount, uint64 periodStart, uint64 periodEnd)',
  'event MachineOnboarded(uint256 indexed machineId, address indexed operator)',
  'event VoucherRedeemed(uint256 indexed machineId, address indexed operator, uint256 amount)',
  'event BondingRewardRedeemed(uint256 indexed machineId, address indexed operator, uint256 discount)',
  'event PaidWithUsdt(address indexed operator, uint256 peaqAmount, uint256 usdtAmount)',
  'event Renewed(uint256 indexed machineId, address indexed operator, uint8 tier, uint256 bondedAmount, uint64 periodEnd)',
  'event OperatorPausedSet(uint256 indexed machineId, bool value)',
  'event ControllerUpdated(uint256 indexed tokenId, address indexed oldController, address indexed newController)',
  'event VerificationMethodsUpdated(uint256 indexed tokenId)',
  'event AuthenticationUpdated(uint256 indexed tokenId)',
  'event ServiceEndpointsUpdated(uint256 indexed tokenId)',
  'event RunoffDecayApplied(uint256 indexed machineId, uint256 burned, uint256 toTreasury, uint256 remainingBonded)',
  'event SubscriptionTerminated(uint256 indexed machineId, address indexed operator)',
  'event LegacyMachineReissued(uint256 indexed oldId, uint256 indexed newId, address indexed to)',
]);

const selectors = new Map(vectors.errors.map(({ name, selector }) => [name, selector]));

/** The call reverts with exactly this error of the vectors. */
export async function refuses(call, name) {
  const expected = selectors.get(name);
  const error = await call.then(
    () => undefined,
    (caught) => caught,
  );
  const found = error ? (String(error.data).slice(0, 10) ?? error.message) : 'no error';
  if (!expected || found !== expected) {
    const other = vectors.errors.find(({ selector }) => selector === found)?.name ?? `${found} ${error?.message}`;
    throw new Error(`expected ${name} (${expected}), but it was ${other}`);
  }
  return error.data;
}

/** A world and its accounts, who also act on the second generation's contracts, by name. */
export async function startSecond(options) {
  const { world, operators } = await startWorld(options);
  const people = world.accounts.map(({ address }, place) => personOf(world, address, operators[place]));
  return { world, operators, people };
}

function personOf(world, address, operator) {
  const to = (contract) => world.addresses2[contract] ?? world.addresses[contract] ?? contract;
  const call = (contract, data) => world.rpc('eth_call', [{ from: address, to: to(contract), data }, 'latest']);
  async function read(contract, functionName, ...args) {
    const data = await call(contract, encodeFunctionData({ abi: abi2, functionName, args }));
    return decodeFunctionResult({ abi: abi2, functionName, args, data });
  }
  /** Sends these bytes and waits: the receipt. */
  async function send(contract, data) {
    await call(contract, data);
    return operator.sendRaw(to(contract), data);
  }
  const write = (contract, functionName, ...args) =>
    send(contract, encodeFunctionData({ abi: abi2, functionName, args }));
  const balance = async () => BigInt(await world.rpc('eth_getBalance', [address, 'latest']));
  return { address, read, send, write, balance };
}

/** Arguments of activateMachine for a machine that its owner controls. */
export function machineOf(owner, change = {}) {
  const { controller = owner.address, machineType = 'Sensor', subject = '0xdeadbeef', tier = 0, ...parts } = change;
  const document = { id: '', controller, verificationMethods: [], authentication: [], serviceEndpoints: [], ...parts };
  return [document, machineType, subject, `0x${'33'.repeat(20)}`, tier];
}

/** The arguments of a receipt's events of this name. */
export const logsOf = ({ logs }, name) =>
  logs.flatMap(({ data, topics }) => {
    try {
      const { eventName, args } = decodeEventLog({ abi: events2, data, topics });
      return eventName === name ? [args] : [];
    } catch {
      return []; // an event of another contract
    }
  });

/** What the subscription contract holds is what it says it owes. */
export async function conserved(world, reader) {
  const names = ['totalBondedAmount', 'totalCommittedVouchers', 'totalCommittedRewards'];
  const totals = await Promise.all(names.map((name) => reader.read('MachineSubscription', name)));
  const held = BigInt(await world.rpc('eth_getBalance', [world.addresses2.MachineSubscription, 'latest']));
  assert.equal(
    held,
    totals.reduce((sum, total) => sum + total, 0n),
  );
}

export const day = 86_400n;
export const peaq = (amount) => BigInt(Math.round(amount * 1e6)) * 10n ** 12n;
export const uint = (value) => toHex(value, { size: 32 });
