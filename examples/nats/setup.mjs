// Makes what the broker needs before the first device publishes: node setup.mjs SIGNER...
// It can be run again, also with more signers. Keeps what is there.
// SPDX-License-Identifier: Apache-2.0
import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { connectMqtt, connectNats, REJECTED, STREAM, subjectsOf } from './broker.mjs';

const signers = process.argv.slice(2);
if (signers.length === 0 || !signers.every((name) => /^[\w-]+$/.test(name))) {
  process.stderr.write('Usage: node setup.mjs SIGNER...   (letters, digits, - and _)\n');
  process.exit(1);
}

// The broker makes the stream of MQTT when the first client comes.
const first = await connectMqtt('worker', process.env.WORKER_PASSWORD);
await first.endAsync();

const connection = await connectNats();
const manager = await jetstreamManager(connection);
for (const signer of signers) {
  // Messages stay in the stream for as long as a durable consumer has not acknowledged them; without one they would be
  // dropped at once.
  await manager.consumers.add(STREAM, {
    durable_name: signer,
    filter_subject: subjectsOf(signer),
    ack_policy: AckPolicy.Explicit,
    // A line that comes again while it is being sent costs nothing: peaqos calls it a duplicate.
    ack_wait: nanos(20_000),
    max_ack_pending: 2_000,
  });
}
await manager.streams.add({ name: REJECTED, subjects: [`${REJECTED}.>`] });
await connection.close();
