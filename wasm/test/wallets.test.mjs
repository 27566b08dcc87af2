// The typed wallet operations, over a host whose files are asynchronous and in memory, as a browser's are.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@peaqos/core';

const phrase = 'test test test test test test test test test test test junk'; // public: every devnet's accounts
const bytes = (text) => new TextEncoder().encode(text);
const text = (array) => new TextDecoder().decode(array);
const failed = (failure) => Object.assign(new Error(failure), { failure });

function memoryFiles() {
  const files = new Map();
  const folders = new Set();
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  const find = async (path) => {
    await later();
    if (!files.has(path)) throw failed('missing');
    return files.get(path);
  };
  return {
    files,
    readFile: find,
    readRegularFile: find,
    async listFolder(path) {
      await later();
      if (!folders.has(path)) throw failed('missing');
      return [...files.keys()].filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1));
    },
    makePrivateFolder: async (path) => (folders.add(path), false),
    async createFile(path, content) {
      if (files.has(path)) throw failed('exists');
      files.set(path, content);
      await later();
    },
    replaceFile: async (path, content) => void files.set(path, content),
    removeFile: async (path) => void files.delete(path),
    shredFile: async (path) => void files.delete(path),
  };
}

const rejection = (promise) =>
  promise.then(
    () => assert.fail('it did not reject'),
    (error) => error,
  );

test('a life of wallets', async () => {
  const host = { env: { HOME: '/' }, ...memoryFiles() };
  const client = createClient(host);
  assert.deepEqual(await client.listWallets(), []);

  const secrets = { mnemonic: bytes(phrase), passphrase: bytes('correct horse') };
  const wallet = await client.importWallet({ name: 'one', ...secrets });
  assert.equal(wallet.peaq_address, '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
  assert.equal(wallet.accounts.length, 17);
  for (const secret of Object.values(secrets))
    assert.ok(
      secret.every((byte) => byte === 0),
      'secrets are wiped',
    );
  assert.ok(host.files.has(`/.ows/wallets/${wallet.id}.json`));

  const created = await client.createWallet({ name: 'two', words: 24, passphrase: bytes('correct horse') });
  const questions = [];
  const exported = await client.exportWallet(
    { wallet: 'two' },
    { onQuestion: ({ name, hidden }) => (questions.push([name, hidden]), 'correct horse') },
  );
  assert.deepEqual(questions, [['passphrase', true]]);
  assert.equal(text(exported).split(' ').length, 24);

  const key = new Uint8Array(32).fill(0x46);
  const raw = await client.importWallet({ name: 'key', privateKey: key, passphrase: bytes('correct horse') });
  assert.equal(raw.peaq_address, '0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F');
  assert.equal(raw.key_type, 'private_key');
  assert.ok(key.every((byte) => byte === 0));

  assert.deepEqual(
    (await client.listWallets()).map(({ name }) => name),
    ['key', 'two', 'one'],
  );
  assert.deepEqual(await client.showWallet(created.id), created);
  assert.equal((await client.renameWallet('two', 'zwei')).id, created.id);
  await client.useWallet('zwei');
  assert.equal(text(host.files.get('.env')), 'PEAQOS_OWS_WALLET=zwei\n');
  await client.deleteWallet('zwei');
  assert.deepEqual(
    (await client.listWallets()).map(({ name }) => name),
    ['key', 'one'],
  );
});

test('errors name what is wrong, and secrets are wiped all the same', async () => {
  const client = createClient({ env: { HOME: '/home/x' }, ...memoryFiles() });
  const passphrase = bytes('correct horse');
  await client.importWallet({ name: 'one', mnemonic: bytes(phrase), passphrase: bytes('correct horse') });
  const cases = [
    [() => client.createWallet({ name: 'one', passphrase }), 'configuration', 'WALLET_EXISTS'],
    [() => client.createWallet({ name: 'x', passphrase: bytes('') }), 'input', 'BAD_PASSPHRASE'],
    [() => client.importWallet({ name: 'x', mnemonic: bytes('no'), passphrase: bytes('p') }), 'input', 'BAD_MNEMONIC'],
    [
      () => client.importWallet({ name: 'x', privateKey: new Uint8Array(32), passphrase: bytes('p') }),
      'input',
      'BAD_PRIVATE_KEY',
    ],
    [() => client.exportWallet({ wallet: 'one', passphrase: bytes('wrong') }), 'input', 'BAD_PASSPHRASE'],
    [() => client.exportWallet({ wallet: 'one' }), 'input', 'NO_ANSWER'],
    [() => client.showWallet('nobody'), 'input', 'WALLET_NOT_FOUND'],
    [() => createClient({ env: {} }).listWallets(), 'configuration', 'NO_HOME'],
  ];
  for (const [act, kind, code] of cases) {
    const error = await rejection(act());
    assert.deepEqual([error.kind, error.code], [kind, code], error.message);
  }
  assert.ok(passphrase.every((byte) => byte === 0));
});

test('two writers at once wait for each other', async () => {
  const host = { env: { HOME: '/' }, ...memoryFiles() };
  const make = (name) => createClient(host).createWallet({ name, passphrase: bytes('correct horse') });
  const outcomes = await Promise.allSettled([make('same'), make('same'), make('other')]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected']);
  assert.deepEqual(
    [...host.files.keys()].filter((name) => !name.endsWith('.json')),
    [],
  );
});
