// How peaqos scales: files of events from a thousand lines to a hundred thousand, and a thousand machines at once. The
// figures of docs/scale.md come from here.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevnet } from '@peaqos/devnet';
import { newOperator2 } from '../support/machines2.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, machineIdOf, newOperator } from '../support/world.mjs';
import { spawnTimed } from './spawn_timed.mjs';

const SIZES = [1000, 10_000, 100_000];
const TIME = 1776945600;

/** Runs `use(world, cwd)` in a world with a block every so many seconds, or with each transaction for 0. */
export async function withWorld(blockTime, generations, use) {
  const world = await startDevnet({ ...(blockTime > 0 && { blockTime }), generations });
  const cwd = mkdtempSync(join(tmpdir(), 'peaqos-bench-'));
  try {
    return await use(world, cwd);
  } finally {
    await world.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Runs it before the node of `env`, and gives `requests` beside what spawnTimed() gives. */
async function counted(words, { env, cwd }) {
  const node = await startMeddler(env.PEAQOS_RPC_URL);
  try {
    const timed = await spawnTimed(words, { env: { ...env, PEAQOS_RPC_URL: node.url }, cwd });
    if (timed.code !== 0) throw new Error(`${words.slice(2).join(' ')} ended with ${timed.code}: ${timed.stderr}`);
    return { ...timed, requests: node.requests.length };
  } finally {
    await node.stop();
  }
}

const linesOf = (text, status) => text.split(`"status":"${status}"`).length - 1;

/** A row for each size, and one for the memory between the smallest and the largest. */
async function measureFiles(row, { peaqos, peakMemoryScript }) {
  const peaks = [];
  await withWorld(0, [1], async (world, cwd) => {
    const operator = await newOperator(world, { balance: 10_000n * 10n ** 18n });
    const place = { env: operator.env, cwd };
    const id = machineIdOf(await spawnTimed([...peaqos, ...activate], place));
    for (const size of SIZES) {
      const line = (i) => `${JSON.stringify({ machine_id: id, type: 'revenue', value: size + i, ts: TIME - size })}\n`;
      writeFileSync(join(cwd, 'events.jsonl'), Array.from({ length: size }, (_, i) => line(i)).join(''));
      const before = BigInt(await world.rpc('eth_getBalance', [operator.address, 'latest']));
      const words = [...peaqos, 'qualify', 'events', 'events.jsonl', '-y', '--results', 'results.jsonl'];
      const timed = await counted(['python3', peakMemoryScript, ...words], place);
      const confirmed = linesOf(readFileSync(join(cwd, 'results.jsonl'), 'utf8'), 'confirmed');
      if (confirmed !== size) throw new Error(`${confirmed} of ${size} events are confirmed: ${timed.stderr}`);
      const fees = before - BigInt(await world.rpc('eth_getBalance', [operator.address, 'latest']));
      peaks.push(Number(timed.stdout) / 1024);
      const rate = size / (timed.milliseconds / 1000);
      row(
        `file of ${size} events, a block with each transaction`,
        `${rate.toFixed(0)}/s, ${peaks.at(-1).toFixed(0)} MiB, ${timed.requests} requests, ${Number(fees / 10n ** 12n) / 1e6} PEAQ`,
      );
    }
  });
  const more = peaks.at(-1) - peaks[0];
  row(`peak memory of ${SIZES.at(-1)} lines, above that of ${SIZES[0]}`, `${more.toFixed(1)} MiB`, {
    bar: '<= 10 MB',
    holds: more <= 10e6 / 2 ** 20,
  });
}

const urls = { doc_url: 'https://example.com/docs', data_api: 'https://example.com/data' };
const fleets = {
  1: {
    count: 400, // one operator's list, a DID attribute, holds few more
    single: activate,
    more: ['--gas-per-machine', '0.1'],
    line(cwd, index) {
      const name = `${index}.key`;
      writeFileSync(join(cwd, name), `0x${randomBytes(32).toString('hex')}`, { mode: 0o600 });
      return { machine_key: name, ...urls };
    },
  },
  2: {
    count: 1000,
    single: ['activate', '--machine-type', 'Sensor', '-y'],
    more: [],
    line: () => ({ machine_type: 'Sensor', credential_subject_hex: `0x${randomBytes(32).toString('hex')}` }),
  },
};

async function measureMachines(row, { peaqos }, generation) {
  const { count, single, more, line } = fleets[generation];
  await withWorld(1, [generation], async (world, cwd) => {
    const newOne = generation === 1 ? newOperator : newOperator2;
    const operator = await newOne(world, { balance: 10_000n * 10n ** 18n });
    const alone = await counted([...peaqos, ...single, '--skip-funding'], { env: operator.env, cwd });
    const lines = Array.from({ length: count }, (_, index) => `${JSON.stringify(line(cwd, index))}\n`);
    writeFileSync(join(cwd, 'fleet.jsonl'), lines.join(''));
    const words = ['activate', '--fleet', 'fleet.jsonl', ...more, '--skip-funding', '-y', '--results', 'results.jsonl'];
    const timed = await counted([...peaqos, ...words], { env: operator.env, cwd });
    const done = linesOf(readFileSync(join(cwd, 'results.jsonl'), 'utf8'), 'confirmed');
    if (done !== count) throw new Error(`${done} of ${count} machines are active: ${timed.stderr}`);
    const share = (100 * timed.requests) / (alone.requests * count);
    const seconds = timed.milliseconds / 1000;
    row(`${count} machines of generation ${generation} activated, a block a second`, `${seconds.toFixed(1)} s`, {
      bar: '<= 90 s',
      holds: seconds <= 90,
    });
    row(
      `${count} machines: requests, of those of single activations`,
      `${timed.requests} of ${alone.requests * count}, ${share.toFixed(1)} %`,
      { bar: '<= 5 %', holds: share <= 5 },
    );
  });
}

/** Adds its rows to the table; `programs` has peaqos and peakMemoryScript. */
export async function measureScale(row, programs) {
  await measureMachines(row, programs, 1);
  await measureMachines(row, programs, 2);
  await measureFiles(row, programs);
}
