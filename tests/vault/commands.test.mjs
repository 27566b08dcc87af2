// wallet create, import, list, show, export, delete and use.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { type } from '../support/terminal.mjs';
import { address, answer, folder, passphrase, phrase, walletFiles } from './wallets.mjs';

const mode = (path) => (statSync(path).mode & 0o777).toString(8);

testBoth('create, list, show and delete', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  const none = await run(command, ['wallet', 'list'], { env });
  assert.match(none.stdout, /^ {2}No wallets found\. .*peaqos wallet create/);
  assert.equal((await run(command, ['wallet', 'list', '--json'], { env })).stdout, '[]\n');
  assert.deepEqual(readdirSync(home), [], 'reading makes nothing');

  const made = await run(command, ['wallet', 'create', 'my robot', '--words', '24'], { env });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /^\n {2}Wallet created\.\n {4}Name: {6}my robot\n {4}ID: {8}[0-9a-f-]{36}\n/);
  assert.match(made.stdout, / {4}Key Type: {2}mnemonic\n {4}Vault: {5}~\/\.ows\/wallets\/[0-9a-f-]{36}\.json\n/);
  assert.match(made.stdout, / {6}eip155:3338 \(peaq\) .*0x[0-9a-fA-F]{40} +m\/44'\/60'\/0'\/0\/0\n/);
  assert.match(made.stdout, /\n {4}peaqos wallet export 'my robot'\n\n$/);
  assert.equal(made.stdout.match(/^ {6}\S+:\S+ \(/gm).length, 17);
  const [file] = walletFiles(home);
  assert.deepEqual([mode(join(home, '.ows')), mode(folder(home)), mode(file)], ['700', '700', '600']);

  const taken = await run(command, ['wallet', 'create', 'my robot'], { env });
  assert.equal(taken.code, 3);
  assert.match(taken.stderr, /^Error: there is a wallet called 'my robot' already/m);

  const { id, peaq_address: peaq } = JSON.parse(
    (await run(command, ['wallet', 'show', 'my robot', '--json'], { env })).stdout,
  );
  const listed = await run(command, ['wallet', 'list'], { env });
  const row = `${peaq.slice(0, 6)}...${peaq.slice(-4)}`;
  assert.ok(listed.stdout.includes(`    my robot  ${id.slice(0, 4)}...${id.slice(-4)}  ${row}`), listed.stdout);

  for (const declined of [[], ['n'], [''], ['maybe', 'perhaps', 'no']]) {
    const outcome = await answer(command, ['wallet', 'delete', id], declined, { env });
    assert.equal(outcome.code, 1, outcome.stderr);
    assert.equal(outcome.stdout, '');
  }
  assert.equal(walletFiles(home).length, 1);
  const gone = await answer(command, ['wallet', 'delete', id], ['YES'], { env });
  assert.equal(gone.stdout, `\n  Wallet '${id}' deleted.\n`);
  assert.match(gone.stderr, /\[y\/N\]: $|\[y\/N\]: \n$/);
  assert.deepEqual(walletFiles(home), []);
});

testBoth('names that no wallet gets, and other bad input', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  for (const [words, code, message] of [
    [['create', ''], 1, /empty/],
    [['create', ' x'], 1, /blank/],
    [['create', 'a\nb'], 1, /control character/],
    [['create', 'x'.repeat(129)], 1, /129/],
    [['create', '58c98e5b-80b0-479b-a646-bd5ad9609e82'], 1, /looks like an ID/],
    [['create', 'x', '--words', '15'], 1, /--words/],
    [['create'], 1, /NAME/],
    [['import', 'x'], 1, /--mnemonic/],
    [['import', 'x', '--mnemonic', '--private-key-file', 'k'], 1, /together/],
    [['import', 'x', '--mnemonic', '--index', '-1'], 1, /index/],
    [['import', 'x', '--mnemonic', '--index', '2147483648'], 1, /index/],
    [['import', 'x', '--private-key-file', 'missing'], 1, /missing/],
    [['show', 'nobody'], 1, /no wallet called 'nobody'/],
    [['export', 'nobody'], 1, /no wallet called 'nobody'/],
    [['delete', 'nobody'], 1, /no wallet called 'nobody'/],
    [['use', 'nobody'], 1, /no wallet called 'nobody'/],
  ]) {
    const outcome = await run(command, ['wallet', ...words], { env, cwd: home });
    assert.equal(outcome.code, code, `${words.join(' ')}: ${outcome.stderr}`);
    assert.match(outcome.stderr, message);
    assert.equal(outcome.stdout, '');
  }
  assert.deepEqual(readdirSync(home), [], 'nothing was written');
  const homeless = await run(command, ['wallet', 'list'], { env: { OWS_PASSPHRASE: passphrase } });
  assert.equal(homeless.code, 3);
  assert.match(homeless.stderr, /Set HOME/);
});

