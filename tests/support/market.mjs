// Buyers in the Machine Market of a devnet: a machine, a paired agent, and what a command needs of them.
// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFunctionData, parseAbi, parseUnits } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { marketOf } from '../../devnet/test/market_client.mjs';
import { scratch } from './commands.mjs';
import { sendAs } from './send_as.mjs';

const erc20 = parseAbi([
  'function transfer(address,uint256) returns (bool)',
  'function balanceOf(address) view returns (uint256)',
]);

/** The only variables that a scale command which neither signs nor pays needs. */
export const marketEnv = (world) => {
  const { PEAQOS_ORCHESTRATION_URL, PEAQOS_ORCH_API_KEY } = world.env();
  return { PEAQOS_ORCHESTRATION_URL, PEAQOS_ORCH_API_KEY };
};

export const newKey = () => {
  const key = generatePrivateKey();
  return { key, ...privateKeyToAccount(key) };
};

/** Writes a file, a private one unless told otherwise, into a folder; gives its path. */
export function file(folder, name, content, mode = 0o600) {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

/** A machine that is active on the chain and in the market: {id, account}. */
export const newMachine = (world, options) => marketOf(world).onboard({ account: newKey(), ...options });

/**
 * Somebody who can order: {machine, pairing, agent, cwd, env, words(service, ...more)}. The agent has so many dollars of
 * the test token.
 */
export async function newBuyer(world, context, { dollars = '0', policy, machine, agent = newKey() } = {}) {
  const seller = machine ?? (await newMachine(world));
  const pairing = await marketOf(world).pair(seller, { account: agent, policy });
  if (dollars !== '0') await world.control.market.fund(agent.address, dollars);
  const cwd = scratch(context);
  const tokenFile = file(cwd, 'agent.token', `${pairing.token}\n`);
  return {
    machine: seller,
    pairing,
    agent,
    cwd,
    tokenFile,
    env: marketEnv(world),
    words: (service, ...more) => [
      ...['scale', 'order', service, '--machine-id', seller.id, '--agent-pairing-id', pairing.id],
      ...['--pairing-token-file', 'agent.token', ...more],
    ],
  };
}

export const tokensOf = async (world, account) =>
  BigInt(
    await world.rpc('eth_call', [
      {
        to: world.addresses.UsdToken,
        data: encodeFunctionData({ abi: erc20, functionName: 'balanceOf', args: [account] }),
      },
      'latest',
    ]),
  );

/** A transfer of the test token as the buyer's own wallet would make it: its hash, once it is mined. */
export const payByHand = (world, { agent }, recipient, dollars) =>
  sendAs(world, agent.address, 'UsdToken', erc20, 'transfer', [recipient, parseUnits(dollars, 6)]);

/** The orders of a machine, newest first. */
export const ordersOf = async (world, { id }) =>
  (await marketOf(world).get(`/market/orders?machineId=${id}`)).items ?? [];

/** What the API was asked for since a number of requests: "POST /market/orders" and so on, IDs left out. */
export const asked = (world, since) => world.control.market.requests.slice(since).map(({ endpoint }) => endpoint);
