// Vaults where operators put them: mounted by links, read-only, unreadable, on file systems without locks. Reading never
// needs writing, and "No wallets found" is said only where there are none.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { address, answer, folder, passphrase, phrase, walletFiles } from './wallets.mjs';

/** A home with one wallet, "w". */
async function newHome(command, context) {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  const made = await answer(command, ['wallet', 'import', 'w', '--mnemonic'], [phrase], { env });
  assert.equal(made.code, 0, made.stderr);
  return { home, env };
}

/** Puts a vault's files where Kubernetes projects a Secret's: each is a link into ..data, a link to a folder. */
function project(home) {
  const wallets = folder(home);
  const dated = join(wallets, '..2026_11');
  mkdirSync(dated);
  symlinkSync('..2026_11', join(wallets, '..data'));
  for (const file of walletFiles(home).filter((path) => path.endsWith('.json'))) {
    renameSync(file, join(dated, basename(file)));
    symlinkSync(join('..data', basename(file)), file);
  }
}

const state = (path) => {
  const { mode, mtimeMs, ctimeMs } = lstatSync(path);
  return [path, mode, mtimeMs, ctimeMs, lstatSync(path).isDirectory() ? readdirSync(path).sort() : ''];
};
const stateOf = (home) => [join(home, '.ows'), folder(home), ...walletFiles(home)].map(state);

testBoth('a projected vault is read like any other, and nothing of it changes', async (command, context) => {
  const { home, env } = await newHome(command, context);
  project(home);
  const before = stateOf(home);
  const listed = await run(command, ['wallet', 'list', '--json'], { env });
  assert.equal(listed.stderr, '');
  assert.deepEqual(
    JSON.parse(listed.stdout).map(({ name, peaq_address }) => [name, peaq_address]),
    [['w', address]],
  );
  assert.equal((await run(command, ['wallet', 'show', 'w'], { env })).code, 0);
  assert.equal((await answer(command, ['wallet', 'export', 'w'], ['y'], { env })).stdout, `${phrase}\n`);
  assert.deepEqual(stateOf(home), before);
});

testBoth('a linked wallet is neither removed nor written', async (command, context) => {
  const { home, env } = await newHome(command, context);
  project(home);
  const outcome = await answer(command, ['wallet', 'delete', 'w'], ['y'], { env });
  assert.equal(outcome.code, 1);
  assert.match(outcome.stderr, /wallet 'w' is a link to a file kept elsewhere: \S+\.json/);
  const [link] = walletFiles(home).filter((path) => path.endsWith('.json'));
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal((await answer(command, ['wallet', 'export', 'w'], ['y'], { env })).stdout, `${phrase}\n`);
});

testBoth('another wallet can be made beside linked ones, and not of their name', async (command, context) => {
  const { home, env } = await newHome(command, context);
  project(home);
  assert.equal((await run(command, ['wallet', 'create', 'w'], { env })).code, 3);
  assert.equal((await run(command, ['wallet', 'create', 'v'], { env })).code, 0);
  const names = JSON.parse((await run(command, ['wallet', 'list', '--json'], { env })).stdout).map(({ name }) => name);
  assert.deepEqual(names, ['v', 'w']);
});

testBoth('a link beside its file is no second wallet; links to other things are said', async (command, context) => {
  const { home, env } = await newHome(command, context);
  const [file] = walletFiles(home);
  symlinkSync(file, join(folder(home), 'again.json'));
  symlinkSync('/nonexistent/wallet', join(folder(home), 'nothing.json'));
  symlinkSync('loop.json', join(folder(home), 'loop.json'));
  symlinkSync('/dev/zero', join(folder(home), 'device.json'));
  symlinkSync(home, join(folder(home), 'folder.json'));
  execFileSync('mkfifo', [join(home, 'pipe')]);
  symlinkSync(join(home, 'pipe'), join(folder(home), 'pipe.json'));
  const { code, stdout, stderr } = await run(command, ['wallet', 'list', '--json'], { env });
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).length, 1);
  assert.match(stderr, /passed over \S+nothing\.json: it is a link to nothing/);
  for (const name of ['loop', 'device', 'folder', 'pipe'])
    assert.match(stderr, new RegExp(`passed over \\S+${name}\\.json: it is not a file`));
  assert.equal((await run(command, ['wallet', 'show', 'w'], { env })).code, 0);
});

testBoth('reading leaves modes alone; others are warned of; writing closes the folders', async (command, context) => {
  const { home, env } = await newHome(command, context);
  for (const path of [join(home, '.ows'), folder(home)]) chmodSync(path, 0o755);
  const mode = () => statSync(folder(home)).mode & 0o777;
  const listed = await run(command, ['wallet', 'list'], { env });
  assert.match(listed.stderr, /^Warning: \S+\.ows is open to other users\. chmod 700 \S+ keeps them out\n$/);
  assert.equal(mode(), 0o755);
  chmodSync(join(home, '.ows'), 0o700);
  assert.equal((await run(command, ['wallet', 'list'], { env })).stderr, '', 'one closed folder is enough');
  assert.equal((await run(command, ['wallet', 'create', 'v'], { env })).code, 0);
  assert.equal(mode(), 0o700);
});