testBoth('import of phrases and keys', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  const typed = `  ${phrase.toUpperCase().replaceAll(' ', '\t ')}`;
  const imported = await answer(
    command,
    ['wallet', 'import', 'third', '--mnemonic', '--index', '3', '--json'],
    [typed],
    { env },
  );
  const wallet = JSON.parse(imported.stdout);
  assert.equal(wallet.peaq_address, '0x90F79bf6EB2c4f870365E785982E1f101E93b906');
  assert.equal(wallet.accounts[0].derivation_path, "m/44'/60'/0'/0/3");
  assert.equal((await answer(command, ['wallet', 'export', 'third'], ['y'], { env })).stdout, `${phrase}\n`);

  for (const [words, reason] of [
    [phrase.replace('junk', 'wrongword'), /Word 12/],
    [phrase.replace('test ', ''), /11 words/],
    [phrase.replace('junk', 'test'), /checksum/],
    ['', /0 words/],
  ]) {
    const bad = await answer(command, ['wallet', 'import', 'bad', '--mnemonic'], [words], { env });
    assert.equal(bad.code, 1);
    assert.match(bad.stderr, reason);
    assert.doesNotMatch(bad.stderr, /wrongword|junk/, 'no word is repeated');
  }
  for (const bad of [
    '',
    '0x12',
    '46'.repeat(31),
    `0x${'00'.repeat(32)}`,
    `0x${'ff'.repeat(32)}`,
    `0X${'46'.repeat(32)}`,
  ]) {
    writeFileSync(join(home, 'key'), bad);
    const outcome = await run(command, ['wallet', 'import', 'bad', '--private-key-file', 'key'], { env, cwd: home });
    assert.equal(outcome.code, 1);
    assert.match(outcome.stderr, /--private-key-file is not a private key/);
  }
  assert.equal(walletFiles(home).length, 1);
  writeFileSync(join(home, 'key'), ` 0x${'46'.repeat(32)}\n`);
  const key = await run(command, ['wallet', 'import', 'key', '--private-key-file', 'key'], { env, cwd: home });
  assert.match(key.stdout, /Wallet imported\.[^]*private_key[^]*0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F/);
  assert.match(key.stderr, /second key/);
  assert.equal(
    (await run(command, ['wallet', 'import', 'key', '--private-key-file', 'key'], { env, cwd: home })).code,
    1,
  );
});

testBoth('a terminal is asked twice for a new passphrase, and sees none of it', (command, context) => {
  const home = scratch(context);
  const differing = ['one passphrase', 'another passphrase'];
  const made = type(command, ['wallet', 'create', 'w'], ['', ...differing, passphrase, passphrase], {
    env: { HOME: home },
  });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /empty[^]*differ/);
  for (const text of [made.stdout, made.stderr, made.terminal]) assert.ok(!text.includes(passphrase));
  const exported = type(command, ['wallet', 'export', 'w'], ['y', passphrase], { env: { HOME: home } });
  assert.equal(exported.stdout.trim().split(' ').length, 12);
});

testBoth('passphrases of agents and short ones', async (command, context) => {
  const home = scratch(context);
  const token = await run(command, ['wallet', 'create', 'w'], { env: { HOME: home, OWS_PASSPHRASE: 'ows_key_x' } });
  assert.equal(token.code, 1);
  assert.match(token.stderr, /ows_key_/);
  const short = await run(command, ['wallet', 'create', 'w'], { env: { HOME: home, OWS_PASSPHRASE: 'short' } });
  assert.equal(short.code, 0);
  assert.match(short.stderr, /fewer than 12/);
});

testBoth('use keeps every other line, comment and the mode of .env', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  await answer(command, ['wallet', 'import', 'my robot', '--mnemonic'], [phrase], { env });
  const path = join(home, '.env');
  const use = () => run(command, ['wallet', 'use', 'my robot'], { env, cwd: home });
  const line = 'PEAQOS_OWS_WALLET="my robot"\n';
  assert.equal((await use()).stdout, "  Active wallet set to 'my robot' (0xf39F...2266 on peaq).\n");
  assert.equal(readFileSync(path, 'utf8'), line);
  assert.equal(mode(path), '600');
  for (const [before, after] of [
    [
      'A=1 # one\r\n\n#x\nPEAQOS_OWS_WALLET=w1\nB="\nPEAQOS_OWS_WALLET=no\n"\n',
      `A=1 # one\r\n\n#x\n${line}B="\nPEAQOS_OWS_WALLET=no\n"\n`,
    ],
    ['B=2', `B=2\n${line}`],
    [' export PEAQOS_OWS_WALLET=w1\n', ` export PEAQOS_OWS_WALLET=w1\n${line}`],
    ['PEAQOS_OWS_WALLET=a\nX=1\nPEAQOS_OWS_WALLET=b\n', `${line}X=1\n${line}`],
    ['PEAQOS_OWS_WALLET=a\nexport PEAQOS_OWS_WALLET=b\n', `${line}export PEAQOS_OWS_WALLET=b\n${line}`],
  ]) {
    writeFileSync(path, before);
    chmodSync(path, 0o640);
    assert.equal((await use()).code, 0);
    assert.equal(readFileSync(path, 'utf8'), after);
    assert.equal(mode(path), '640');
  }
});

