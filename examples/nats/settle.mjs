// What becomes of a message once the fate of its line is known.
// SPDX-License-Identifier: Apache-2.0
import { REJECTED } from './broker.mjs';

const AGAIN_MS = 5_000;

/** Takes a result of `peaqos qualify events --json`, and a JetStream client for what has to be set aside. */
export async function settle(message, { status, block, reason }, broker) {
  // A message that came twice: the broker was killed, or the device has published it again.
  const repeated = status === 'duplicate';
  if (status === 'confirmed' || (repeated && block !== null)) return message.ack();
  if (repeated || status === 'pending') return message.nak(AGAIN_MS);
  // Nothing will ever bring it onto the chain. It is kept for a person to look at.
  const subject = message.subject.replace('$MQTT.msgs.events', REJECTED);
  const told = JSON.stringify({ status, reason, event: message.string() });
  await broker.publish(subject, told, { msgID: String(message.seq) }); // once, also when it comes again
  return message.term();
}
