// peaqos qualify events: a file or a stream of events, each on the chain once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { seeded } from '../support/kill_often.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import { journal, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

/** An operator with a machine, and a folder: {cwd, env, address, machineId}. */
async function newPlace(context) {
  const { id, env, address } = await operatorWithMachine(world, context, 'peaqos-native');
  return { cwd: scratch(context), env, address, machineId: Number(id) };
}

const event = (place, value, more) => ({
  machine_id: place.machineId,
  type: 'revenue',
  value,
  ts: 1_776_945_600,
  ...more,
});
const events = (place, first, count) => Array.from({ length: count }, (_, index) => event(place, first + index));
const jsonLines = (list) => list.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
const write = (place, name, content) => writeFileSync(join(place.cwd, name), content);
const submit = (command, place, ...words) => run(command, ['qualify', 'events', ...words], place);
const results = ({ stdout }) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const counts = (outcome) => {
  const found = {};
  for (const { status } of results(outcome)) found[status] = (found[status] ?? 0) + 1;
  return found;
};

/** The values of a machine's events, sorted; an event's data begins with its type and its value. */
async function valuesOf({ machineId }) {
  const topics = [null, `0x${BigInt(machineId).toString(16).padStart(64, '0')}`];
  const filter = { address: world.addresses.EventRegistry, fromBlock: '0x0', topics };
  const logs = await world.rpc('eth_getLogs', [filter]);
  return logs.map(({ data }) => Number(BigInt(`0x${data.slice(66, 130)}`))).sort((a, b) => a - b);
}
const range = (first, count) => Array.from({ length: count }, (_, index) => first + index);

testBoth('500 events of a file go in few transactions, and a rerun sends nothing', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', jsonLines(events(place, 1, 500)));
  const before = await transactionCount(world, place.address);
  const first = await submit(command, place, 'day.jsonl', '-y', '--json', '--results', 'results.jsonl');
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual(await valuesOf(place), range(1, 500));
  const sent = (await transactionCount(world, place.address)) - before;
  assert.ok(sent <= 20, `${sent} transactions`);
  const lines = results(first);
  assert.deepEqual(
    lines.map(({ line, status, index }) => [line, status, index]),
    range(1, 500).map((line) => [line, 'confirmed', line - 1]),
  );
  const receipt = await world.rpc('eth_getTransactionReceipt', [lines[0].tx_hash]);
  assert.equal(Number(receipt.blockNumber), lines[0].block);
  assert.equal(readFileSync(join(place.cwd, 'results.jsonl'), 'utf8'), first.stdout);

  const again = await submit(command, place, 'day.jsonl', '-y', '--json');
  assert.deepEqual([again.code, again.stdout], [0, first.stdout], again.stderr);
  assert.equal((await transactionCount(world, place.address)) - before, sent);

  write(place, 'day.jsonl', jsonLines(events(place, 1, 520)));
  const appended = await submit(command, place, 'day.jsonl', '-y');
  assert.equal(appended.code, 0, appended.stderr);
  assert.match(appended.stdout, /^All lines were read\.\n {2}Lines: +520\n {2}Submitted: +20\n {2}Earlier: +500\n/);
  assert.deepEqual(await valuesOf(place), range(1, 520));
});

testBoth('bad lines of every kind never block the others', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'raw.bin', 'reading');
  const big = `{"machine_id":${place.machineId},"type":"revenue","ts":1,"value":${2n ** 256n}}`;
  const bad = [
    'nonsense',
    '{"machine_id":1,',
    '[]',
    event(place, 1, { surprise: true }),
    event(place, '1.5'),
    event(place, -1),
    event(place, 1, { type: 'sale' }),
    event(place, 1, { ts: 'yesterday' }),
    event(place, 1, { currency: 'eur' }),
    event(place, 1, { trust: 'onchain' }),
    event(place, 1, { raw_data: 'nowhere.bin' }),
    event(place, 1, { metadata_hex: 'abc' }),
    event(place, 1, { id: '' }),
    big,
    `{"machine_id":"\u0000"}`,
    JSON.stringify(event(place, 1, { id: 'x'.repeat(10_000_000) })),
  ];
  const refused = [event(place, 7001, { machine_id: 999_999 }), event(place, 7002, { ts: 4_102_444_800 })];
  const good = [
    ...events(place, 1, 20),
    JSON.stringify(event(place, 'BIG', { id: 'big' })).replace('"BIG"', '9007199254740993'),
    event(place, 21, { raw_data: 'raw.bin', metadata_hex: '0xabcd', currency: 'EUR' }),
  ];
  const mixed = good.slice(0, 10).concat(bad, refused, [event(place, 3)], good.slice(10));
  write(place, 'day.jsonl', `\ufeff${jsonLines(mixed).replace(/\n/g, '\r\n').trimEnd()}`);

  const check = await submit(command, place, 'day.jsonl', '--check');
  assert.equal(check.code, 1);
  assert.equal(check.stdout.match(/^Line \d+.*: invalid: .+$/gm).length, bad.length, check.stdout);
  assert.match(check.stdout, /^Line 15: invalid: value is not a whole number below 2\^256: '1\.5'/m);
  assert.match(check.stdout, /^Line 29: duplicate: equal to line 3$/m);
  assert.deepEqual(await valuesOf(place), []);

  const strict = await submit(command, place, 'day.jsonl', '--strict', '-y');
  assert.equal(strict.code, 1);
  assert.match(strict.stderr, /Error: 16 of 41 lines are invalid; nothing was sent\./);
  assert.deepEqual(await valuesOf(place), []);

  const outcome = await submit(command, place, 'day.jsonl', '-y', '--json');
  assert.equal(outcome.code, 2, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: good.length, invalid: bad.length, duplicate: 1, rejected: 2 });
  const rejected = results(outcome).filter(({ status }) => status === 'rejected');
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [27, 28],
  );
  assert.match(rejected[0].reason, /machine/i);
  assert.equal((await valuesOf(place)).length, good.length);
});

