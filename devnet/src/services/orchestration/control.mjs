// What a test, or the market's staff, does with the running Orchestration API: world.control.market.
// SPDX-License-Identifier: Apache-2.0
import { formatUnits, parseUnits, toHex } from 'viem';
import { ENDPOINTS } from './routes.mjs';
import { DECIMALS } from './rails.mjs';

const GAS_MONEY = 10n ** 18n;
const BOND = 10n ** 18n;

export function marketControlOf({ requests, market, reset, switches, rpc, read, send }) {
  // A fault of an endpoint ('E9', or '*' for all): a code, or {code, message, details, status}, {status, text, type} (an
  // answer as it is), {delayMs}, {drop: 'before' or 'after' its work}. For so many requests; null ends it.
  function fail(endpoint, fault, { times } = {}) {
    if (endpoint !== '*' && !ENDPOINTS.includes(endpoint))
      throw new TypeError(`there is no endpoint '${endpoint}': E1 to ${ENDPOINTS.at(-1)}, or *`);
    switches.fail(endpoint, fault, times);
  }

  return {
    // Everything that was asked for: [{endpoint, method, path, query, headers, body, status, code}].
    requests,
    // Forgets all machines, agents, orders, settings and faults: for a chain that was put back to its beginning.
    reset,
    fail,
    // Ends all faults.
    clear: () => switches.clear(),
    // The settings (assumptions.mjs); those left out take their defaults.
    set: (changes) => switches.set(changes),
    // Puts the API's clock forward: for what expires.
    advance: (seconds) => switches.advance(seconds),
    // Makes a pairing 'active', 'paused' or 'revoked'.
    setPairing: (id, status) => market.pairings.setStatus(id, status),
    // The state of an order as if it had come to that, such as 'cancelled'.
    setOrder: (id, status) => market.orders.change(market.orders.find(id), { status }),
    // A service of the catalogue, by its id; and one more, its members as there.
    service: (id) => market.services.find((service) => service.id === id),
    addService: (service) => market.services.push(service),
    // Load aids: `count` more machines, drafts without an identity; `count` more orders of a machine, without purchases.
    seedMachines: (count) => market.machines.seed(count),
    seedOrders: (machineId, count) => market.orders.seed(market.machines.find(machineId).id, count),
    // Pays an order out whose release waits.
    release: (orderId) => market.settlement.release(orderId),
    // Ends a dispute: 'release' or 'refund'.
    resolve: (orderId, way) => market.settlement.resolve(orderId, way),
    // Resolves when every payout that has begun is done.
    settled: () => market.settlement.settled(),
    // Gives an account dollars of the test token, as '12.50', and PEAQ for gas when it has less than 1.
    async fund(account, dollars) {
      await send('UsdToken', 'mint', [account, parseUnits(dollars, DECIMALS)]);
      const balance = BigInt(await rpc('eth_getBalance', [account, 'latest']));
      if (balance < GAS_MONEY) await rpc('anvil_setBalance', [account, toHex(GAS_MONEY)]);
    },
    // What an account has of the token, as '12.5'.
    dollarsOf: async (account) => formatUnits(await read('UsdToken', 'balanceOf', [account]), DECIMALS),
    // Activates a machine on the chain: registered by an operator whose key the node holds, bonded, with its NFT.
    async activate(machine, operator) {
      await send('IdentityRegistry', 'registerFor', [machine], { from: operator, value: BOND });
      const id = await read('IdentityRegistry', 'machineIdOfOwner', [machine]);
      await send('MachineNFT', 'mint', [id, machine], { from: operator });
      return Number(id);
    },
  };
}
