// npm run demo: a machine's life on a fresh devnet, every command shown above its real output.
// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommand, setUp } from '../steps/prepare.mjs';
import { fail, root } from '../steps/shell.mjs';

const usage = `Usage: npm run demo [-- --keep]

  --keep   leave the devnet running and write its settings to ./.env, ready for peaqos; Ctrl-C stops it
`;

export default async function demo(args) {
  if (args.some((word) => word !== '--keep')) fail(`the demo knows only --keep\n\n${usage}`);
  const keep = args.includes('--keep');
  const settings = join(root, '.env');
  if (keep && existsSync(settings))
    fail('./.env exists already and is left alone: move it away, then run the demo again');
  setUp();
  buildCommand();
  const { startDevnet } = await import('@peaqos/devnet');
  const world = await startDevnet();
  const folder = mkdtempSync(join(tmpdir(), 'peaqos-demo-'));
  try {
    const env = Object.entries(world.env())
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
    writeFileSync(join(folder, '.env'), env, { mode: 0o600 });
    say(`A devnet is up: EVM node ${world.rpcUrl}, MCR API ${world.urls.mcr}. Its settings are in .env.`);
    const code = await live(folder, world);
    if (code !== 0 || !keep) return code;
    copyFileSync(join(folder, '.env'), settings);
    const stopped = new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
    const served = await startConsole(folder);
    say(`The devnet stays up, and ./.env points to it. Try: node node-cli/dist/peaqos.cjs whoami
The operator console: ${served.address}
Ctrl-C stops both.`);
    await stopped;
    await served.stop();
    rmSync(settings, { force: true });
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await world.stop();
  }
}

async function live(folder, world) {
  const [operator] = world.accounts;
  const did = `did:peaq:${operator.address}`;
  const machine = await newMachine(folder);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+/, '');
  writeFileSync(join(folder, 'invoice.json'), '{"invoice": 17, "kWh": 31.4}\n');
  const urls = ['--doc-url', 'https://example.com/robot', '--data-api', 'https://example.com/robot/data'];
  const event = ['qualify', 'event', '--machine-id', '1', '--ts', yesterday];
  const life = [
    ['--version'],
    ['whoami'],
    ['activate', ...urls],
    ['activate', ...urls],
    [...event, '--type', 'revenue', '--value', '125000', '--currency', 'EUR', '--raw-data', 'invoice.json'],
    [...event, '--type', 'activity', '--value', '1', '--trust', 'hardware'],
    ['qualify', 'mcr', did],
    ['show', 'machine', did],
    ['activate', '--for', machine, '--machine-key', 'machine.key', ...urls],
    ['show', 'operator', 'machines', did],
    ['wallet', 'create', 'robot-7'],
    ['wallet', 'list'],
    ['wallet', 'use', 'robot-7'],
    ['whoami'],
  ];
  const status = await inTurn(life);
  if (status !== 0) return status;
  await fund(folder, world);
  return inTurn([['activate', ...urls]]);

  async function inTurn(commands) {
    for (const words of commands) {
      process.stdout.write(`\n$ peaqos ${words.join(' ')}\n`);
      const status = await command(words, folder, () => world.control.totp(operator.address));
      if (status !== 0) return status;
    }
    return 0;
  }
}

// Gives the folder's one wallet some money.
async function fund(folder, world) {
  const wallets = join(folder, '.ows/wallets');
  const { accounts } = JSON.parse(readFileSync(join(wallets, readdirSync(wallets)[0]), 'utf8'));
  await world.rpc('anvil_setBalance', [accounts[0].address, `0x${(5n * 10n ** 18n).toString(16)}`]);
  say(`Someone sent 5 PEAQ to ${accounts[0].address}.`);
}

// A machine of its own, with a key and no money: the Gas Station funds it.
async function newMachine(folder) {
  const { generatePrivateKey, privateKeyToAddress } = await import('viem/accounts'); // there only after the set-up
  const key = generatePrivateKey();
  writeFileSync(join(folder, 'machine.key'), `${key}\n`, { mode: 0o600 });
  return privateKeyToAddress(key);
}

// Runs the command, and types what the operator's authenticator app shows when that is asked for. Not spawnSync: the
// services answer from this process.
function command(words, folder, code) {
  const child = spawn('node', [join(root, 'node-cli/dist/peaqos.cjs'), ...words], {
    cwd: folder,
    env: { ...process.env, HOME: folder, OWS_PASSPHRASE: 'a passphrase for the demo' },
    stdio: ['pipe', 'inherit', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stderr.setEncoding('utf8').on('data', (part) => {
    process.stderr.write(part);
    if (!part.endsWith('authenticator app: ')) return;
    const answer = code();
    process.stderr.write(answer);
    child.stdin.write(`${answer}\n`);
  });
  return new Promise((resolve) => child.once('close', (status) => resolve(status ?? 1)));
}

// The operator console on a free port: {address, stop()}.
async function startConsole(folder) {
  const words = [join(root, 'node-cli/dist/peaqos.cjs'), 'console', '--no-open', '--port', '0'];
  // Ctrl-C goes to this process alone, which stops it in its turn.
  const child = spawn('node', words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const stop = () => {
    child.kill('SIGINT');
    return ended;
  };
  return { address: line.trim(), stop };
}

function say(text) {
  process.stdout.write(`\n${text}\n`);
}
