// Settings, secrets, URLs, times and names as people really have them.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { type } from '../support/terminal.mjs';

const key = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const nowhere = 'http://127.0.0.1:1';
const passphrase = 'correct horse battery';
const settings = ['PEAQOS_NETWORK=testnet', `PEAQOS_RPC_URL=${nowhere}`, `PEAQOS_PRIVATE_KEY=${key}`];
// Nobody answers there, so that a command which says so has understood everything before.
const refused = `Error: could not connect to ${nowhere}: connection refused`;

/** A folder with this .env. */
function withEnv(context, content, mode = 0o600) {
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), content);
  chmodSync(join(cwd, '.env'), mode);
  return cwd;
}

/** Runs a command with bytes as its standard input. */
function feed(command, words, bytes, options) {
  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}).end(bytes);
  return done;
}

// --- .env ---

testBoth('.env: an unclosed quote costs its own line, and is said', async (command, context) => {
  const [first, ...rest] = settings;
  const cwd = withEnv(context, [first, "NOTE='unclosed", ...rest, ''].join('\n'));
  const { code, stderr } = await run(command, ['whoami'], { cwd });
  assert.equal(code, 2, stderr);
  assert.match(
    stderr,
    /^Warning: line 2 of \.env cannot be read: its quote is never closed; NOTE is not set by it\nError: could not/,
  );
});

testBoth('.env: lines end in LF, CR LF or CR', async (command, context) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const cwd = withEnv(context, `\uFEFF${settings.join(end)}${end}`);
    const { code, stderr } = await run(command, ['whoami'], { cwd });
    assert.equal(code, 2, stderr);
    assert.ok(stderr.startsWith(refused), stderr);
  }
});

testBoth('.env: values are read as python-dotenv reads them', async (command, context) => {
  const cwd = withEnv(
    context,
    `export PEAQOS_NETWORK = "testnet" # note\nNODE='127.0.0.1'\nPEAQOS_RPC_URL="http://\${NODE}:\${PORT:-1}"\n'PEAQOS_PRIVATE_KEY'=${key} # mine\n`,
  );
  const { code, stderr } = await run(command, ['whoami'], { cwd });
  assert.equal(code, 2, stderr);
  assert.ok(stderr.startsWith(refused), stderr);
});

testBoth('.env: what is no UTF-8 text is refused by its name or its line', async (command, context) => {
  const utf16 = Buffer.from(`\uFEFF${settings.join('\n')}`, 'utf16le');
  for (const [content, words] of [
    [utf16, 'is UTF-16 text'],
    [Buffer.from(utf16).swap16(), 'is UTF-16 text'],
    [utf16.subarray(2), 'is UTF-16 text'],
    [Buffer.from('A=1\r\nB=\0\n'), 'holds a NUL character in line 2'],
    [Buffer.from('A=1\n# Z\xFCrich\n', 'latin1'), 'is not UTF-8 text in line 2'],
  ]) {
    const { code, stderr } = await run(command, ['whoami'], { cwd: withEnv(context, content) });
    assert.equal(code, 3, stderr);
    assert.ok(stderr.startsWith(`Error: Invalid configuration: .env ${words}`), stderr);
  }
});

testBoth('.env: what grows without end is refused', async (command, context) => {
  const bombs = Array.from({ length: 40 }, () => 'A=${A}${A}');
  const { code, stderr } = await run(command, ['whoami'], {
    cwd: withEnv(context, ['A=xxxxxxxx', ...bombs].join('\n')),
  });
  assert.equal(code, 3, stderr);
  assert.match(stderr, /^Error: Invalid configuration: line \d+ of \.env makes its values larger than 1024 KiB/);
});

// As containers mount a single file: nothing can be renamed over it.
testBoth('.env: a file that is mounted by itself is written in place', async (command, context) => {
  const cwd = scratch(context);
  const mount = (words) =>
    spawnSync('unshare', ['--mount', 'sh', '-c', 'mount --bind real/env .env && exec "$@"', 'sh', ...words], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, OWS_PASSPHRASE: passphrase, PEAQOS_PRIVATE_KEY: key },
      encoding: 'utf8',
    });
  mkdirSync(join(cwd, 'real'));
  writeFileSync(join(cwd, 'real/env'), 'A=1\n', { mode: 0o600 });
  writeFileSync(join(cwd, '.env'), '');
  if (mount(['true']).status !== 0) return context.skip('mounting needs root');
  assert.equal(mount([...commands[command], 'wallet', 'create', 'agent']).status, 0);
  const used = mount([...commands[command], 'wallet', 'use', 'agent']);
  assert.equal(used.status, 0, used.stderr);
  assert.equal(readFileSync(join(cwd, 'real/env'), 'utf8'), 'A=1\nPEAQOS_OWS_WALLET=agent\n');
  const written = mount([...commands[command], 'init', '--non-interactive', '--force']);
  assert.equal(written.status, 0, written.stderr);
  assert.match(readFileSync(join(cwd, 'real/env'), 'utf8'), new RegExp(`^PEAQOS_PRIVATE_KEY=${key}$`, 'm'));
  assert.equal(readFileSync(join(cwd, '.env'), 'utf8'), '', 'what is below the mount is not touched');
});

