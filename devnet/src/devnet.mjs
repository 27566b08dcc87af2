// A whole peaqOS world on localhost: a real EVM node with the contracts, and the HTTP services over it.
// SPDX-License-Identifier: Apache-2.0
import { privateKeyToAddress } from 'viem/accounts';
import { startAnvil } from './anvil.mjs';
import { callsOf } from './calls.mjs';
import { compileContracts } from './compile.mjs';
import { control2 } from './control2.mjs';
import { deploy } from './deploy.mjs';
import { deploy2 } from './deploy2.mjs';
import { createRpc } from './rpc.mjs';
import { Fleets } from './services/fleets.mjs';
import { gasStationSettings, startGasStation } from './services/gas_station.mjs';
import { startMcr } from './services/mcr.mjs';
import { startOrchestration } from './services/orchestration/api.mjs';
import { Switches } from './services/orchestration/switches.mjs';

// Its own chain id: nothing signed for it is valid on another network.
export const CHAIN_ID = 31338;

// Opens the Orchestration API of every world, and nothing else.
const API_KEY = 'peaqos-devnet-api-key';

// The record of the second generation's contracts; that of the first is devnet-1.
const DEPLOYMENT = 'devnet';

// Every HTTP service of the world: name -> how it starts. Each gets the chain and the switches, and a port of its own.
const services = { mcr: startMcr, gasStation: startGasStation, orchestration: startOrchestration };

// Starts a world; ports default to free ones. Returns
//   rpcUrl, urls {mcr, gasStation, orchestration}, addresses {IdentityRegistry, ...}, addresses2 {InfoDesk, ...} (of the
//   second generation), accounts [{address, key}] (well-known test keys with money), rpc(method, params),
//   env({generation}) (PEAQOS_* variables of an operator), control (see controlOf), stop() (resolves when all of it is
//   gone; may be called again).
// `generations`: which of the protocol are on the chain, [1], [2] or both.
export async function startDevnet({
  chainPort = 0,
  mcrPort = 0,
  gasStationPort = 0,
  orchestrationPort = 0,
  chainId = CHAIN_ID,
  blockTime,
  generations = [1, 2],
} = {}) {
  const contracts = compileContracts(generations.includes(2) ? [1, 2] : [1]);
  const anvil = await startAnvil({ port: chainPort, chainId });
  const started = [anvil];
  let stopping;
  const stop = () => (stopping ??= stopAll(started));
  try {
    const rpc = createRpc(anvil.url);
    const accounts = anvil.keys.map((key) => ({ key, address: privateKeyToAddress(key) }));
    const administrator = accounts.at(-1).address;
    const addresses = await deploy(rpc, contracts, administrator, generations.includes(1));
    const addresses2 = generations.includes(2) ? await deploy2(rpc, contracts, administrator) : {};
    // Only now: a deployment is ten blocks, one after the other.
    if (blockTime) await rpc('evm_setIntervalMining', [blockTime]);
    const calls = callsOf({ rpc, contracts, addresses: { ...addresses, ...addresses2 }, administrator });
    const switches = {
      fxStale: false,
      mcrDown: false,
      monetizationFault: undefined,
      gasStation: gasStationSettings(),
      fleets: new Fleets(),
      market: new Switches(),
    };
    const ports = { mcr: mcrPort, gasStation: gasStationPort, orchestration: orchestrationPort };
    const parts = { rpc, contracts, addresses, addresses2, ...calls, switches, chainId, blockTime, apiKey: API_KEY };
    const urls = {};
    const running = {};
    for (const [name, start] of Object.entries(services)) {
      const service = await start({ ...parts, port: ports[name] });
      started.push(service);
      running[name] = service;
      urls[name] = service.url;
    }
    const control = controlOf({ ...parts, running });
    return {
      rpcUrl: anvil.url,
      urls,
      chainId,
      addresses,
      addresses2,
      accounts,
      rpc,
      control,
      stop,
      env: ({ generation = generations[0] } = {}) => envOf({ generation, anvil, urls, addresses, accounts }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// In reverse order of their start; one that fails to stop keeps no other running.
async function stopAll(parts) {
  const errors = [];
  for (const part of parts.reverse()) await part.stop().catch((error) => errors.push(error));
  if (errors.length) throw errors[0];
}

// The settings of generation 1 name its contracts; those of generation 2 name its record, whose addresses are the same in
// every devnet.
function envOf({ generation, anvil, urls, addresses, accounts }) {
  const settings = {
    PEAQOS_NETWORK: 'devnet',
    PEAQOS_RPC_URL: anvil.url,
    PEAQOS_PRIVATE_KEY: accounts[0].key,
    PEAQOS_MCR_API_URL: urls.mcr,
    PEAQOS_GAS_STATION_URL: urls.gasStation,
    PEAQOS_ORCHESTRATION_URL: urls.orchestration,
    PEAQOS_ORCH_API_KEY: API_KEY,
  };
  if (generation === 2) return { ...settings, PEAQOS_DEPLOYMENT_ID: DEPLOYMENT };
  return {
    ...settings,
    IDENTITY_REGISTRY_ADDRESS: addresses.IdentityRegistry,
    IDENTITY_STAKING_ADDRESS: addresses.IdentityStaking,
    EVENT_REGISTRY_ADDRESS: addresses.EventRegistry,
    MACHINE_NFT_ADDRESS: addresses.MachineNFT,
    DID_REGISTRY_ADDRESS: addresses.Did,
    BATCH_PRECOMPILE_ADDRESS: addresses.Batch,
  };
}

// What a test may change in a running world.
function controlOf(parts) {
  const { rpc, send, addresses, addresses2, switches, running } = parts;
  const { gasStation, orchestration } = running;
  return {
    // The second generation, where there is one (control2.mjs).
    generation2: addresses2.InfoDesk ? control2(parts) : undefined,
    // A transaction of the administrator, or of `from` (calls.mjs).
    send,
    // The Orchestration API (services/orchestration/control.mjs).
    market: orchestration.control,
    // Live rates out of date: ratings are marked degraded.
    setFxStale: (value) => (switches.fxStale = value),
    // The MCR API answers 503.
    setMcrDown: (value) => (switches.mcrDown = value),
    // The MCR API lists `count` more machines of an operator, without transactions: a load aid (services/fleets.mjs).
    addFleet: (operator, count, { generation = 1 } = {}) => switches.fleets.add(operator, count, generation),
    // Requests about monetisation are refused, so many times: {status, code, times}.
    setMonetizationFault: (fault) => (switches.monetizationFault = fault),
    // The Gas Station's settings (services/gas_station.mjs); those left out take their defaults.
    setGasStation: (changes) => (switches.gasStation = gasStationSettings(changes)),
    // Everything that was posted to it: [{path, body, status, code}].
    gasStation: { requests: gasStation.requests },
    // What an owner's authenticator app shows, now or `offsetSeconds` from now.
    totp: (owner, { offsetSeconds } = {}) => gasStation.codeOf(owner, offsetSeconds),
    // The owner's 2FA is locked, as after too many wrong codes; false ends it.
    lock: (owner, locked = true) => gasStation.lock(owner, locked),
    // Writes of a contract revert with these data ("0x" ends it).
    setFault: (contract, data) => send(contract, 'setFault', [data]),
    // The DID precompile answers errors as text instead of by selector.
    setDidErrorsAsText: (value) =>
      rpc('anvil_setStorageAt', [addresses.Did, `0x${'0'.repeat(64)}`, `0x${(value ? '1' : '0').padStart(64, '0')}`]),
  };
}