testBoth('a vault that is not there, and one that cannot be reached, are told apart', async (command, context) => {
  const list = (home) => run(command, ['wallet', 'list'], { env: { HOME: home } });
  const none = scratch(context);
  assert.match((await list(none)).stdout, /No wallets found/);
  mkdirSync(join(none, '.ows'));
  assert.match((await list(none)).stdout, /No wallets found/);
  mkdirSync(join(none, '.ows/wallets'));
  writeFileSync(join(none, '.ows/wallets/readme.txt'), 'no wallet');
  assert.match((await list(none)).stdout, /No wallets found/);

  for (const [what, make, says] of [
    ['a link to nothing', (home) => symlinkSync('/nonexistent/mount', join(home, '.ows')), /\.ows cannot be reached/],
    [
      'a folder in it that is a link to nothing',
      (home) => (mkdirSync(join(home, '.ows')), symlinkSync('/nonexistent', join(home, '.ows/wallets'))),
      /wallets cannot be reached/,
    ],
    ['a file', (home) => writeFileSync(join(home, '.ows'), ''), /it is not a folder/],
    [
      'a folder in it that is a file',
      (home) => (mkdirSync(join(home, '.ows')), writeFileSync(join(home, '.ows/wallets'), '')),
      /it is not a folder/,
    ],
  ]) {
    const home = scratch(context);
    make(home);
    const { code, stdout, stderr } = await list(home);
    assert.deepEqual([code, stdout], [3, ''], what);
    assert.match(stderr, says, what);
  }
});

testBoth('a vault whose files cannot be read is not an empty one', async (command, context) => {
  const { home, env } = await newHome(command, context);
  const [file] = walletFiles(home);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 300));
  const listed = await run(command, ['wallet', 'list', '--json'], { env });
  assert.equal(listed.code, 1);
  assert.equal(JSON.parse(listed.stdout).error.code, 'VAULT_UNREADABLE');
  assert.match(listed.stderr, /passed over[^]*Error: none of the vault's files could be read as a wallet \(1 file\)/);
  const shown = await run(command, ['wallet', 'show', 'w'], { env });
  assert.equal(shown.code, 1);
  assert.match(shown.stderr, /no wallet called 'w'; 1 of the vault's files could not be read/);
});

// Run by root, the command has to become somebody else: modes do not stop root.
testBoth('a user who may not enter the vault is told', async (command, context) => {
  const { home, env } = await newHome(command, context);
  if (process.getuid() !== 0) chmodSync(folder(home), 0o000);
  else chmodSync(home, 0o755);
  const words = [...commands[command], 'wallet', 'list'];
  const as = process.getuid() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups', ...words] : words;
  const { status, stdout, stderr } = spawnSync(as[0], as.slice(1), {
    encoding: 'utf8',
    env: { ...env, PATH: process.env.PATH },
  });
  if (process.getuid() !== 0) chmodSync(folder(home), 0o700);
  assert.deepEqual([status, stdout], [3, ''], stderr);
  assert.match(stderr, /vault file '\S+wallets': permission denied/);
});

const canMount = () => {
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

testBoth('a read-only mount is read, and a write says why it cannot', async (command, context) => {
  if (!canMount()) return context.skip('this user cannot mount');
  const { home, env } = await newHome(command, context);
  const inside = (...words) =>
    spawnSync(
      'unshare',
      [
        ...['-m', 'sh', '-c', 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'],
        ...[join(home, '.ows'), ...commands[command], ...words],
      ],
      { encoding: 'utf8', env: { ...env, PATH: process.env.PATH }, input: 'y\n' },
    );
  if (inside('--version').status !== 0) return context.skip('this user cannot mount');
  const listed = inside('wallet', 'list', '--json');
  assert.deepEqual([listed.status, listed.stderr], [0, '']);
  assert.equal(inside('wallet', 'export', 'w').stdout, `${phrase}\n`);
  const refused = inside('wallet', 'create', 'v');
  assert.equal(refused.status, 3);
  assert.match(refused.stderr, /Error: vault file '\S+': permission denied/);
});

test('processes of both commands at once leave no lock behind, and old lock files are cleared away', async (context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  mkdirSync(join(home, '.ows'), { mode: 0o700 });
  writeFileSync(join(home, '.ows/.peaqos-lock'), `${Date.now() * 1000} left by one that was killed\n`);
  const create = (command, name) => start(command, ['wallet', 'create', name], { env }).done;
  const outcomes = await Promise.all([create('peaqos', 'a'), create('peaqos-native', 'b'), create('peaqos', 'a')]);
  assert.deepEqual(outcomes.map(({ code }) => code).sort(), [0, 0, 3]);
  assert.deepEqual(readdirSync(join(home, '.ows')), ['wallets']);
});

testBoth('one that was killed while it wrote keeps nobody out', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  for (let round = 0; round < 3; ++round) {
    const { child, done } = start(command, ['wallet', 'create', `killed ${round}`], { env });
    while (
      !existsSync(join(home, '.ows')) ||
      !readdirSync(join(home, '.ows')).some((name) => name.includes('.lock-'))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (child.exitCode !== null) break;
    }
    child.kill('SIGKILL');
    await done;
  }
  const { code, stderr } = await run(command, ['wallet', 'create', 'next'], { env });
  assert.equal(code, 0, stderr);
  rmSync(join(home, '.ows'), { recursive: true });
});
