// News for a webhook of the operator's: JSON, signed, sent until it was taken.
// SPDX-License-Identifier: Apache-2.0
import { createHmac, randomUUID } from 'node:crypto';

const pauses = [1, 5, 25, 120, 600]; // seconds between tries
const deadline = 10_000; // milliseconds for an answer

/** The value of `peaqos-signature`: HMAC-SHA-256 over the time, a dot and the body. */
export const signatureOf = (secret, timestamp, body) =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

const seconds = (count) => new Promise((resolve) => setTimeout(resolve, 1000 * count).unref());

/**
 * Gives post(news): resolves to whether it was taken (any 2xx). Each try has the same `peaqos-delivery`, by which a receiver
 * knows a repetition; a redirect is not followed, so that nobody else gets it.
 */
export function createWebhook({ url, secret }, { wait = seconds, fetch = globalThis.fetch } = {}) {
  async function attempt(body, delivery) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'peaqos',
      'peaqos-delivery': delivery,
      'peaqos-timestamp': timestamp,
      'peaqos-signature': signatureOf(secret, timestamp, body),
    };
    const signal = AbortSignal.timeout(deadline);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return answer.ok;
  }

  return async function post(news) {
    const [body, delivery] = [JSON.stringify(news), randomUUID()];
    for (const pause of [...pauses, 0]) {
      if (await attempt(body, delivery).catch(() => false)) return true;
      await wait(pause);
    }
    return false;
  };
}
