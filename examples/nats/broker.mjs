// Where the broker is, and what its streams are called.
// SPDX-License-Identifier: Apache-2.0
import { connect } from '@nats-io/transport-node';
import { connectAsync } from 'mqtt';

const { NATS_URL = 'nats://127.0.0.1:4222', MQTT_URL = 'mqtt://127.0.0.1:1883', WORKER_PASSWORD } = process.env;

/** The stream into which the broker puts a message of quality of service 1 before it acknowledges it to the device. */
export const STREAM = '$MQTT_msgs';

/** The stream of the events that can never be on the chain. */
export const REJECTED = 'rejected';

/** The MQTT topic of a device. Its first part after "events" is the signer, for which one worker pulls. */
export const topicOf = (signer, device) => `events/${signer}/${device}`;

/** The same in the stream: NATS has dots where MQTT has slashes. */
export const subjectsOf = (signer) => `$MQTT.msgs.events.${signer}.>`;

/** A NATS connection that outlives the broker: it comes back when the broker does. */
export const connectNats = () =>
  connect({ servers: NATS_URL, user: 'worker', pass: WORKER_PASSWORD, maxReconnectAttempts: -1 });

/** An MQTT connection that does the same, and then sends again what was not acknowledged. */
export const connectMqtt = (username, password) => connectAsync(MQTT_URL, { username, password, reconnectPeriod: 500 });
