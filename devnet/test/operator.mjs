// What the tests share: a started world, and accounts that act in it through viem, which knows nothing of the devnet.
// SPDX-License-Identifier: Apache-2.0
import {
  createWalletClient,
  decodeErrorResult,
  decodeFunctionResult,
  defineChain,
  encodeFunctionData,
  http,
} from 'viem';
import { parseAbi, publicActions, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { startDevnet } from '../src/devnet.mjs';

/** The functions as docs/protocol.md#contracts has them, not as the devnet's compiler reports them. */
export const abi = parseAbi([
  'function register() payable returns (uint256)',
  'function registerFor(address) payable returns (uint256)',
  'function machineIdOfOwner(address) view returns (uint256)',
  'function operatorOf(uint256) view returns (address)',
  'function deactivateMachine(uint256)',
  'function reactivateMachine(uint256)',
  'function isStaked(uint256) view returns (bool)',
  'function mint(uint256,address)',
  'function tokenIdOf(uint256) view returns (uint256)',
  'function machineIdOf(uint256) view returns (uint256)',
  'function ownerOf(uint256) view returns (address)',
  'function submitEvent(uint256,uint8,uint256,string,uint256,bytes32,uint8,uint256,bytes32,bytes)',
  'function getEventCount(uint256) view returns (uint256)',
  'function totalEventCount() view returns (uint256)',
  'struct MachineEvent { uint256 machineId; uint8 eventType; uint256 value; uint256 timestamp; bytes32 dataHash; uint8 trustLevel; uint256 sourceChainId; bytes32 sourceTxHash; bytes metadata; string currency; }',
  'function getEvents(uint256,uint256,uint256) view returns (MachineEvent[])',
  'function paused() view returns (bool)',
  'function transferFrom(address,address,uint256)',
  'function addAttribute(address,bytes,bytes,uint32) returns (bool)',
  'function updateAttribute(address,bytes,bytes,uint32) returns (bool)',
  'function removeAttribute(address,bytes) returns (bool)',
  'function readAttribute(address,bytes) view returns ((bytes name, bytes value, uint32 validity, uint256 created))',
  'function batchAll(address[],uint256[],bytes[],uint64[]) payable',
  'function batchSome(address[],uint256[],bytes[],uint64[]) payable',
  'function batchSomeUntilFailure(address[],uint256[],bytes[],uint64[]) payable',
]);

export const bond = 10n ** 18n;
export const noHash = `0x${'0'.repeat(64)}`;

/** A world with its clients: `operators[i]` acts as account i. */
export async function startWorld(options) {
  const world = await startDevnet(options);
  const chain = defineChain({
    id: world.chainId,
    name: 'devnet',
    nativeCurrency: { name: 'PEAQ', symbol: 'PEAQ', decimals: 18 },
    rpcUrls: { default: { http: [world.rpcUrl] } },
  });
  const operators = world.accounts.map(({ key }) => operatorOf(world, chain, privateKeyToAccount(key)));
  return { world, operators };
}

function operatorOf(world, chain, account) {
  const client = createWalletClient({ account, chain, transport: http(), pollingInterval: 20 }).extend(publicActions);
  const to = (contract) => world.addresses[contract] ?? contract;
  const call = (contract, data, value = 0n) =>
    world.rpc('eth_call', [{ from: account.address, to: to(contract), data, value: toHex(value) }, 'latest']);
  async function read(contract, functionName, ...args) {
    const data = await call(contract, encodeFunctionData({ abi, functionName, args }));
    return decodeFunctionResult({ abi, functionName, data });
  }
  /** Sends and waits; the receipt, or, as of a read, an error whose `data` are the revert data. */
  async function write(contract, functionName, args = [], value = 0n) {
    const data = encodeFunctionData({ abi, functionName, args });
    await call(contract, data, value);
    return sendRaw(to(contract), data, value);
  }
  /** Sends bytes to an address and waits: the receipt. */
  async function sendRaw(address, data, value = 0n) {
    const hash = await client.sendTransaction({ to: address, data, value });
    return client.waitForTransactionReceipt({ hash });
  }
  return { address: account.address, did: `did:peaq:${account.address}`, read, write, sendRaw, account };
}

/** Arguments of submitEvent: a self-reported revenue of 12.30 USD unless said otherwise. */
export function eventOf(machineId, change = {}) {
  const event = { type: 0, value: 1230n, currency: 'USD', timestamp: 1n, trust: 0, metadata: '0x', ...change };
  const { type, value, currency, timestamp, trust, metadata } = event;
  return [machineId, type, value, currency, timestamp, noHash, trust, 0n, noHash, metadata];
}

/** Arguments of a batch function for calls to one contract. */
export function batchOf(to, calls) {
  const data = calls.map(([functionName, args]) => encodeFunctionData({ abi, functionName, args }));
  return [calls.map(() => to), calls.map(() => 0n), data, calls.map(() => 0n)];
}

/** For assert.rejects: the call reverted with exactly this selector, or with this reason in words. */
export const selector = (expected) => (error) => String(error.data).slice(0, 10) === expected;
export const reason = (words) => (error) =>
  decodeErrorResult({ abi: parseAbi(['error Error(string)']), data: error.data }).args[0] === words;
