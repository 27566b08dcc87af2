// Wallets made here are read, exported and used by the OWS bindings, and theirs here.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyMessage } from 'viem';
import { run, scratch } from '../support/commands.mjs';
import { bindings } from './bindings.mjs';
import { address, answer, phrase, walletFiles } from './wallets.mjs';

const theirs = bindings();
const key = '0x4646464646464646464646464646464646464646464646464646464646464646';
const keyAddress = '0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F';
const odd = 'päss ☃ 🔑 '; // not ASCII, a blank at its end

const show = async (command, name, env) =>
  JSON.parse((await run(command, ['wallet', 'show', name, '--json'], { env })).stdout);

// Both commands write files by one core: one meets both bindings, the other the reference's own.
for (const [command, binding] of [
  ['peaqos', 'npm'],
  ['peaqos', 'PyPI'],
  ['peaqos-native', 'PyPI'],
]) {
  const ows = theirs[binding];
  test(`made here, used by the ${binding} binding [${command}]`, async (context) => {
    const home = scratch(context);
    const vault = join(home, '.ows');
    const env = { HOME: home, OWS_PASSPHRASE: odd };
    const made = await run(command, ['wallet', 'create', 'robot ☃ 7', '--json'], { env });
    assert.equal(made.code, 0, made.stderr);
    await answer(command, ['wallet', 'import', 'phrase', '--mnemonic'], [phrase], { env });
    writeFileSync(join(home, 'key'), `${key}\n`);
    await run(command, ['wallet', 'import', 'key', '--private-key-file', 'key'], { env, cwd: home });

    const wallet = JSON.parse(made.stdout);
    assert.deepEqual(
      ows
        .list(vault)
        .map(({ name }) => name)
        .sort(),
      ['key', 'phrase', 'robot ☃ 7'],
    );
    const words = ows.export('robot ☃ 7', odd, vault);
    assert.equal(words.split(' ').length, 12);
    for (const [name, owner] of [
      ['phrase', address],
      [wallet.id, wallet.peaq_address],
      ['key', keyAddress],
    ]) {
      const signature = `0x${ows.sign(name, 'hello', odd, vault)}`;
      assert.ok(await verifyMessage({ address: owner, message: 'hello', signature }), `${name} signs for ${owner}`);
    }
    const { secp256k1, ed25519 } = JSON.parse(ows.export('key', odd, vault));
    assert.equal(`0x${secp256k1}`, key);
    assert.match(ed25519, /^[0-9a-f]{64}$/);
    // The binding derives the same addresses from the same secret.
    const again = scratch(context);
    ows.importMnemonic('again', words, 'pw', again);
    const known = new Map(wallet.accounts.map((account) => [account.chain_id, account.address]));
    for (const account of ows.list(again)[0].accounts) {
      assert.equal(account.address, known.get(account.chainId ?? account.chain_id));
    }
  });

  test(`made by the ${binding} binding, used here [${command}]`, async (context) => {
    const home = scratch(context);
    const vault = join(home, '.ows');
    const env = { HOME: home, OWS_PASSPHRASE: odd };
    ows.importMnemonic('mine', phrase, odd, vault);
    ows.importKey('ключ', key, odd, vault);
    const shown = await show(command, 'mine', env);
    assert.equal(shown.peaq_address, address);
    assert.equal(shown.key_type, 'mnemonic');
    assert.equal((await show(command, shown.id, env)).name, 'mine');
    const exported = await answer(command, ['wallet', 'export', 'mine'], ['y'], { env });
    assert.equal(exported.stdout, `${phrase}\n`);
    const keys = JSON.parse((await answer(command, ['wallet', 'export', 'ключ'], ['yes'], { env })).stdout);
    assert.equal(`0x${keys.secp256k1}`, key);
    for (const wrong of ['', 'wrong', odd.trim()]) {
      const refused = await answer(command, ['wallet', 'export', 'mine'], ['y', wrong, wrong, wrong], {
        env: { HOME: home, OWS_PASSPHRASE: wrong },
      });
      assert.equal(refused.code, 1);
      assert.equal(refused.stdout, '');
      assert.match(refused.stderr, /passphrase/);
    }
  });
}

test('an empty passphrase of a binding is asked for in vain: the command takes none', async (context) => {
  const home = scratch(context);
  theirs.npm.importMnemonic('open', phrase, '', join(home, '.ows'));
  const { code, stderr } = await answer('peaqos-native', ['wallet', 'export', 'open'], ['y', '', '', ''], {
    env: { HOME: home },
  });
  assert.equal(code, 1);
  assert.match(stderr, /empty/);
});

test('a rename by @peaqos/core changes the name alone', async (context) => {
  const { createClient } = await import('@peaqos/core');
  const home = scratch(context);
  theirs.npm.importMnemonic('before', phrase, 'pw', join(home, '.ows'));
  const [file] = walletFiles(home);
  const before = readFileSync(file, 'utf8');
  await createClient({ env: { HOME: home } }).renameWallet('before', 'nach\u00a0her');
  assert.equal(readFileSync(file, 'utf8'), before.replace('"before"', '"nach\u00a0her"'));
  assert.equal(theirs.npm.export('nach\u00a0her', 'pw', join(home, '.ows')), phrase);
});