testBoth('files that are no wallets are named, and nothing of them changes', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  await answer(command, ['wallet', 'import', 'good', '--mnemonic'], [phrase], { env });
  const [good] = walletFiles(home);
  const text = readFileSync(good, 'utf8');
  const put = (name, content) => writeFileSync(join(folder(home), name), content);
  const changed = (name, change) => {
    const wallet = JSON.parse(text);
    wallet.id = name;
    wallet.name = name;
    change(wallet);
    put(`${name}.json`, JSON.stringify(wallet, null, 2));
  };
  put('truncated.json', text.slice(0, 500));
  put('bom.json', `\ufeff${text}`);
  put('huge.json', `"${'x'.repeat(200_000)}"`);
  put('ignored.JSON', text);
  execFileSync('mkfifo', [join(folder(home), 'pipe.json')]);
  execFileSync('ln', ['-s', good, join(folder(home), 'link.json')]);
  mkdirSync(join(folder(home), 'folder.json'));
  changed(
    'tag',
    ({ crypto }) => (crypto.auth_tag = crypto.auth_tag.replace(/^../, (byte) => (byte === '00' ? '01' : '00'))),
  );
  changed('kdf', ({ crypto }) => (crypto.kdfparams.n = 2 ** 30));
  changed('iv', ({ crypto }) => (crypto.cipherparams.iv = '00'.repeat(16)));
  changed('swapped', ({ accounts }) => (accounts[0].address = '0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F'));
  changed('later', (wallet) => (wallet.ows_version = 3));
  const content = () =>
    readdirSync(folder(home))
      .filter((name) => !/pipe|folder/.test(name))
      .map((name) => readFileSync(join(folder(home), name), 'utf8'));
  const before = content();
  chmodSync(folder(home), 0o755);

  const listed = await run(command, ['wallet', 'list', '--json'], { env });
  assert.equal(listed.code, 0);
  assert.deepEqual(
    JSON.parse(listed.stdout)
      .map(({ name }) => name)
      .sort(),
    ['good', 'iv', 'kdf', 'later', 'swapped', 'tag'],
  );
  for (const name of ['truncated', 'bom', 'huge', 'pipe', 'folder']) {
    assert.match(listed.stderr, new RegExp(`^Warning: passed over \\S*/${name}\\.json: `, 'm'));
  }
  assert.equal(mode(folder(home)), '755', 'reading changes nothing');
  for (const [name, reason] of [
    ['tag', /passphrase/],
    ['kdf', /512 MiB/],
    ['iv', /iv has 16 bytes/],
    ['swapped', /address/],
    ['later', /version 3/],
    ['truncated', /no wallet called/],
  ]) {
    // prettier-ignore
    const outcome = await answer(command, ['wallet', 'export', name], ['y'], { env });
    assert.equal(outcome.code, 1, name);
    assert.match(outcome.stderr, reason);
    assert.equal(outcome.stdout, '');
  }
  assert.deepEqual(content(), before);
});

test('processes at once: every wallet is kept, and one of a name', async (context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  const create = (command, name) => start(command, ['wallet', 'create', name], { env }).done;
  const outcomes = await Promise.all([
    create('peaqos', 'same'), create('peaqos-native', 'same'), create('peaqos', 'same'),
    create('peaqos', 'other'), create('peaqos-native', 'third'),
  ]); // prettier-ignore
  assert.deepEqual(
    outcomes
      .slice(0, 3)
      .map(({ code }) => code)
      .sort(),
    [0, 3, 3],
  );
  assert.deepEqual(
    outcomes.slice(3).map(({ code }) => code),
    [0, 0],
  );
  const { stdout, stderr } = await run('peaqos', ['wallet', 'list', '--json'], { env });
  assert.deepEqual(
    JSON.parse(stdout)
      .map(({ name }) => name)
      .sort(),
    ['other', 'same', 'third'],
    stderr,
  );
  assert.deepEqual(readdirSync(join(home, '.ows')), ['wallets'], 'the lock is given back');
});

test('deleting tells of agents that keep the secret', async (context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  await answer('peaqos', ['wallet', 'import', 'w', '--mnemonic'], [phrase], { env });
  const [{ id, peaq_address: peaq }] = JSON.parse((await run('peaqos', ['wallet', 'list', '--json'], { env })).stdout);
  assert.equal(peaq, address);
  mkdirSync(join(home, '.ows/keys'));
  writeFileSync(join(home, '.ows/keys/agent.json'), JSON.stringify({ wallet_ids: [id] }));
  const { stderr } = await answer('peaqos', ['wallet', 'delete', 'w'], ['y'], { env });
  assert.match(stderr, /agent\.json still holds a copy/);
});
