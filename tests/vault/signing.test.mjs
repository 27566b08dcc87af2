// A wallet of the vault signs: it wins over the key, its passphrase is asked for once and only to sign.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { answer, passphrase, phrase, walletFiles } from './wallets.mjs';

const world = await startWorld();

// Accounts of the public phrase that every devnet knows, one a command, so that each starts afresh.
const accountOf = { peaqos: 5, 'peaqos-native': 6 };
const addressOf = {
  peaqos: '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
  'peaqos-native': '0x976EA74026E726554dB657fA54763abd0C3a0aa9',
};

/** A home with a wallet called "the robot" of the command's account, and variables without OWS_PASSPHRASE. */
async function withWallet(command, context, account = accountOf[command]) {
  const home = scratch(context);
  const { PEAQOS_PRIVATE_KEY: _, ...settings } = world.env();
  const env = { ...settings, HOME: home };
  const index = String(account);
  const words = ['wallet', 'import', 'the robot', '--mnemonic', '--index', index];
  const { code, stderr } = await answer(command, words, [phrase], { env: { ...env, OWS_PASSPHRASE: passphrase } });
  assert.equal(code, 0, stderr);
  return { cwd: home, env: { ...env, PEAQOS_OWS_WALLET: 'the robot' } };
}

testBoth('activation and event by a wallet; nothing secret leaves the command', async (command, context) => {
  const { cwd, env } = await withWallet(command, context);
  const other = await newOperator(world);
  const meddler = await startMeddler(world.rpcUrl);
  const signing = { ...env, PEAQOS_PRIVATE_KEY: other.key, OWS_PASSPHRASE: passphrase, PEAQOS_RPC_URL: meddler.url };
  const texts = {};
  try {
    const ran = async (words) => {
      const outcome = await run(command, ['-v', ...words], { cwd, env: signing });
      assert.equal(outcome.code, 0, outcome.stderr);
      texts[words[0]] = (texts[words[0]] ?? '') + outcome.stdout + outcome.stderr;
      return outcome;
    };
    assert.match((await ran(['whoami'])).stdout, new RegExp(addressOf[command]));
    const id = machineIdOf(await ran(activate));
    await ran(activate);
    await ran(revenue(id));
  } finally {
    await meddler.stop();
  }
  assert.match(texts.activate, new RegExp(`did:peaq:${addressOf[command]}`));
  assert.equal(await transactionCount(world, other.address), 0, 'the key of the variable was not used');
  texts.requests = JSON.stringify(meddler.requests);
  for (const entry of readdirSync(cwd, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !file.includes('/.ows/')) texts[file] = readFileSync(file, 'latin1');
  }
  texts.wallet = readFileSync(walletFiles(cwd)[0], 'latin1');
  for (const [place, text] of Object.entries(texts)) {
    for (const secret of [passphrase, 'test test', other.key.slice(2)]) {
      assert.ok(!text.includes(secret), `a secret is in ${place}`);
    }
  }
});

testBoth('what cannot sign says so before anything is sent', async (command, context) => {
  const { cwd, env } = await withWallet(command, context, randomInt(1000, 2 ** 31));
  const { stdout } = await run(command, ['wallet', 'show', 'the robot', '--json'], { env });
  const { peaq_address: address } = JSON.parse(stdout);
  await world.rpc('anvil_setBalance', [address, `0x${(10n ** 20n).toString(16)}`]);
  const who = await run(command, ['whoami'], { cwd, env });
  assert.equal(who.code, 0, 'no passphrase is needed to say who signs');
  for (const [changes, message] of [
    [{}, /OWS_PASSPHRASE/],
    [{ OWS_PASSPHRASE: '' }, /OWS_PASSPHRASE/],
    [{ OWS_PASSPHRASE: 'wrong' }, /passphrase does not open wallet 'the robot'/],
    [{ OWS_PASSPHRASE: 'ows_key_1234' }, /agent token/],
    [{ OWS_PASSPHRASE: passphrase, PEAQOS_OWS_WALLET: 'nobody' }, /no wallet called 'nobody'/],
  ]) {
    for (const words of changes.PEAQOS_OWS_WALLET ? [activate, revenue(1)] : [activate]) {
      const outcome = await run(command, words, { cwd, env: { ...env, ...changes } });
      assert.equal(outcome.code, 3, `${JSON.stringify(changes)} ${words[0]}: ${outcome.stderr}`);
      assert.match(outcome.stderr, message);
    }
  }
  assert.equal(await transactionCount(world, address), 0);
});

testBoth('wallet use, passphrase from .env', async (command, context) => {
  const { cwd, env } = await withWallet(command, context);
  const { PEAQOS_OWS_WALLET: _, ...rest } = env;
  writeFileSync(join(cwd, '.env'), `OWS_PASSPHRASE='${passphrase}'\n`);
  assert.equal((await run(command, ['wallet', 'use', 'the robot'], { cwd, env: rest })).code, 0);
  const event = await run(command, revenue(10 ** 6), { cwd, env: rest });
  assert.equal(event.code, 2, event.stderr);
  assert.match(event.stderr, /machine 1000000/);
});

testBoth('init makes a wallet and sets it to sign', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  const lines = ['devnet', 'wallet', 'the machine', world.rpcUrl, '', '', '', '', ''];
  const outcome = await answer(command, ['init'], lines, { cwd: home, env });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stderr, /Wallet 'the machine' created: 0x/);
  const file = readFileSync(join(home, '.env'), 'utf8');
  assert.match(file, /^PEAQOS_OWS_WALLET="the machine"$/m);
  assert.doesNotMatch(file, /PRIVATE_KEY/);
  assert.equal(walletFiles(home).length, 1);
});