testBoth('CSV with a header, by its name or --format', async (command, context) => {
  const place = await newPlace(context);
  const { machineId } = place;
  const csv = [
    'id,machine_id,type,value,ts,currency',
    `"a, ""1""",${machineId},revenue,1,2026-04-23T12:00:00Z,EUR`,
    `b,${machineId},activity,2,1776945600,`,
    `c,${machineId},"activity`,
    `d,${machineId},activity,3,1776945600,`,
  ].join('\r\n');
  write(place, 'day.csv', csv);
  const outcome = await submit(command, place, 'day.csv', '-y', '--json');
  assert.equal(outcome.code, 1, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: 3, invalid: 1 });
  assert.ok(results(outcome).some(({ id }) => id === 'a, "1"'));
  write(place, 'day.txt', csv);
  const again = await submit(command, place, 'day.txt', '-y', '--format', 'csv', '--json');
  assert.deepEqual(counts(again), { confirmed: 3, invalid: 1 });
  assert.deepEqual(await valuesOf(place), [1, 2, 3]);
  const wrong = await submit(command, place, 'day.csv', '-y', '--format', 'json', '--json');
  assert.deepEqual(counts(wrong), { invalid: 5 });
  write(place, 'bad.csv', 'machine_id,colour\n1,red\n');
  const header = await submit(command, place, 'bad.csv', '-y');
  assert.equal(header.code, 1);
  assert.match(header.stderr, /Error: the header of the events file has an unknown column 'colour'/);
});

testBoth('ids make equal lines two events, and one id is one event', async (command, context) => {
  const place = await newPlace(context);
  const list = [event(place, 1, { id: 'a' }), event(place, 1, { id: 'b' }), event(place, 2, { id: 'a' })];
  write(place, 'day.jsonl', jsonLines(list));
  const outcome = await submit(command, place, 'day.jsonl', '-y', '--json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(
    results(outcome)
      .sort((a, b) => a.line - b.line)
      .map(({ id, status, reason }) => [id, status, reason]),
    [
      ['a', 'confirmed', null],
      ['b', 'confirmed', null],
      ['a', 'duplicate', 'has the id of line 1'],
    ],
  );
  assert.deepEqual(await valuesOf(place), [1, 1]);
});

testBoth('standard input: as lines come, with -y alone', async (command, context) => {
  const place = await newPlace(context);
  const asked = await submit(command, place, '-');
  assert.equal(asked.code, 1);
  assert.match(asked.stderr, /^Error: the events come from standard input.*Add -y to send without asking/);

  const options = { ...place, stdio: ['pipe', 'pipe', 'pipe'] };
  const { child, done } = start(command, ['qualify', 'events', '-', '-y', '--json'], options);
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  child.stdin.write(jsonLines(events(place, 1, 3)));
  while (text.split('\n').length < 4) await sleep(20);
  assert.deepEqual(await valuesOf(place), [1, 2, 3], 'sent while the pipe is open');
  const last = jsonLines(events(place, 4, 2));
  child.stdin.write(last.slice(0, 30));
  await sleep(100);
  child.stdin.end(last.slice(30).trimEnd());
  const outcome = await done;
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: 5 });
  assert.deepEqual(await valuesOf(place), range(1, 5));
});

testBoth('an empty file, and one that is not there', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', '');
  const empty = await submit(command, place, 'day.jsonl', '-y', '--json');
  assert.deepEqual([empty.code, empty.stdout], [0, ''], empty.stderr);
  const none = await submit(command, place, 'none.jsonl', '--check');
  assert.equal(none.code, 1);
  assert.match(none.stderr, /^Error: events file .*none\.jsonl/);
});

