// Node's host on other systems, as far as Linux can show it: process.platform says another name, and a folder takes names
// without regard to letter case.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { nodeHost } from '../node/host.mjs';

const text = (bytes) => Buffer.from(bytes).toString();
const bytes = (words) => Buffer.from(words);

function newFolder(context, name = '') {
  const folder = fs.mkdtempSync(join(tmpdir(), `peaqos-platform-${name}`));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function on(platform, context) {
  const own = Object.getOwnPropertyDescriptor(process, 'platform');
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  context.after(() => Object.defineProperty(process, 'platform', own));
}

// What a command does with its log, its settings and the vault.
function useFiles(folder) {
  const at = (name) => join(folder, name);
  nodeHost.appendFile(at('log'), bytes('one\n'), 0o600);
  nodeHost.appendFile(at('log'), bytes('two\n'), 0o600);
  assert.equal(text(nodeHost.readFile(at('log'), 100)), 'one\ntwo\n');
  assert.equal(text(nodeHost.readFilePart(at('log'), 4, 100)), 'two\n');
  nodeHost.truncateFile(at('log'), 4);
  assert.equal(nodeHost.fileSize(at('log')), 4);
  nodeHost.renameFile(at('log'), at('old'));
  assert.throws(() => nodeHost.readFile(at('log'), 100), { failure: 'missing' });
  nodeHost.replaceFile(at('settings'), bytes('A=1'), 0o600);
  nodeHost.replaceFile(at('settings'), bytes('A=2'), 0o600);
  nodeHost.createFile(at('wallet'), bytes('{}'), 0o600);
  assert.throws(() => nodeHost.createFile(at('wallet'), bytes('{}'), 0o600), { failure: 'exists' });
  assert.equal(text(nodeHost.readRegularFile(at('wallet'), 100, false)), '{}');
  assert.deepEqual(nodeHost.listFolder(folder).sort(), ['old', 'settings', 'wallet']);
  nodeHost.shredFile(at('wallet'));
  nodeHost.removeFile(at('old'));
  assert.deepEqual(nodeHost.listFolder(folder), ['settings']);
  assert.equal(text(nodeHost.readFile(at('settings'), 100)), 'A=2');
}

for (const platform of ['win32', 'darwin', 'linux']) {
  test(`${platform}: files are written, moved and removed`, (context) => {
    on(platform, context);
    useFiles(newFolder(context));
  });
}

test('win32: there are no modes to look at, and none to warn about', (context) => {
  on('win32', context);
  const folder = newFolder(context);
  fs.chmodSync(folder, 0o755);
  assert.equal(nodeHost.makePrivateFolder(folder), false);
  fs.writeFileSync(join(folder, 'file'), '', { mode: 0o644 });
  assert.equal(nodeHost.fileMode(join(folder, 'file')), 0o600);
});

test('win32: there are no locks', async (context) => {
  on('win32', context);
  const folder = newFolder(context);
  const unlock = await nodeHost.lockFile(join(folder, 'log'));
  assert.deepEqual(fs.readdirSync(folder), []);
  unlock();
});

test('darwin: locks exclude each other, up to the length of its sockets', async (context) => {
  on('darwin', context);
  const folder = newFolder(context);
  const path = join(folder, 'log');
  const unlock = await nodeHost.lockFile(path);
  assert.equal(await nodeHost.lockFile(path), null);
  unlock();
  (await nodeHost.lockFile(path))();
  // "log.lock-", 16 digits and ".new" behind the folder: as long as it may be, and longer.
  const long = join(folder, 'd'.repeat(103 - folder.length - 1 - 30));
  fs.mkdirSync(long);
  assert.equal(join(long, `log.lock-${'0'.repeat(16)}.new`).length, 103);
  (await nodeHost.lockFile(join(long, 'log')))();
  fs.mkdirSync(`${long}d`);
  await assert.rejects(nodeHost.lockFile(join(`${long}d`, 'log')), { failure: 'other' });
});

// Names of a folder under which a file is found in any letter case, as on Windows and macOS.
function ignoreLetterCase(folder, context) {
  const found = (path) => {
    if (typeof path !== 'string' || dirname(path) !== folder) return path;
    const name = realNames(folder).find((one) => one.toLowerCase() === basename(path).toLowerCase());
    return name ? join(folder, name) : path;
  };
  const realNames = fs.readdirSync;
  for (const verb of ['openSync', 'statSync', 'readFileSync', 'unlinkSync', 'rmSync', 'mkdirSync', 'chmodSync']) {
    const real = fs[verb];
    fs[verb] = (path, ...rest) => real(found(path), ...rest);
    context.after(() => (fs[verb] = real));
  }
  const { renameSync } = fs;
  fs.renameSync = (from, to) => renameSync(found(from), found(to));
  context.after(() => (fs.renameSync = renameSync));
}

test('a folder without regard to letter case', (context) => {
  const folder = newFolder(context);
  ignoreLetterCase(folder, context);
  const at = (name) => join(folder, name);
  useFiles(folder);
  nodeHost.createFile(at('Wallet.json'), bytes('{}'), 0o600);
  assert.throws(() => nodeHost.createFile(at('wallet.JSON'), bytes('other'), 0o600), { failure: 'exists' });
  nodeHost.appendFile(at('LOG'), bytes('one\n'), 0o600);
  nodeHost.appendFile(at('log'), bytes('two\n'), 0o600);
  assert.throws(() => nodeHost.renameFile(at('log'), at('WALLET.json')), { failure: 'exists' });
  assert.equal(text(nodeHost.readFile(at('Log'), 100)), 'one\ntwo\n');
  assert.equal(text(nodeHost.readFile(at('wallet.json'), 100)), '{}');
  assert.deepEqual(nodeHost.listFolder(folder).sort(), ['LOG', 'Wallet.json', 'settings']);
});
