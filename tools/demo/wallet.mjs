// An operator's wallet: made, taken into use, sent some money, and a machine of its own activated with it.
// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { urls } from './life.mjs';
import { say } from './stage.mjs';

/** Plays it. */
export async function keepKeys(run, { folder, world }) {
  await run('wallet create robot-7');
  await run('wallet list');
  await run('wallet use robot-7');
  await run('whoami');
  const wallets = join(folder, '.ows/wallets');
  const stored = readdirSync(wallets).map((name) => JSON.parse(readFileSync(join(wallets, name), 'utf8')));
  const [{ address }] = stored.find(({ name }) => name === 'robot-7').accounts;
  await world.rpc('anvil_setBalance', [address, `0x${(5n * 10n ** 18n).toString(16)}`]);
  say(`Someone sent 5 PEAQ to ${address}.`);
  await run(`activate ${urls}`);
}
