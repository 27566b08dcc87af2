// Pairs of equal worlds: the reference acts in one, our command in the other, from the same starting point.
// SPDX-License-Identifier: Apache-2.0
import { startDevnet } from '@peaqos/devnet';
import { compileContracts } from '../../devnet/src/compile.mjs';
import { actor, actors } from './actors.mjs';
import { startFair } from './fair.mjs';

// The test network's chain id: both commands then know the network by its name, the reference's Gas Station client too.
const chainId = 9990;
const pool = 2;

export const contracts = compileContracts();

/**
 * Starts the pairs: {use(body), stop()}. use() waits for a free pair {reference, ours}, each {world, reset(steps)}, and
 * gives it to body.
 */
export async function startWorlds() {
  const started = [];
  const start = async () => {
    const world = await startDevnet({ chainId });
    started.push(world);
    await world.control.setDidErrorsAsText(true); // the reference knows absent attributes by these words only
    return resettable(world);
  };
  const stop = () => Promise.all(started.map((world) => world.stop()));
  try {
    const rated = await startRated(await start());
    const fair = await startFair(await start());
    const free = [];
    for (let n = 0; n < pool; ++n) free.push({ reference: await start(), ours: await start() });
    const waiting = [];
    const take = () => (free.length ? free.pop() : new Promise((resolve) => waiting.push(resolve)));
    const give = (pair) => (waiting.length ? waiting.shift()(pair) : free.push(pair));
    const use = async (body) => {
      const pair = await take();
      try {
        return await body(pair);
      } finally {
        give(pair);
      }
    };
    return { pairs: pool, rated, fair, use, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// A world that is only read, and never reverted: the index of its MCR API would not turn back with the chain.
async function startRated({ world, reset }) {
  await reset([
    registered('operator'),
    minted('operator', 1),
    described('operator', { machineId: '1', documentation_url: 'https://example.com/docs', data_visibility: 'public' }),
    submitted('operator', 1, { value: 12345n, currency: 'HKD' }),
    submitted('operator', 1, { type: 1, value: 7n, currency: '' }),
    registeredFor('operator', 'machine'),
    registeredFor('operator', 'second'),
    submitted('operator', 2, { value: 9900n, currency: 'USD', trust: 2 }),
  ]);
  return world;
}

async function resettable(world) {
  world.scene = {}; // what the steps made
  let snapshot = await world.rpc('evm_snapshot');
  return {
    world,
    async reset(steps = []) {
      await world.control.market.reset(); // with the chain as it was, since payouts may still be under way
      world.scene = {};
      await world.rpc('evm_revert', [snapshot]);
      snapshot = await world.rpc('evm_snapshot'); // a revert uses its snapshot up
      for (const step of steps) await step(world);
    },
  };
}

export { actor, actors };

const bond = 10n ** 18n;
export const hex = (text) => `0x${Buffer.from(text).toString('hex')}`;
const as = (world, name) => ({ from: actor(world, name).address });

// Steps that bring a world to a case's starting point. Machine ids count up from 1 in the order of registration.
export const registered = (name) => (world) =>
  world.control.send('IdentityRegistry', 'register', [], { ...as(world, name), value: bond });

export const registeredFor = (operator, machine) => (world) =>
  world.control.send('IdentityRegistry', 'registerFor', [actor(world, machine).address], {
    ...as(world, operator),
    value: bond,
  });

export const minted =
  (name, id, recipient = name) =>
  (world) =>
    world.control.send('MachineNFT', 'mint', [BigInt(id), actor(world, recipient).address], as(world, name));

export const described = (name, attributes) => async (world) => {
  const { address } = actor(world, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    const text = typeof value === 'function' ? value(world) : value;
    await world.control.send('Did', 'addAttribute', [address, hex(attribute), hex(text), 0], { from: address });
  }
};

const noHash = `0x${'0'.repeat(64)}`;
export const submitted =
  (name, id, { type = 0, value = 1n, currency = 'USD', trust = 0 } = {}) =>
  (world) =>
    world.control.send(
      'EventRegistry',
      'submitEvent',
      [BigInt(id), type, value, currency, 1745152200n, noHash, trust, 0n, noHash, '0x'],
      as(world, name),
    );

export const released = (id) => (world) => world.control.send('IdentityStaking', 'release', [BigInt(id)]);
export const deactivated = (name, id) => (world) =>
  world.control.send('IdentityRegistry', 'deactivateMachine', [BigInt(id)], as(world, name));
export const transferred = (from, to, token) => (world) =>
  world.control.send(
    'MachineNFT',
    'transferFrom',
    [actor(world, from).address, actor(world, to).address, BigInt(token)],
    as(world, from),
  );
export const paused = (contract) => (world) => world.control.send(contract, 'pause');
export const faulty = (contract, data) => (world) => world.control.setFault(contract, data);
export const holding = (name, wei) => (world) =>
  world.rpc('anvil_setBalance', [actor(world, name).address, `0x${wei.toString(16)}`]);