testBoth('.env: a link is written through', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: passphrase };
  assert.equal((await run(command, ['wallet', 'create', 'agent'], { env })).code, 0);
  const linked = (content) => {
    const cwd = scratch(context);
    mkdirSync(join(cwd, 'd'));
    if (content !== undefined) writeFileSync(join(cwd, 'd/env'), content, { mode: 0o640 });
    symlinkSync('d/env', join(cwd, '.env'));
    return cwd;
  };
  for (const [content, words, expected, mode] of [
    ['A=1\n', ['wallet', 'use', 'agent'], /^A=1\nPEAQOS_OWS_WALLET=agent\n$/, 0o640],
    [undefined, ['wallet', 'use', 'agent'], /^PEAQOS_OWS_WALLET=agent\n$/, 0o600],
    ['A=1\n', ['init', '--non-interactive', '--force'], new RegExp(`^# [^]*PEAQOS_PRIVATE_KEY=${key}\n`), 0o600],
  ]) {
    const cwd = linked(content);
    const outcome = await run(command, words, {
      cwd,
      env: { ...env, PEAQOS_PRIVATE_KEY: key, PEAQOS_RPC_URL: nowhere },
    });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.ok(lstatSync(join(cwd, '.env')).isSymbolicLink());
    assert.match(readFileSync(join(cwd, 'd/env'), 'utf8'), expected);
    assert.equal(statSync(join(cwd, 'd/env')).mode & 0o777, mode);
    assert.deepEqual(readdirSync(cwd).sort(), ['.env', 'd']);
  }
  const cwd = linked();
  const kept = await run(command, ['init', '--non-interactive'], { cwd, env: { ...env, PEAQOS_PRIVATE_KEY: key } });
  assert.equal(kept.code, 1, 'a link to nothing is there already');
  assert.ok(!existsSync(join(cwd, 'd/env')));
});

testBoth('.env: what would be expanded is written by nobody', async (command, context) => {
  for (const [name, value] of [
    ['PEAQOS_ORCH_API_KEY', 'k-${HOME}-1'],
    ['PEAQOS_OWS_WALLET', '${USER}'],
  ]) {
    const cwd = scratch(context);
    const env = { PEAQOS_PRIVATE_KEY: key, [name]: value };
    const { code, stderr } = await run(command, ['init', '--non-interactive'], { cwd, env });
    assert.equal(code, 3, stderr);
    assert.ok(stderr.startsWith(`Error: Invalid configuration: ${name} holds \${`), stderr);
    assert.deepEqual(readdirSync(cwd), []);
  }
});

testBoth('files with secrets that others can read are warned about', async (command, context) => {
  const warning = /^Warning: others can read the [^\n]*; make it private: chmod 600 (?:\.env|open\.key)\n/m;
  for (const [content, mode, warned] of [
    [settings.join('\n'), 0o644, true],
    [settings.join('\n'), 0o640, true],
    [settings.join('\n'), 0o600, false],
    ['OWS_PASSPHRASE=x\nPEAQOS_NETWORK=testnet', 0o604, true],
    ['PEAQOS_NETWORK=testnet', 0o644, false],
  ]) {
    const { stderr } = await run(command, ['whoami'], { cwd: withEnv(context, content, mode) });
    assert.equal(warning.test(stderr), warned, stderr);
  }
  const cwd = scratch(context);
  writeFileSync(join(cwd, 'open.key'), key);
  chmodSync(join(cwd, 'open.key'), 0o644);
  const env = { HOME: cwd, OWS_PASSPHRASE: passphrase, PEAQOS_PRIVATE_KEY: key, PEAQOS_RPC_URL: nowhere };
  for (const words of [
    ['wallet', 'import', 'k', '--private-key-file', 'open.key'],
    [
      'activate',
      '--for',
      `0x${'12'.repeat(20)}`,
      '--machine-key',
      'open.key',
      '--doc-url',
      nowhere,
      '--data-api',
      nowhere,
    ],
  ]) {
    const { stderr } = await run(command, words, { cwd, env });
    assert.match(stderr, warning);
    assert.match(stderr, /'open\.key'/);
  }
});

