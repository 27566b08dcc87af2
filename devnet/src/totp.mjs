// Time-based one-time passwords (RFC 6238): SHA-1, 6 digits, 30 seconds, as authenticator apps make them.
// SPDX-License-Identifier: Apache-2.0
import { createHmac } from 'node:crypto';

export const STEP_SECONDS = 30;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// RFC 4648, section 6, without padding.
export function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{1,5}/g)
    .map((group) => alphabet[parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

// The password of a point in time, Unix seconds.
export function totp(secret, seconds) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / STEP_SECONDS)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
