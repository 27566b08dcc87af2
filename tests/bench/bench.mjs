// What `npm run bench` measures, and the bars it holds the results to.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { randomUUID, scryptSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { startDevnet } from '@peaqos/devnet';
import { installReference } from '../conformance/reference.mjs';
import { startMeddler, withoutPolls } from '../support/meddler.mjs';
import { activate, machineIdOf, newOperator, revenue } from '../support/world.mjs';
import { measureMarket } from './market.mjs';
import { measureOutbox } from './outbox.mjs';
import { measureConsole } from './console.mjs';
import { measureEvents } from './events.mjs';
import { timeInitialize } from './mcp.mjs';
import { measureScale } from './scale.mjs';
import { measureSecondGeneration } from './second_generation.mjs';
import { spawnTimed } from './spawn_timed.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = {
  node: [process.execPath, '-e', '0'],
  peaqos: [process.execPath, join(root, 'node-cli/dist/peaqos.cjs')],
  native: [join(root, 'build/native/native/peaqos-native')],
  reference: installReference(),
};

const peakMemoryScript = join(root, 'tests/bench/peak_memory.py');

const outcomes = [];

const line = (what, figure, bar) => `| ${what.padEnd(58)} | ${figure.padEnd(26)} | ${bar.padEnd(22)} |\n`;

// One row of the table; `bar` is what the figure must at least or at most be.
function row(what, figure, { bar, holds = true } = {}) {
  outcomes.push(holds);
  process.stdout.write(line(what, figure, bar ? `${bar} ${holds ? 'held' : 'MISSED'}` : ''));
}

const median = (values) => values.slice().sort((a, b) => a - b)[values.length >> 1];
const ms = (value) => `${value.toFixed(1)} ms`;
const times = (value) => `${value.toFixed(value < 10 ? 2 : 0)}x`;

// Medians of interleaved runs, so that a slow moment of the machine meets all of them.
async function startTimes(commands, options, rounds) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; ++round) {
    for (const [name, words] of Object.entries(commands))
      samples[name].push((await spawnTimed(words, options)).milliseconds);
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
}

async function measureStart(world, cwd) {
  // In the environment of whoever runs this; some of it costs every Node program (NODE_EXTRA_CA_CERTS takes 30 ms).
  const env = { ...process.env, ...(await newOperator(world)).env };
  for (const words of [['--version'], ['whoami']]) {
    const rows = {
      node: programs.node,
      peaqos: [...programs.peaqos, ...words],
      native: [...programs.native, ...words],
      reference: [...programs.reference, ...words],
    };
    const time = await startTimes(rows, { cwd, env }, 15);
    const [ratio, gain] = [time.peaqos / time.node, time.reference / time.peaqos];
    const bars =
      words[0] === '--version'
        ? [
            { bar: '<= 1.35x', holds: ratio <= 1.35 },
            { bar: '>= 10x', holds: gain >= 10 },
          ]
        : [];
    row(`${words[0]}: bare node -e 0`, ms(time.node));
    row(`${words[0]}: peaqos, against bare node`, `${ms(time.peaqos)}, ${times(ratio)}`, bars[0]);
    row(`${words[0]}: peaqos-native`, ms(time.native));
    row(`${words[0]}: reference, against peaqos`, `${ms(time.reference)}, ${times(gain)}`, bars[1]);
  }
  const bare = await startTimes(
    { node: programs.node, peaqos: [...programs.peaqos, '--version'] },
    { cwd, env: {} },
    15,
  );
  row(
    '--version in an empty environment, against bare node',
    `${ms(bare.peaqos)}, ${times(bare.peaqos / bare.node)} of ${ms(bare.node)}`,
  );
}

async function measureAgentStart(cwd) {
  const samples = { version: [], initialize: [] };
  for (let round = 0; round < 15; ++round) {
    samples.version.push((await spawnTimed([...programs.peaqos, '--version'], { cwd, env: process.env })).milliseconds);
    samples.initialize.push(await timeInitialize(programs.peaqos, { cwd, env: process.env }));
  }
  const [version, initialize] = [median(samples.version), median(samples.initialize)];
  row('mcp: answer to initialize, against --version', `${ms(initialize)}, ${times(initialize / version)}`, {
    bar: '<= 1.5x',
    holds: initialize <= 1.5 * version,
  });
}

