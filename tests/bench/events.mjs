// Files of events beside what else submits events, on one devnet with a block a second: the reference in a loop, the
// reference SDK's batches, viem with one transaction an event, viem over the batch precompile, and the same batches
// signed beforehand, which is what the node can take.
// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  getAddress,
  http,
  isAddress,
  keccak256,
  parseAbi,
  stringToHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { startMeddler, withoutPolls } from '../support/meddler.mjs';
import { activate, eventCount, machineIdOf, newOperator, revenue } from '../support/world.mjs';
import { withWorld } from './scale.mjs';
import { spawnTimed } from './spawn_timed.mjs';

const COUNT = 1000;
const LOOP = 10; // the reference takes seconds for each
const GROUP = 100; // of the peers' batches; the devnet's block holds some 300 events
const TIME = 1776945600;

const abi = parseAbi([
  'function submitEvent(uint256 machineId,uint8 eventType,uint256 value,string currency,uint256 timestamp,bytes32 dataHash,uint8 trustLevel,uint256 sourceChainId,bytes32 sourceTxHash,bytes metadata)',
  'function batchSome(address[] to,uint256[] value,bytes[] callData,uint64[] gasLimit)',
  'function batchAll(address[] to,uint256[] value,bytes[] callData,uint64[] gasLimit)',
]);
const none = `0x${'0'.repeat(64)}`;

const call = (id, i) =>
  encodeFunctionData({
    abi,
    functionName: 'submitEvent',
    args: [BigInt(id), 0, BigInt(100 + i), 'USD', BigInt(TIME), keccak256(stringToHex(`${i}`)), 0, 0n, none, '0x'],
  });

const batch = (world, id, from, count, functionName = 'batchSome') =>
  encodeFunctionData({
    abi,
    functionName,
    args: [
      Array(count).fill(world.addresses.EventRegistry),
      Array(count).fill(0n),
      Array.from({ length: count }, (_, i) => call(id, from + i)),
      Array(count).fill(0n),
    ],
  });

// Gas units of the first GROUP events in one batch. batchSome() hides calls that run out of gas, so that its own estimate
// is too low for them; batchAll() costs the same and does not.
async function batchGas(world, { id, address }) {
  const data = batch(world, id, 0, GROUP, 'batchAll');
  return BigInt(await world.rpc('eth_estimateGas', [{ from: address, to: world.addresses.Batch, data }]));
}

// The gas limit of such a batch, with a margin for those after it.
const batchLimit = async (world, operator) => ((await batchGas(world, operator)) * 11n) / 10n;

async function machine(world, peaqos, cwd) {
  const operator = await newOperator(world, { balance: 10_000n * 10n ** 18n });
  const { stdout, stderr } = await spawnTimed([...peaqos, ...activate], { env: operator.env, cwd });
  if (!stdout) throw new Error(`the machine cannot be activated: ${stderr}`);
  return { ...operator, id: machineIdOf({ stdout }) };
}

async function untilCounted(world, id, count) {
  while ((await eventCount(world, id)) < count) await setTimeout(20);
}

function clientsOf(world, key) {
  const account = privateKeyToAccount(key);
  const chain = {
    id: world.chainId,
    name: 'devnet',
    nativeCurrency: { name: 'PEAQ', symbol: 'PEAQ', decimals: 18 },
    rpcUrls: { default: { http: [world.rpcUrl] } },
  };
  const transport = http(world.rpcUrl);
  return {
    wallet: createWalletClient({ account, chain, transport }),
    reader: createPublicClient({ chain, transport }),
  };
}

// Each peer: seconds for COUNT events, until the chain holds them.
const peers = {
  async loop(world, { key, id, env }, { reference, cwd }) {
    const { milliseconds } = await spawnTimed(
      ['sh', '-c', `for i in $(seq ${LOOP}); do "$@" >/dev/null || exit 1; done`, 'sh', ...reference, ...revenue(id)],
      { env: { ...process.env, ...env, PEAQOS_PRIVATE_KEY: key }, cwd },
    );
    return (milliseconds / 1000 / LOOP) * COUNT;
  },

  async sdk(world, { id, env }, { reference, cwd }) {
    const script = fileURLToPath(new URL('sdk_events.py', import.meta.url));
    const settings = Object.entries({ ...process.env, ...env });
    const checksummed = settings.map(([name, value]) => [name, isAddress(value) ? getAddress(value) : value]); // it takes no others
    const words = [reference[0], script, id, String(COUNT), String(GROUP), String(TIME)];
    const { milliseconds, stderr } = await spawnTimed(words, { env: Object.fromEntries(checksummed), cwd });
    if ((await eventCount(world, id)) < COUNT) throw new Error(`the SDK's batches failed: ${stderr}`);
    return milliseconds / 1000;
  },

  async single(world, { key, id, address }) {
    const { wallet, reader } = clientsOf(world, key);
    const first = await reader.getTransactionCount({ address });
    const send = (i) =>
      wallet.sendTransaction({ to: world.addresses.EventRegistry, data: call(id, i), nonce: first + i });
    const start = performance.now();
    for (let at = 0; at < COUNT; at += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => send(at + i)));
    await untilCounted(world, id, COUNT);
    return (performance.now() - start) / 1000;
  },

  async batches(world, operator) {
    const { wallet, reader } = clientsOf(world, operator.key);
    const { id } = operator;
    const start = performance.now();
    const gas = await batchLimit(world, operator);
    for (let at = 0; at < COUNT; at += GROUP) {
      const data = batch(world, id, at, GROUP);
      const hash = await wallet.sendTransaction({ to: world.addresses.Batch, data, gas });
      await reader.waitForTransactionReceipt({ hash, pollingInterval: 50 });
    }
    await untilCounted(world, id, COUNT);
    return (performance.now() - start) / 1000;
  },

  async presigned(world, operator) {
    const { wallet, reader } = clientsOf(world, operator.key);
    const { id, address } = operator;
    const first = await reader.getTransactionCount({ address });
    const gas = await batchLimit(world, operator);
    const signed = await Promise.all(
      Array.from({ length: COUNT / GROUP }, (_, i) =>
        wallet.account.signTransaction({
          ...{
            chainId: world.chainId,
            type: 'eip1559',
            to: world.addresses.Batch,
            data: batch(world, id, i * GROUP, GROUP),
          },
          ...{ nonce: first + i, gas, maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 9n },
        }),
      ),
    );
    const start = performance.now();
    for (const serializedTransaction of signed) await reader.sendRawTransaction({ serializedTransaction });
    await untilCounted(world, id, COUNT);
    return (performance.now() - start) / 1000;
  },

  async own(world, { id, env }, { peaqos, cwd }) {
    return (await submitFile(world, { id, env }, { peaqos, cwd })).milliseconds / 1000;
  },
};