// --- Secrets ---

testBoth('a piped passphrase may end in CR LF', async (command, context) => {
  const env = { HOME: scratch(context) };
  const made = await feed(command, ['wallet', 'create', 'v'], `${passphrase}\r\n${passphrase}\r\n`, { env });
  assert.equal(made.code, 0, made.stderr);
  const shown = await feed(command, ['wallet', 'export', 'v'], 'yes\r\n', {
    env: { ...env, OWS_PASSPHRASE: passphrase },
  });
  assert.equal(shown.code, 0, shown.stderr);
});

testBoth('a passphrase that is no text is refused', async (command, context) => {
  const env = { HOME: scratch(context) };
  const piped = await feed(command, ['wallet', 'create', 'v'], Buffer.from('correct horse \xFF\n', 'latin1'), { env });
  assert.equal(piped.code, 1);
  assert.match(piped.stderr, /not UTF-8 text/);
  const bytes = { ...env, OWS_PASSPHRASE: 'correct horse \uFFFD' };
  const variable = await run(command, ['wallet', 'create', 'v'], { env: bytes });
  assert.equal(variable.code, 1);
  assert.match(variable.stderr, /^Error: The passphrase is not UTF-8 text/m);
  assert.ok(!existsSync(join(env.HOME, '.ows/wallets')) || readdirSync(join(env.HOME, '.ows/wallets')).length === 0);
});

testBoth('keys are 64 digits, with or without 0x', async (command, context) => {
  const cwd = scratch(context);
  const env = { HOME: cwd, OWS_PASSPHRASE: passphrase };
  for (const text of [key.slice(2), `${key.slice(2).toUpperCase()}\r\n`, `${key}\n`]) {
    writeFileSync(join(cwd, 'key'), text, { mode: 0o600 });
    const words = ['wallet', 'import', `k${text.length}`, '--private-key-file', 'key', '--json'];
    const { code, stdout, stderr } = await run(command, words, { cwd, env });
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).peaq_address, address);
  }
  const asVariable = { PEAQOS_NETWORK: 'testnet', PEAQOS_RPC_URL: nowhere, PEAQOS_PRIVATE_KEY: key.slice(2) };
  assert.ok((await run(command, ['whoami'], { cwd, env: asVariable })).stderr.startsWith(refused));
});

testBoth('a phrase may stand one word a line, or with more blanks', async (command, context) => {
  const words = [...Array(11).fill('test'), 'junk'];
  for (const text of [`${words.join('\n')}\n`, `${words.join('\r\n')}\r\n\r\n`, `  ${words.join(' \t ')} \n`]) {
    const env = { HOME: scratch(context), OWS_PASSPHRASE: passphrase };
    const outcome = await feed(command, ['wallet', 'import', 'p', '--mnemonic', '--json'], text, { env });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(JSON.parse(outcome.stdout).peaq_address, address);
  }
});

testBoth('keys that are no letters do not get into a passphrase', async (command, context) => {
  const marked = (text) => `\u001b[200~${text}\u001b[201~`;
  for (const typed of [
    `${passphrase}\u001b[A`,
    `\u001bOH${passphrase}\u001b[3~`,
    `\u001b[D${passphrase}\u001b[1;5C\u001b[15~`,
    marked(passphrase),
    marked(`${passphrase}\r\n`),
    `wrong\u0015${passphrase}x\u007f`,
  ]) {
    const env = { HOME: scratch(context), TERM: 'xterm' };
    const made = type(command, ['wallet', 'create', 'a'], [typed, passphrase], { env });
    assert.equal(made.code, 0, made.stderr);
    const opened = await feed(command, ['wallet', 'export', 'a'], 'yes\n', {
      env: { ...env, OWS_PASSPHRASE: passphrase },
    });
    assert.equal(opened.code, 0, opened.stderr);
  }
});

testBoth('a paste of several lines is one answer', async (command, context) => {
  const lines = `\u001b[200~${[...Array(11).fill('test'), 'junk'].join('\n')}\u001b[201~`;
  const env = { HOME: scratch(context), OWS_PASSPHRASE: passphrase, TERM: 'xterm' };
  const made = type(command, ['wallet', 'import', 'p', '--mnemonic', '--json'], [lines], { env });
  assert.equal(made.code, 0, made.stderr);
  assert.equal(JSON.parse(made.stdout).peaq_address, address);
  assert.ok(!made.terminal.includes('junk'));
});

