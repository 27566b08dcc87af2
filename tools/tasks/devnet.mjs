// npm run devnet: a peaqOS world on localhost; options are those of devnet/bin/devnet.mjs.
// SPDX-License-Identifier: Apache-2.0
import { setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';

export default function devnet(args) {
  setUp();
  // Ctrl-C goes to the devnet, which stops cleanly; this process only waits for it.
  process.on('SIGINT', () => {});
  return status('node', ['devnet/bin/devnet.mjs', ...args]);
}
