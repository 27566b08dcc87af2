// npm run devnet: a peaqOS world on localhost; options are those of devnet/bin/devnet.mjs.
// SPDX-License-Identifier: Apache-2.0
import { setUp } from '../steps/prepare.mjs';
import { status } from '../steps/shell.mjs';

export default async function devnet(args) {
  await setUp();
  // It ends when the channel closes, however this process ends.
  return status('node', ['devnet/bin/devnet.mjs', ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}