testBoth('a passphrase is tried in the other form of Unicode', async (command, context) => {
  const composed = 'Zürich déjà vu';
  for (const [at, then, form] of [
    [composed.normalize('NFD'), composed, 'NFD'],
    [composed, composed.normalize('NFD'), 'NFC'],
  ]) {
    const env = { HOME: scratch(context) };
    const made = await run(command, ['wallet', 'create', 'u'], { env: { ...env, OWS_PASSPHRASE: at } });
    assert.equal(made.code, 0, made.stderr);
    const opened = await feed(command, ['wallet', 'export', 'u'], 'yes\n', { env: { ...env, OWS_PASSPHRASE: then } });
    assert.equal(opened.code, 0, opened.stderr);
    assert.match(opened.stderr, new RegExp(`^Warning: wallet 'u' opens [^\n]*\\(${form}\\)`, 'm'));
  }
});

// --- URLs ---

testBoth('nothing that may be a credential in a URL is shown', async (command, context) => {
  const cwd = scratch(context);
  const secrets = ['hunter2', 'Abc-Short_9', 'ab.cd.ef~gh', 'usr1', 'pw1'];
  const endpoints = ['?apikey=hunter2', 'v2/Abc-Short_9', 'rpc?token=ab.cd.ef~gh', 'v2/Abc-Short_9/usr1#pw1'];
  const urls = [...endpoints.map((end) => `${nowhere}/${end}`), 'http://usr1:pw1@127.0.0.1:1/v1'];
  for (const url of urls) {
    const env = {
      PEAQOS_NETWORK: 'testnet',
      PEAQOS_PRIVATE_KEY: key,
      PEAQOS_RPC_URL: url,
      PEAQOS_MCR_API_URL: url,
      PEAQOS_GAS_STATION_URL: url,
      PEAQOS_ORCHESTRATION_URL: url,
      PEAQOS_ORCH_API_KEY: 'k',
    };
    for (const words of [
      ['-v', 'whoami'],
      ['whoami', '--json'],
      ['doctor'],
      ['doctor', '--json'],
      ['-v', 'qualify', 'mcr', `did:peaq:${address}`],
      ['-v', 'scale', 'machine', 'list'],
      ['init', '--non-interactive', '--force'],
    ]) {
      const { stdout, stderr } = await run(command, words, { cwd, env });
      for (const secret of secrets) assert.ok(!(stdout + stderr).includes(secret), `${words}: ${stdout}${stderr}`);
    }
  }
});

// --- Times and names ---

testBoth('--ts in parts of a second is said', async (command, context) => {
  const event = ['qualify', 'event', '--machine-id', '1', '--type', 'activity', '--value', '1', '--ts'];
  for (const [ts, unit] of [
    ['1795426035000', 'milliseconds'],
    ['1795426035123456', 'microseconds'],
    ['1795426035123456789', 'nanoseconds'],
  ]) {
    const { code, stderr } = await run(command, [...event, ts], { cwd: scratch(context) });
    assert.equal(code, 1);
    assert.equal(stderr, `Error: --ts is in ${unit}: ${ts}. Give seconds: 1795426035\n`);
  }
});

testBoth('names that would turn text around are refused, and shown escaped', async (command, context) => {
  const env = { HOME: scratch(context), OWS_PASSPHRASE: passphrase };
  for (const name of ['a\u202Eb', 'a\u2066b', 'a\u200Fb', 'a\u009Bb', 'a\u001Bb']) {
    const { code, stderr } = await run(command, ['wallet', 'create', name], { env });
    assert.equal(code, 1, stderr);
    assert.match(stderr, /^Error: 'a\\[xu][0-9a-f]+b' cannot be a wallet's name: /);
  }
  assert.equal((await run(command, ['wallet', 'create', 'agent'], { env })).code, 0);
  const folder = join(env.HOME, '.ows/wallets');
  const [file] = readdirSync(folder).map((name) => join(folder, name));
  writeFileSync(file, readFileSync(file, 'utf8').replace('"agent"', '"ag\u202Eent\\u001b[31m"'));
  for (const words of [
    ['list'],
    ['list', '--json'],
    ['show', 'ag\u202Eent\u001b[31m'],
    ['show', 'ag\u202Eent\u001b[31m', '--json'],
  ]) {
    const { code, stdout, stderr } = await run(command, ['wallet', ...words], { env });
    assert.equal(code, 0, stderr);
    assert.ok(/ag\\u202eent\\(x|u00)1b\[31m/.test(stdout), stdout);
    if (words.includes('--json'))
      assert.ok(stdout.includes('\\u202e') && [JSON.parse(stdout)].flat()[0].name === 'ag\u202Eent\u001b[31m');
  }
});