testBoth('killed at any moment and run again, each event is on the chain once', async (command, context) => {
  const place = await newPlace(context);
  const count = 300;
  write(place, 'day.jsonl', jsonLines(events(place, 1, count)));
  const words = ['qualify', 'events', 'day.jsonl', '-y', '--json', '--batch', '20', '--in-flight', '2'];
  const random = seeded(20_261_127);
  let kills = 0;
  for (let attempt = 0; attempt < 12; ++attempt) {
    const { child, done } = start(command, words, place);
    const ended = await Promise.race([done, sleep(200 + random() * 1500)]);
    if (ended) {
      assert.equal(ended.code, 0, ended.stderr);
      break;
    }
    child.kill('SIGKILL');
    await done;
    ++kills;
  }
  const outcome = await run(command, words, place);
  assert.equal(outcome.code, 0, `${kills} kills: ${outcome.stderr}`);
  assert.deepEqual(counts(outcome), { confirmed: count });
  assert.deepEqual(await valuesOf(place), range(1, count));
  const hashes = new Set(journal(place.cwd).flatMap(({ status, tx_hash }) => (status === 'pending' ? [tx_hash] : [])));
  for (const { tx_hash } of results(outcome))
    assert.ok(hashes.has(tx_hash), 'every transaction was written down first');
});

testBoth('two runs on one file at once are one', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', jsonLines(events(place, 1, 100)));
  const outcomes = await Promise.all([1, 2].map(() => submit(command, place, 'day.jsonl', '-y', '--json')));
  for (const outcome of outcomes) {
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(counts(outcome), { confirmed: 100 });
  }
  assert.deepEqual(await valuesOf(place), range(1, 100));
});

testBoth('without a batch precompile each event is a transaction', async (command, context) => {
  const place = await newPlace(context);
  place.env = { ...place.env, BATCH_PRECOMPILE_ADDRESS: '0x00000000000000000000000000000000000b47c4' };
  write(place, 'day.jsonl', jsonLines(events(place, 1, 40)));
  const before = await transactionCount(world, place.address);
  const outcome = await submit(command, place, 'day.jsonl', '-y', '--json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal((await transactionCount(world, place.address)) - before, 40);
  assert.deepEqual(await valuesOf(place), range(1, 40));
});

testBoth('--max-total-fee stops the run, and the next one goes on', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', jsonLines(events(place, 1, 100)));
  const stopped = await submit(command, place, 'day.jsonl', '-y', '--json', '--max-total-fee', '0.00000001');
  assert.equal(stopped.code, 2);
  assert.match(
    stopped.stderr,
    /Error: the fees of this run may come to .*--max-total-fee: it goes on where it stopped/,
  );
  assert.deepEqual(counts(stopped), { pending: 100 });
  assert.deepEqual(await valuesOf(place), []);
  const rest = await submit(command, place, 'day.jsonl', '-y');
  assert.equal(rest.code, 0, rest.stderr);
  assert.deepEqual(await valuesOf(place), range(1, 100));
});

testBoth('a base fee that rises tenfold in the middle stops nothing', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', jsonLines(events(place, 1, 120)));
  let broadcasts = 0;
  const meddler = await startMeddler(place.env.PEAQOS_RPC_URL, async (calls) => {
    if (!hasMethod(calls, 'eth_sendRawTransaction') || ++broadcasts !== 3) return false;
    const { baseFeePerGas } = await world.rpc('eth_getBlockByNumber', ['latest', false]);
    await world.rpc('anvil_setNextBlockBaseFeePerGas', [`0x${(BigInt(baseFeePerGas) * 10n).toString(16)}`]);
    return false;
  });
  context.after(() => meddler.stop());
  place.env = { ...place.env, PEAQOS_RPC_URL: meddler.url };
  const outcome = await submit(command, place, 'day.jsonl', '-y', '--json', '--batch', '10', '--in-flight', '2');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.ok(broadcasts > 3, 'the rise came in the middle');
  assert.deepEqual(counts(outcome), { confirmed: 120 });
  assert.deepEqual(await valuesOf(place), range(1, 120));
});

testBoth('a node that stalls, limits and drops costs time and nothing else', async (command, context) => {
  const place = await newPlace(context);
  write(place, 'day.jsonl', jsonLines(events(place, 1, 200)));
  const random = seeded(14);
  const faults = { limited: 0, dropped: 0, lost: 0, stalled: 0 };
  const meddler = await startMeddler(place.env.PEAQOS_RPC_URL, async (calls, forward, response) => {
    const dice = random();
    if (dice < 0.1) {
      ++faults.limited;
      response.writeHead(429, { 'retry-after': '0' }).end();
    } else if (dice < 0.15) {
      ++faults.dropped;
      response.destroy();
    } else if (dice < 0.2) {
      ++faults.lost; // it did what it was asked, and does not say so
      await forward();
      response.destroy();
    } else {
      if (dice < 0.3) {
        ++faults.stalled;
        await sleep(300);
      }
      return false;
    }
    return true;
  });
  context.after(() => meddler.stop());
  place.env = { ...place.env, PEAQOS_RPC_URL: meddler.url };
  let outcome;
  for (let attempt = 0; attempt < 20; ++attempt) {
    outcome = await submit(command, place, 'day.jsonl', '-y', '--json', '--batch', '10', '--in-flight', '3');
    if (outcome.code === 0) break;
    assert.equal(outcome.code, 2, outcome.stderr); // of the network, and the next run goes on
  }
  context.diagnostic(JSON.stringify(faults));
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(counts(outcome), { confirmed: 200 });
  assert.deepEqual(await valuesOf(place), range(1, 200));
});