const fileOf = (id, count) =>
  Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ machine_id: id, type: 'revenue', value: 100 + i, ts: TIME })}\n`,
  ).join('');

async function submitFile(world, { id, env }, { peaqos, cwd }, count = COUNT) {
  writeFileSync(join(cwd, 'events.jsonl'), fileOf(id, count));
  const words = [...peaqos, 'qualify', 'events', 'events.jsonl', '-y', '--results', 'results.jsonl'];
  const timed = await spawnTimed(words, { env, cwd });
  const confirmed = readFileSync(join(cwd, 'results.jsonl'), 'utf8').match(/"status":"confirmed"/g)?.length ?? 0;
  if (confirmed !== count) throw new Error(`${confirmed} of ${count} events are confirmed: ${timed.stderr}`);
  return timed;
}

// Gas of one event in a batch, of one event alone.
async function gasRatio(world, operator) {
  const single = { from: operator.address, to: world.addresses.EventRegistry, data: call(operator.id, COUNT) };
  const alone = Number(await world.rpc('eth_estimateGas', [single]));
  return Number(await batchGas(world, operator)) / GROUP / alone;
}

// On a chain with blocks of 6 s, behind 100 ms of latency.
const slowChain = (peaqos) =>
  withWorld(6, [1], async (world, cwd) => {
    const own = await machine(world, peaqos, cwd);
    const proxy = await startMeddler(world.rpcUrl, async () => void (await setTimeout(100)));
    try {
      const env = { ...own.env, PEAQOS_RPC_URL: proxy.url };
      const { milliseconds } = await submitFile(world, { ...own, env }, { peaqos, cwd });
      return {
        requests: withoutPolls(proxy.requests).length,
        all: proxy.requests.length,
        seconds: milliseconds / 1000,
      };
    } finally {
      await proxy.stop();
    }
  });

/** Adds its rows to the table. */
export async function measureEvents(row, { peaqos, reference }) {
  const seconds = {};
  let ratio;
  await withWorld(1, [1], async (world, cwd) => {
    for (const [name, run] of Object.entries(peers)) {
      const operator = await machine(world, peaqos, mkdtempSync(join(cwd, 'machine-')));
      seconds[name] = await run(world, operator, { peaqos, reference, cwd: mkdtempSync(join(cwd, `${name}-`)) });
      ratio ??= await gasRatio(world, operator);
    }
  });
  const figure = (name) => {
    const gain = seconds[name] / seconds.own;
    return [`${seconds[name].toFixed(1)} s, ${gain.toFixed(gain < 10 ? 2 : 0)}x`, gain];
  };
  row(`${COUNT} events: peaqos qualify events`, `${seconds.own.toFixed(1)} s`);
  for (const [name, what, least] of [
    ['loop', 'the reference in a loop, against it', 100],
    ['sdk', "the reference SDK's batch_submit_events", 1],
    ['single', 'viem, a transaction an event, pipelined', 4],
    ['batches', 'viem over the batch precompile', 1],
    ['presigned', "the same batches presigned: the node's ceiling", 0.85],
  ]) {
    const [text, gain] = figure(name);
    row(`${COUNT} events: ${what}`, text, { bar: `>= ${least}x`, holds: gain >= least });
  }
  row('gas of an event in a batch, of one alone', ratio.toFixed(2), { bar: '<= 0.78', holds: ratio <= 0.78 });
  const slow = await slowChain(peaqos);
  row(
    `${COUNT} events, blocks of 6 s, latency of 100 ms: requests, time`,
    `${slow.all}, ${slow.seconds.toFixed(1)} s`,
    { bar: '<= 45, <= 20 s', holds: slow.all <= 45 && slow.seconds <= 20 },
  );
}
