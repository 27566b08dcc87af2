// npm run bench: speed, requests and sizes beside named peers, in one run; ends with 1 when a bar is missed.
// SPDX-License-Identifier: Apache-2.0
import { buildCommand, buildPreset, setUp } from '../steps/prepare.mjs';

export default async function bench() {
  await setUp();
  await buildCommand();
  await buildPreset('wasm', ['crypto_bench']);
  await buildPreset('native', ['crypto_bench', 'outbox_bench', 'peaqos-native']);
  const { measureAll } = await import('../../tests/bench/bench.mjs');
  return (await measureAll()) ? 0 : 1;
}
