// Pairing tokens: signed JWTs (HS256), which only this server makes and reads.
// SPDX-License-Identifier: Apache-2.0
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { toJson } from '../../json.mjs';

const encode = (value) => Buffer.from(toJson(value)).toString('base64url');
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

export function openTokens() {
  const key = randomBytes(32);
  const sign = (text) => createHmac('sha256', key).update(text).digest();

  // The claims of a token that this server signed, else undefined.
  function read(token) {
    const [header, claims, signature, ...more] = token.split('.');
    const given = Buffer.from(signature ?? '', 'base64url');
    const good = sign(`${header}.${claims}`);
    if (more.length || given.length !== good.length || !timingSafeEqual(given, good)) return undefined;
    return JSON.parse(Buffer.from(claims, 'base64url'));
  }

  function write(claims) {
    const text = `${HEADER}.${encode(claims)}`;
    return `${text}.${sign(text).toString('base64url')}`;
  }

  return { read, write };
}
