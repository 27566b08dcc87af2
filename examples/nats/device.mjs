// A device: publishes the events of standard input, one JSON object a line: node device.mjs SIGNER NAME < events.jsonl
// Ends when the broker has all of them on its disk. Each event has an `id`, so all may be published again after a failure.
// SPDX-License-Identifier: Apache-2.0
import { createInterface } from 'node:readline';
import { connectMqtt, topicOf } from './broker.mjs';

const IN_FLIGHT = 100;

const [signer, name] = process.argv.slice(2);
const client = await connectMqtt('device', process.env.DEVICE_PASSWORD);
client.on('error', ({ message }) => process.stderr.write(`device: ${message}\n`));

const unacknowledged = new Set();
for await (const event of createInterface({ input: process.stdin })) {
  const published = client.publishAsync(topicOf(signer, name), event, { qos: 1 });
  unacknowledged.add(published);
  published.then(() => unacknowledged.delete(published));
  if (unacknowledged.size >= IN_FLIGHT) await Promise.race(unacknowledged);
}
await Promise.all(unacknowledged);
await client.endAsync();
