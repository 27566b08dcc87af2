// examples/nats: events by MQTT through a broker onto the chain, each once, whatever is killed meanwhile.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { runExample, startBroker, startWorker } from '../support/broker.mjs';
import { scratch, testBoth } from '../support/commands.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const DEVICES = 5; // of each signer
const EVENTS = 500; // of each device
const range = (first, count) => Array.from({ length: count }, (_, index) => first + index);

/** The values of a machine's events, sorted; an event's data begins with its type and its value. */
async function valuesOf(machineId) {
  const topics = [null, `0x${BigInt(machineId).toString(16).padStart(64, '0')}`];
  const logs = await world.rpc('eth_getLogs', [{ address: world.addresses.EventRegistry, fromBlock: '0x0', topics }]);
  return logs.map(({ data }) => Number(BigInt(`0x${data.slice(66, 130)}`))).sort((a, b) => a - b);
}

/** What the broker still holds: {waiting: messages that are not acknowledged, rejected: what was set aside}. */
async function heldBy(broker) {
  const { NATS_URL, WORKER_PASSWORD } = broker.env;
  const connection = await connect({ servers: NATS_URL, user: 'worker', pass: WORKER_PASSWORD });
  const manager = await jetstreamManager(connection);
  let waiting = 0;
  for await (const consumer of manager.consumers.list('$MQTT_msgs'))
    waiting += consumer.num_pending + consumer.num_ack_pending;
  const set = await manager.streams.info('rejected');
  const rejected = [];
  for (let seq = set.state.first_seq; seq <= set.state.last_seq; ++seq)
    rejected.push((await manager.streams.getMessage('rejected', { seq })).json());
  await connection.close();
  return { waiting, rejected };
}

const event = (machineId, value, more) => ({
  id: `${machineId}-${value}`,
  machine_id: machineId,
  type: 'activity',
  value,
  ts: 1_776_945_600,
  ...more,
});
const lines = (events) => events.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');

async function until(holds) {
  while (!(await holds())) await sleep(500);
}

async function publish(broker, signer, device, events) {
  const { code, stderr } = await runExample(broker, 'device', [signer.name, `device-${device}`], lines(events));
  assert.equal(code, 0, stderr);
}

testBoth('5,000 events by MQTT, workers and the broker killed: each is on the chain once', async (command, context) => {
  const broker = await startBroker();
  const signers = [];
  for (const name of ['north', 'south']) {
    const { id, env } = await operatorWithMachine(world, context, command);
    signers.push({ name, machineId: Number(id), env, cwd: scratch(context) });
  }
  const names = signers.map(({ name }) => name);
  const setup = await runExample(broker, 'setup', names);
  assert.equal(setup.code, 0, setup.stderr);
  const workers = signers.map((signer) => startWorker(broker, signer, command));

  const ofDevice = (signer, device) =>
    range(device * EVENTS + 1, EVENTS).map((value) => event(signer.machineId, value));
  const devices = (...numbers) =>
    signers.flatMap((signer) => numbers.map((device) => publish(broker, signer, device, ofDevice(signer, device))));
  const onChain = async () => (await Promise.all(signers.map(({ machineId }) => valuesOf(machineId)))).flat().length;

  const first = devices(0, 1, 2);
  await until(async () => (await onChain()) >= 500);
  workers[0].kill();
  await Promise.all(first);
  // These are publishing when the broker goes.
  const rest = devices(3, 4);
  await until(async () => (await onChain()) >= 1000);
  await broker.restart(500);
  await until(async () => (await onChain()) >= 3000);
  workers[1].kill({ alone: true });
  // A device that is not sure, and one that is wrong.
  await Promise.all([...rest, publish(broker, signers[0], 0, ofDevice(signers[0], 0))]);
  await publish(broker, signers[1], 9, ['{"id":', event(999_999, 1)]);

  await until(async () => (await heldBy(broker)).waiting === 0);
  for (const { machineId } of signers) assert.deepEqual(await valuesOf(machineId), range(1, DEVICES * EVENTS));
  const { rejected } = await heldBy(broker);
  assert.deepEqual(
    new Set(rejected.map(({ status, event: text }) => `${status} ${text}`)),
    new Set(['invalid {"id":', `rejected ${JSON.stringify(event(999_999, 1))}`]),
  );
  for (const worker of workers) {
    const { code, signal, stderr } = await worker.stop();
    assert.deepEqual([code, signal], [0, null], stderr);
  }
});
