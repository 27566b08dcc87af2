// One-time passwords against the published vectors.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, totp } from '../src/totp.mjs';

test('codes agree with RFC 6238, appendix B (the last six digits of its SHA-1 column)', () => {
  const secret = Buffer.from('12345678901234567890');
  const expected = {
    59: '287082',
    1111111109: '081804',
    1111111111: '050471',
    1234567890: '005924',
    2000000000: '279037',
    20000000000: '353130',
  };
  for (const [seconds, code] of Object.entries(expected)) assert.equal(totp(secret, Number(seconds)), code);
});

test('base32 agrees with RFC 4648, section 10', () => {
  const expected = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' };
  for (const [text, coded] of Object.entries(expected)) assert.equal(base32(Buffer.from(text)), coded);
});
