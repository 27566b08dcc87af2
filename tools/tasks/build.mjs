// npm run build: the set-up, the WASM module and the command.
// SPDX-License-Identifier: Apache-2.0
import { buildCommand, setUp } from '../steps/prepare.mjs';

export default async function build() {
  await setUp();
  await buildCommand();
  process.stderr.write('peaqos: the command is node-cli/dist/peaqos.cjs\n');
}
