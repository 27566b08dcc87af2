// The Machine Market of a world: steps to a case's starting point, what it holds in the end, and steady names for what it
// makes up. What steps make is kept in world.scene, for words and files of the case.
// SPDX-License-Identifier: Apache-2.0
import { privateKeyToAccount } from 'viem/accounts';
import { SELLERS } from '../../devnet/src/services/orchestration/catalogue.mjs';
import { marketOf } from '../../devnet/test/market_client.mjs';
import { actor } from './actors.mjs';

const accountOf = (world, name) => privateKeyToAccount(actor(world, name).key);
export const identityOf = (name) => (world) => `did:peaq:${actor(world, name).address}`;
export const seller = SELLERS['harbor-data'];

/** A word or a file's text that the steps have made: of(({machine}) => machine.id). */
export const of = (read) => (world) => read(world.scene);

/** A machine that its operator has activated on the chain; it is not in the market yet. */
export const onChain =
  (name = 'machine') =>
  (world) =>
    world.control.market.activate(actor(world, name).address, actor(world, 'operator').address);

/** Nothing but a challenge, signed by an account: scene.signature. It is repeated to who asks for the same. */
export const challenged =
  (signer, name = 'machine') =>
  async (world) => {
    const { message } = await marketOf(world).challengeOf(identityOf(name)(world));
    world.scene.signature = await accountOf(world, signer).signMessage({ message });
  };

export const pairingChallenged =
  (signer, changes = {}) =>
  async (world) => {
    const { post, agentOf } = marketOf(world);
    const { item } = await post(
      `/machines/${world.scene.machine.id}/agent-pairings/challenges`,
      agentOf(accountOf(world, 'agent'), changes),
    );
    world.scene.signature = await accountOf(world, signer).signMessage({ message: item.message });
  };

/** A machine in the market: scene.machine. */
export const onboarded =
  ({ name = 'machine', ...options } = {}) =>
  async (world) => {
    await onChain(name)(world);
    const market = marketOf(world);
    world.scene.machine = await market.onboard({ account: accountOf(world, name), onChain: false, ...options });
  };

/** An account, usually the agent's, may act for the machine, and has so many dollars: scene.pairing. */
export const paired =
  ({ name = 'agent', dollars, ...options } = {}) =>
  async (world) => {
    const { machine } = world.scene;
    const agent = accountOf(world, name);
    world.scene.pairing = await marketOf(world).pair(machine, { account: agent, ...options });
    if (dollars) await world.control.market.fund(agent.address, dollars);
  };

export const searched = (serviceType) => async (world) => {
  const { pairing } = world.scene;
  world.scene.search = (await marketOf(world).search(pairing, serviceType)).item;
};

/** An order of the agent: scene.order; `done` names what happened to it since, as the API's steps are called. */
export const ordered =
  (service, ...done) =>
  async (world) => {
    const { order, step } = marketOf(world);
    const { pairing } = world.scene;
    world.scene.order = (await order(pairing, service)).item;
    for (const [path, body] of done) await step(pairing, world.scene.order.id, path, body);
  };

/** The agent's wallet pays by hand: scene.hash. */
export const transferredTo =
  (recipient, dollars, name = 'agent') =>
  async (world) => {
    const to = typeof recipient === 'function' ? recipient(world) : recipient;
    world.scene.hash = await marketOf(world).transfer(accountOf(world, name), to, dollars);
  };

/** Anything else that a test can do with the API (world.control.market). */
export const market = (act) => (world) => act(world.control.market, world.scene, world);

/** {what: state} of the machines, their orders and payments, and of the token. */
export async function marketStateOf(world) {
  const { get } = marketOf(world);
  const state = {};
  for (const { id, status } of (await get('/machines')).items) {
    state[id] = status;
    for (const order of (await get(`/market/orders?machineId=${id}`)).items) {
      const { item: payment } = await get(`/market/orders/${order.id}/payment`);
      state[order.id] = `${order.status}${payment ? `, ${payment.rail.type} ${payment.status}` : ''}`;
    }
  }
  const holders = {
    agent: actor(world, 'agent').address,
    operator: actor(world, 'operator').address,
    seller,
    escrow: world.addresses.Escrow,
  };
  for (const [name, address] of Object.entries(holders))
    state[`dollars of ${name}`] = await world.control.market.dollarsOf(address);
  return state;
}

const idPattern = /\b(mach|pair|ord|mpay|pi|quote|msearch|mic|apc|sess|tok|run|out|mdis)_[0-9a-f]{12}\b/g;
const tokenPattern = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

// An address in any letters, or its beginning and end.
const addressPattern = (address) => new RegExp(`${address}|${address.slice(0, 6)}\\.\\.\\.${address.slice(-4)}`, 'gi');

/**
 * Makes steady what an API made up, in the order in which it gave it away: `texts` are its answers. IDs are counted by
 * kind; cursors, tokens, nonces, signatures and times get a name each, and so do the contracts that are paid at.
 */
export function marketNames(texts, { addresses }) {
  const ids = new Map();
  const counts = {};
  const nameOf = (id, kind) => {
    if (!ids.has(id)) ids.set(id, `<${kind} ${(counts[kind] = (counts[kind] ?? 0) + 1)}>`);
    return ids.get(id);
  };
  const ends = new Set();
  const cursors = new Map();
  for (const text of texts) {
    text.replace(idPattern, nameOf);
    for (const [token] of text.matchAll(tokenPattern)) ends.add(token.slice(-4));
    for (const [, cursor] of text.matchAll(/"nextCursor":"([^"]+)"/g)) {
      const name = `<cursor ${cursors.size / 2 + 1}>`;
      if (!cursors.has(cursor)) cursors.set(cursor, name).set(encodeURIComponent(cursor), name);
    }
  }
  const contracts = ['UsdToken', 'Escrow'].map((name) => [name, addressPattern(addresses[name])]);
  return (text) => {
    let tidied = text.replace(idPattern, nameOf).replace(tokenPattern, '<token>');
    for (const [name, pattern] of contracts)
      tidied = tidied.replace(pattern, (found) => `<${found.includes('...') ? 'short ' : ''}${name}>`);
    for (const [cursor, name] of cursors) tidied = tidied.replaceAll(cursor, name);
    for (const end of ends) tidied = tidied.replaceAll(`"${end}"`, '"<four>"').replaceAll(`...${end}`, '...<four>');
    return tidied
      .replace(/\b(0x)?[0-9a-f]{130}\b/g, '$1<signature>')
      .replace(/nonce: [0-9a-f]{32}/g, 'nonce: <nonce>')
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>');
  };
}
