// npm run demo: a machine's life and its market on a fresh devnet, every command shown above its real output.
// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConsole } from '../demo/console.mjs';
import { live } from '../demo/life.mjs';
import { signatureOf, trade } from '../demo/market.mjs';
import { liveOnSecond } from '../demo/second_generation.mjs';
import { openStage, say } from '../demo/stage.mjs';
import { keepKeys } from '../demo/wallet.mjs';
import { buildCommand, setUp } from '../steps/prepare.mjs';
import { fail, root } from '../steps/shell.mjs';
import { atSignal } from '../steps/signals.mjs';

const usage = `Usage: npm run demo [-- --keep]

  --keep   leave the devnet and a console running and write the settings to ./.env, ready for peaqos; Ctrl-C stops both
`;

export default async function demo(args) {
  if (args.some((word) => word !== '--keep')) fail(`the demo knows only --keep\n\n${usage}`);
  const keep = args.includes('--keep');
  const settings = join(root, '.env');
  if (keep && existsSync(settings))
    fail('./.env exists already and is left alone: move it away, then run the demo again');
  await setUp();
  await buildCommand();
  const { startDevnet } = await import('@peaqos/devnet');
  const world = await startDevnet();
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-demo-'));
  const cleanUp = async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  };
  atSignal(cleanUp);
  try {
    const env = Object.entries(world.env())
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
    writeFileSync(join(folder, '.env'), env, { mode: 0o600 });
    say(`A devnet is up: EVM node ${world.rpcUrl}, MCR API ${world.urls.mcr}. Its settings are in .env.`);
    const code = await play(folder, world);
    if (code !== 0 || !keep) return code;
    // Not the folder's own: that names a wallet which goes with the folder.
    writeFileSync(settings, env, { mode: 0o600, flag: 'wx' });
    const forget = () => rmSync(settings, { force: true });
    atSignal(forget);
    const served = await startConsole(folder);
    say(`The devnet stays up, and ./.env points to it. Try: node node-cli/dist/peaqos.cjs whoami
The operator console: ${served.address}/fleet?operator=did:peaq:${world.accounts[0].address}
"Explore read-only" shows the fleet of the demo. To act as its operator, create a vault and import ./.env in Settings.
Ctrl-C stops both.`);
    await served.ended;
    forget();
    return 1;
  } finally {
    await cleanUp();
  }
}

// Plays in a folder of its own; the exit status.
async function play(folder, world) {
  const { generatePrivateKey, privateKeyToAccount } = await import('viem/accounts'); // there only after the set-up
  const make = (file) => {
    const key = generatePrivateKey();
    writeFileSync(join(folder, file), `${key}\n`, { mode: 0o600 });
    return privateKeyToAccount(key);
  };
  const operator = world.accounts[0].address;
  const machine = make('machine.key').address; // without money: the Gas Station funds it
  const agent = make('agent.key');
  const run = openStage(folder, [
    ['authenticator app: ', () => world.control.totp(operator)],
    ['signature: ', (shown) => signatureOf(agent, shown)],
  ]);
  try {
    await live(run, { folder, operator, machine });
    await liveOnSecond(run);
    await keepKeys(run, { folder, world });
    await trade(run, { folder, world, machine, agent });
    return 0;
  } catch (error) {
    process.stderr.write(`peaqos: ${error.message}\n`);
    return 1;
  }
}