async function countRequests(world, program) {
  const { env } = await newOperator(world);
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-bench-'));
  const counted = async (words) => {
    const meddler = await startMeddler(world.rpcUrl);
    try {
      const outcome = await spawnTimed([...program, ...words], { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
      if (outcome.code !== 0)
        throw new Error(`${program.at(-1)} ${words[0]} ended with ${outcome.code}: ${outcome.stderr}`);
      return { count: withoutPolls(meddler.requests).length, stdout: outcome.stdout };
    } finally {
      await meddler.stop();
    }
  };
  try {
    const fresh = await counted(activate);
    const rerun = await counted(activate);
    const event = await counted(revenue(machineIdOf(fresh)));
    const machine = await newOperator(world);
    writeFileSync(join(cwd, 'machine.key'), machine.key, { mode: 0o600 });
    const proxy = await counted([...activate, '--for', machine.address, '--machine-key', 'machine.key']);
    return { fresh: fresh.count, rerun: rerun.count, event: event.count, proxy: proxy.count };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function measureRequests(world) {
  await world.control.setDidErrorsAsText(true); // the reference knows absent DID attributes by the runtime's words only
  const own = await countRequests(world, programs.peaqos);
  const peer = await countRequests(world, programs.reference);
  for (const [what, name, most] of [
    ['fresh activation', 'fresh', 12],
    ['no-op rerun', 'rerun', 3],
    ['qualify event', 'event', 4],
    ['proxy activation', 'proxy', 16],
  ]) {
    row(`requests beyond receipt polls: ${what}`, `${own[name]}, reference ${peer[name]}`, {
      bar: `<= ${most}`,
      holds: own[name] <= most,
    });
  }
}

// Most memory a command used at once, in MiB.
const peakMemory = async (words, options) =>
  Number((await spawnTimed(['python3', peakMemoryScript, ...words], options)).stdout) / 1024;
const mib = (value) => `${value.toFixed(0)} MiB`;

async function measureMemory(world, cwd) {
  const { env } = await newOperator(world);
  const fleets = [await newOperator(world), await newOperator(world)];
  [100, 10_000].forEach((count, index) => world.control.addFleet(fleets[index].address, count));
  const list = (program, { did }) => [...program, 'show', 'operator', 'machines', did, '--json'];
  const own = await peakMemory([...programs.peaqos, 'whoami'], { cwd, env });
  const peer = await peakMemory([...programs.reference, 'whoami'], { cwd, env });
  row('whoami: peak memory of peaqos, against the reference', `${mib(own)}, ${mib(peer)}`);
  const [few, many] = [
    await peakMemory(list(programs.peaqos, fleets[0]), { cwd, env }),
    await peakMemory(list(programs.peaqos, fleets[1]), { cwd, env }),
  ];
  row('fleet of 10,000: peak memory, above that of 100', `${mib(many)}, +${mib(many - few)}`, {
    bar: '<= +40 MiB',
    holds: many - few <= 40,
  });
  const { milliseconds, stdout } = await spawnTimed(list(programs.peaqos, fleets[1]), { cwd, env });
  row('fleet of 10,000: time of all pages', ms(milliseconds), {
    bar: '10,000 rows',
    holds: JSON.parse(stdout).machines.length === 10_000,
  });
  const reference = await spawnTimed(list(programs.reference, fleets[1]), { cwd, env });
  row(
    'fleet of 10,000: reference, its first page only',
    `${ms(reference.milliseconds)}, ${JSON.parse(reference.stdout).machines.length} rows`,
  );
}

function measureSize() {
  const wasm = readFileSync(join(root, 'wasm/dist/peaqos.wasm'));
  const compressed = brotliCompressSync(wasm).length;
  row('peaqos.wasm, raw', `${wasm.length} bytes`, { bar: '<= 1,200 KB', holds: wasm.length <= 1_200_000 });
  row('peaqos.wasm, brotli', `${compressed} bytes`, { bar: '<= 360 KB', holds: compressed <= 360_000 });
}

function measureCrypto() {
  const timings = (...words) => JSON.parse(execFileSync(words[0], words.slice(1), { encoding: 'utf8' }));
  const native = timings(join(root, 'build/native/tests/bench/crypto_bench'));
  const wasm = timings(process.execPath, join(root, 'build/wasm/tests/bench/crypto_bench.cjs'));
  const noble = timings(process.execPath, join(root, 'tests/bench/noble.mjs'));
  const us = (nanoseconds) => `${(nanoseconds / 1000).toFixed(nanoseconds < 10_000 ? 2 : 1)} us`;
  for (const [what, name, peer, least] of [
    ['sign', 'sign', '@noble/curves', 4],
    ['keccak-256 of 64 bytes', 'keccak64', '@noble/hashes', 5],
    ['keccak-256 of 8 KiB', 'keccak8192', '@noble/hashes', 5],
  ]) {
    const gain = noble[name] / wasm[name];
    row(`${what}: native`, us(native[name]));
    row(`${what}: WASM, against ${peer} (${us(noble[name])})`, `${us(wasm[name])}, ${times(gain)}`, {
      bar: `>= ${least}x`,
      holds: gain >= least,
    });
  }
  return { native, wasm };
}

// Milliseconds of Node's own key derivation with the parameters of a wallet file; the fastest of some.
function nodeScrypt() {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    scryptSync('passphrase', Buffer.alloc(32, 1), 32, { N: 65536, r: 8, p: 1, maxmem: 128 << 20 });
    return performance.now() - start;
  });
  return Math.min(...times);
}

async function measureVault(cwd, { native, wasm }) {
  const [own, peer] = [wasm.scrypt / 1e6, nodeScrypt()];
  row('unlock a wallet (scrypt): native', ms(native.scrypt / 1e6));
  row(`unlock a wallet: WASM, against scryptSync (${ms(peer)})`, `${ms(own)}, ${times(own / peer)}`, {
    bar: '<= 1.2x',
    holds: own / peer <= 1.2,
  });
  row('seed and addresses of all chains: native', ms(native.addresses / 1e6));
  row('seed and addresses of all chains: WASM', ms(wasm.addresses / 1e6), {
    bar: '< 50 ms',
    holds: wasm.addresses < 50e6,
  });

  const home = join(cwd, 'home');
  const folder = join(home, '.ows/wallets');
  mkdirSync(home);
  const options = { cwd, env: { ...process.env, HOME: home, OWS_PASSPHRASE: 'only for the bench' } };
  await spawnTimed([...programs.peaqos, 'wallet', 'create', 'first'], options);
  const text = readFileSync(join(folder, readdirSync(folder)[0]), 'utf8');
  for (let index = 1; index < 1000; ++index) {
    const id = randomUUID();
    const wallet = { ...JSON.parse(text), id, name: `wallet ${index}` };
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(wallet, null, 2), { mode: 0o600 });
  }
  const rows = Object.fromEntries(
    ['peaqos', 'native', 'reference'].map((name) => [name, [...programs[name], 'wallet', 'list']]),
  );
  const time = await startTimes(rows, options, 7);
  row('wallet list of 1,000: peaqos', ms(time.peaqos));
  row('wallet list of 1,000: peaqos-native', ms(time.native));
  row(
    'wallet list of 1,000: reference, against peaqos',
    `${ms(time.reference)}, ${times(time.reference / time.peaqos)}`,
    {
      bar: '>= 5x',
      holds: time.reference / time.peaqos >= 5,
    },
  );
}

/** Prints the table; true when every bar is held. */
export async function measureAll() {
  process.stdout.write(line('What', 'Measured', 'Bar'));
  process.stdout.write(`|${'-'.repeat(60)}|${'-'.repeat(28)}|${'-'.repeat(24)}|\n`);
  const world = await startDevnet();
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-bench-'));
  try {
    measureSize();
    await measureStart(world, cwd);
    await measureAgentStart(cwd);
    await measureRequests(world);
    await measureSecondGeneration(world, programs.peaqos, row);
    await measureOutbox(world, row);
    await measureEvents(row, programs);
    await measureScale(row, { ...programs, peakMemoryScript });
    await measureMemory(world, cwd);
    await measureVault(cwd, measureCrypto());
    await measureMarket(world, { programs, row, ms, peakMemory, mib });
    await measureConsole(world, row, cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
    await world.stop();
  }
  return outcomes.every(Boolean);
}
