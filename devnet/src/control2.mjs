// What a test may change in the second generation of a running world.
// SPDX-License-Identifier: Apache-2.0
import { encodeFunctionData, maxUint256, parseEther, stringToHex, toHex } from 'viem';
import { addresses2, peerKey, peers } from './deploy2.mjs';
import { transactTogether } from './transact.mjs';

const ELSEWHERE = 3; // a chain of the protocol that is not here
const ACTIVATION_GAS = 3_000_000;

export function control2({ rpc, contracts, read, send, addresses, blockTime }) {
  const state = (name, ...args) => send('MachineStateAndSync', name, args);
  const subscription = (name, args, value) => send('MachineSubscription', name, args, { value });

  // Acts as an account, whether the node holds its key or not.
  async function as(account, act) {
    await rpc('anvil_impersonateAccount', [account]);
    try {
      return await act({ from: account });
    } finally {
      await rpc('anvil_stopImpersonatingAccount', [account]);
    }
  }

  const allow = (owner, options) => send('PeaqToken', 'approve', [addresses2.MachineSubscription, maxUint256], options);

  // Machines of one owner, which pays their bonds: their ids.
  async function activateAll(owner, machines) {
    await as(owner, async (options) => {
      await allow(owner, options);
      const first = Number(await rpc('eth_getTransactionCount', [owner, 'pending']));
      const transactions = machines.map((machine, place) => ({
        from: owner,
        to: addresses2.MachineStateAndSync,
        data: encodeFunctionData({
          abi: contracts.MachineStateAndSync.abi,
          functionName: 'activateMachine',
          args: argumentsOf(owner, machine),
        }),
        nonce: toHex(first + place),
        gas: toHex(ACTIVATION_GAS),
      }));
      await transactTogether(rpc, transactions, 'activateMachine', !blockTime);
      // Back to the exact state: nothing is allowed any more.
      await send('PeaqToken', 'approve', [addresses2.MachineSubscription, 0n], options);
    });
    return Promise.all(machines.map((machine) => idOf(machine)));
  }

  const idOf = ({ machineType = 'Sensor', credentialSubject }) =>
    read('MachineRegistry', 'computeTokenId', [machineType, credentialSubject]);

  return {
    activate: async (owner, machine) => (await activateAll(owner, [machine]))[0],
    addMachines: (owner, count, options = {}) =>
      activateAll(
        owner,
        Array.from({ length: count }, (_, place) => ({
          ...options,
          credentialSubject: stringToHex(`${options.prefix ?? 'fleet'} ${place}`),
        })),
      ),
    async onboardUnsubscribed(owner, machine) {
      await state('onboardUnsubscribed', owner, ...argumentsOf(owner, machine).slice(0, 4));
      return idOf(machine);
    },
    async reissue(oldId, owner, machine) {
      await state('reissueLegacyMachine', oldId, owner, ...argumentsOf(owner, machine).slice(0, 4));
      return idOf(machine);
    },
    // The chain's clock goes forward, and what that does to bonds is done.
    async advance(seconds) {
      await rpc('evm_increaseTime', [toHex(seconds)]);
      await rpc('evm_mine');
      do await subscription('settleLifecycle');
      while (await read('MachineSubscription', 'settleLifecycle'));
    },
    setPrice: async (dollars) => {
      const { timestamp } = await rpc('eth_getBlockByNumber', ['latest', false]);
      const args = [[stringToHex('PEAQ', { size: 32 })], [parseEther(String(dollars))], BigInt(timestamp)];
      return send('PriceOracle', 'commitPrices', args);
    },
    setTierPrice: (tier, dollars) => send('InfoDesk', 'setTierPriceUsd', [tier, parseEther(String(dollars))]),
    async setDurations({ period, grace, runoff }) {
      if (period !== undefined) await send('InfoDesk', 'setSubscriptionPeriodLength', [period]);
      if (grace !== undefined) await send('InfoDesk', 'setGraceDuration', [grace]);
      if (runoff !== undefined) await send('InfoDesk', 'setRunoffDuration', [runoff]);
    },
    grantVoucher: (owner, amount) => subscription('grantVoucher', [owner], amount),
    grantBondingReward: (owner, amount) => subscription('grantBondingReward', [owner], amount),
    setGeneralPause: (yes, id) =>
      id === undefined ? state('setGeneralPausedGlobal', yes) : state('setGeneralPaused', id, yes),
    setTechnicalPause: (yes, id) =>
      id === undefined ? state('setTechnicalPausedGlobal', yes) : state('setTechnicalPaused', id, yes),
    setRelocating: (id, yes) => state('setRelocating', id, yes),
    moveAway: (id, chain = ELSEWHERE) => send('MachineBridgeAdapter', 'moveAway', [id, chain]),
    setPeer: (role, address = addresses2[peers[role]]) =>
      address === null
        ? send('InfoDesk', 'unsetPeer', [peerKey(role)])
        : send('InfoDesk', 'setPeer', [peerKey(role), address]),
    setEconomicAuthority: (yes) => subscription('setEconomicAuthority', [yes]),
    setRenewalTierSelection: (yes) => subscription('setRenewalTierSelection', [yes]),
    async setUsdt(configured, { reserve = 0n, spreadBps = 0n } = {}) {
      const token = configured ? addresses.UsdToken : `0x${'0'.repeat(40)}`;
      await send('SubscriptionTokenProvisionPool', 'setUsdtToken', [token]);
      await send('SubscriptionTokenProvisionPool', 'setSpreadBps', [spreadBps]);
      if (reserve) await send('PeaqToken', 'transfer', [addresses2.SubscriptionTokenProvisionPool, reserve]);
    },
  };
}

// Of activateMachine: an entry subscription of a sensor that its owner controls, unless said otherwise.
function argumentsOf(owner, machine) {
  const { machineType = 'Sensor', credentialSubject, controller = owner, manufacturer = owner, tier = 0 } = machine;
  const { verificationMethods = [], authentication = [], serviceEndpoints = [] } = machine;
  const document = { id: '', controller, verificationMethods, authentication, serviceEndpoints };
  return [document, machineType, credentialSubject, manufacturer, tier];
}
