// submitEvents(): streams of events, each on the chain once.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, PeaqosError } from '@peaqos/core';
import { operatorWithMachine } from '../../tests/support/machines.mjs';
import { eventCount, startWorld } from '../../tests/support/world.mjs';

const world = await startWorld();

function clientOf(operator) {
  const files = new Map();
  const missing = (path) => Object.assign(new Error(path), { failure: 'missing' });
  return createClient({
    env: operator.env,
    readFile(path) {
      if (files.has(path)) return files.get(path);
      throw missing(path);
    },
    appendFile: (path, bytes) => void files.set(path, Buffer.concat([files.get(path) ?? Buffer.of(), bytes])),
  });
}

const now = Math.floor(Date.now() / 1000) - 1000;

async function* many(machineId, count) {
  for (let i = 0; i < count; ++i) yield { machineId, type: 'revenue', value: 100n + BigInt(i), ts: now, id: `e${i}` };
}

test('a stream is sent once, and a longer one only with what is new', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const client = clientOf(operator);
  const results = [];
  const first = await client.submitEvents(many(operator.id, 20), { onResult: (result) => results.push(result) });
  assert.deepEqual([first.lines, first.submitted, first.earlier, first.stopped], [20, 20, 0, null]);
  assert.ok(first.transactions < 20 && BigInt(first.feesWei) > 0n, JSON.stringify(first));
  assert.deepEqual(
    results.map(({ line, id, status }) => [line, id, status]),
    Array.from({ length: 20 }, (_, i) => [i + 1, `e${i}`, 'confirmed']),
  );
  assert.match(results[0].txHash, /^0x[0-9a-f]{64}$/);
  const second = await client.submitEvents(many(operator.id, 25));
  assert.deepEqual([second.submitted, second.earlier], [5, 20]);
  assert.equal(await eventCount(world, operator.id), 25);
});

test('events are checked without settings; bad ones are told with their place', async () => {
  const results = [];
  const event = { machineId: 1, type: 'activity', value: 1, ts: now };
  const metadata = Uint8Array.of(1, 255);
  const sameBytes = new DataView(metadata.buffer);
  const summary = await createClient({ env: {} }).submitEvents(
    [event, { ...event, type: 'gift' }, event, { ...event, metadata }, { ...event, metadata: sameBytes }],
    { check: true, onResult: (result) => results.push(result) },
  );
  assert.deepEqual([summary.submitted, summary.invalid, summary.duplicates], [2, 1, 2]);
  assert.deepEqual(
    results.map(({ line, status }) => [line, status]),
    [
      [2, 'invalid'],
      [3, 'duplicate'],
      [5, 'duplicate'],
    ],
  );
  assert.match(results[0].reason, /type/);
});

test('chunks of a file are its lines', async () => {
  const text = new TextEncoder().encode(`machine_id,type,value,ts\r\n1,activity,1,${now}\r\n1,activity,x,${now}\r\n`);
  const chunks = Array.from({ length: Math.ceil(text.length / 7) }, (_, i) => text.subarray(7 * i, 7 * i + 7));
  const summary = await createClient({ env: {} }).submitEvents(chunks, { check: true, format: 'csv' });
  assert.deepEqual([summary.lines, summary.submitted, summary.invalid], [2, 1, 1]);
});

test('an event that has no form ends the call by its name, and the source is told to end', async () => {
  let ended = false;
  function* events() {
    try {
      yield { machineId: 1, type: 'activity', value: 1, ts: now };
      yield { machineId: 2 ** 60, type: 'activity', value: 1, ts: now };
      yield { machineId: 3, type: 'activity', value: 1, ts: now };
    } finally {
      ended = true;
    }
  }
  await assert.rejects(createClient({ env: {} }).submitEvents(events(), { check: true }), (error) => {
    assert.ok(error instanceof PeaqosError);
    assert.match(error.message, /^machineId of event 2 is a number beyond 2\^53 - 1/);
    return true;
  });
  assert.ok(ended);
});

test('a file is sent after consent, which tells what it comes to', async (context) => {
  const operator = await operatorWithMachine(world, context);
  const lines = [
    'machine_id,type,value,ts,currency',
    `${operator.id},revenue,150,${now},EUR`,
    `${operator.id},revenue,50,${now},`,
  ];
  const file = Buffer.from(lines.join('\n'));
  const client = createClient({
    env: operator.env,
    readFile(path) {
      if (path === 'day.csv') return file;
      throw Object.assign(new Error(path), { failure: 'missing' });
    },
    appendFile: () => {},
  });
  const asked = [];
  const answer = (text) => (question) => (asked.push(question), text);
  await assert.rejects(client.submitEvents('day.csv', { onQuestion: answer('n') }), {
    code: 'DECLINED',
    sent: 'nothing',
  });
  assert.equal(await eventCount(world, operator.id), 0);
  const { name, events, machines, revenue, from, fee_wei: fee } = asked[0];
  assert.deepEqual([name, events, machines, revenue], ['send_events', 2, 1, { EUR: '150', USD: '50' }]);
  assert.deepEqual([from, BigInt(fee) > 0n], [operator.address, true]);
  const { submitted } = await client.submitEvents('day.csv', { onQuestion: answer('y') });
  assert.equal(submitted, 2);
  assert.equal(await eventCount(world, operator.id), 2);
});
