// The same timings for @noble/curves and @noble/hashes, as crypto_bench.cpp takes them.
// SPDX-License-Identifier: Apache-2.0
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

const rounds = 7;
const roundMilliseconds = 150;

function nanoseconds(operation) {
  let best = Infinity;
  for (let round = 0; round < rounds; ++round) {
    const start = process.hrtime.bigint();
    let calls = 0;
    let spent;
    do {
      for (let i = 0; i < 16; ++i) operation();
      calls += 16;
      spent = Number(process.hrtime.bigint() - start);
    } while (spent < roundMilliseconds * 1e6);
    best = Math.min(best, spent / calls);
  }
  return best;
}

function keccak(size) {
  const input = new Uint8Array(size).fill(0x5a);
  return nanoseconds(() => (input[0] = keccak_256(input)[0]));
}

function sign() {
  const key = new Uint8Array(32).fill(0x11);
  let digest = new Uint8Array(32);
  return nanoseconds(
    () => (digest = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' }).slice(1, 33)),
  );
}

process.stdout.write(`${JSON.stringify({ sign: sign(), keccak64: keccak(64), keccak8192: keccak(8192) })}\n`);
