// What needs no network: versions, help, bad command lines, missing settings.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';

const hash = `0x${'ab'.repeat(32)}`;
// anvil's first test account
const key = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const did = 'did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const event = (...more) => [
  'qualify',
  'event',
  '--machine-id',
  '1',
  '--type',
  'revenue',
  '--value',
  '1',
  '--ts',
  '1776945600',
  ...more,
];
const activate = (...more) => [
  'activate',
  '--doc-url',
  'https://d.example',
  '--data-api',
  'https://a.example',
  ...more,
];

// [what, words, exit code, what the one line must name]
const refusals = [
  ['unknown command', ['actvate'], 1, /actvate.*activate/],
  ['unknown option', ['whoami', '--nope'], 1, /--nope/],
  ['option without value', ['qualify', 'event', '--machine-id'], 1, /--machine-id/],
  ['missing argument', ['qualify', 'mcr'], 1, /DID/],
  ['extra argument', ['whoami', 'more'], 1, /more/],
  ['no machine id', ['qualify', 'event', '--type', 'revenue', '--value', '1', '--ts', '1'], 1, /--machine-id/],
  [
    'machine id is no number',
    ['qualify', 'event', '--machine-id', 'x', '--type', 'revenue', '--value', '1', '--ts', '1'],
    1,
    /--machine-id.*x/,
  ],
  [
    'machine id zero',
    ['qualify', 'event', '--machine-id', '0', '--type', 'revenue', '--value', '1', '--ts', '1'],
    1,
    /--machine-id/,
  ],
  ['negative value', event('--value', '-1'), 1, /--value/],
  ['value beyond 256 bits', event('--value', '9'.repeat(80)), 1, /--value/],
  ['type', event('--type', 'Revenue'), 1, /--type.*revenue/],
  ['trust', event('--trust', 'x'), 1, /--trust.*self/],
  ['source chain', event('--source-chain', 'x'), 1, /--source-chain.*peaq/],
  ['time without zone', event('--ts', '2026-04-23T12:00:00'), 1, /--ts/],
  ['date only', event('--ts', '2026-04-23'), 1, /--ts/],
  ['time zero', event('--ts', '0'), 1, /--ts/],
  ['onchain without transaction', event('--trust', 'onchain'), 1, /--source-tx/],
  ['short transaction hash', event('--source-tx', '0x12'), 1, /--source-tx/],
  ['currency in lower case', event('--currency', 'usd'), 1, /--currency/],
  ['empty currency', event('--currency', ''), 1, /--currency/],
  ['currency of an activity', event('--type', 'activity', '--currency', 'USD'), 1, /--currency/],
  ['absent raw data', event('--raw-data', 'absent.bin'), 1, /--raw-data/],
  ['raw data is a folder', event('--raw-data', 'folder'), 1, /--raw-data/],
  ['empty raw data', event('--raw-data', 'empty'), 1, /--raw-data/],
  ['absent metadata', event('--metadata', 'absent.bin'), 1, /--metadata/],
  ['no doc url', ['activate', '--data-api', 'https://a.example'], 1, /--doc-url/],
  ['no data api', ['activate', '--doc-url', 'https://d.example'], 1, /--data-api/],
  [
    'doc url is not ASCII',
    ['activate', '--doc-url', 'https://ü.example', '--data-api', 'https://a.example'],
    1,
    /--doc-url/,
  ],
  [
    'data api too long',
    ['activate', '--doc-url', 'https://d.example', '--data-api', `https://a.example/${'x'.repeat(2560)}`],
    1,
    /--data-api/,
  ],
  ['visibility', activate('--visibility', 'secret'), 1, /--visibility.*public/],
  ['DID', ['qualify', 'mcr', 'did:peaq:0x12'], 1, /did:peaq/],
  ['DID of another method', ['show', 'machine', 'did:ethr:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'], 1, /did:peaq/],
];

for (const [what, words, code, names] of refusals) {
  testBoth(`a bad command line is refused in one line: ${what}`, async (command, context) => {
    const cwd = scratch(context);
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'empty'), '');
    // The RPC URL is a closed port: anything that was sent would fail with 2. Which generation is meant is told, since a
    // command line without it is judged by what the chain has.
    const outcome = await run(command, words, {
      cwd,
      env: {
        PEAQOS_PRIVATE_KEY: key,
        PEAQOS_RPC_URL: 'http://127.0.0.1:9',
        PEAQOS_NETWORK: 'devnet',
        PEAQOS_DEPLOYMENT_ID: 'devnet-1',
      },
    });
    assert.equal(outcome.code, code, outcome.stderr);
    assert.equal(outcome.stdout, '');
    assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
    assert.match(outcome.stderr, names);
    assert.deepEqual(readdirSync(cwd).sort(), ['empty', 'folder'], 'nothing was written');
  });
}

const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const settings = {
  PEAQOS_PRIVATE_KEY: key,
  PEAQOS_RPC_URL: 'http://127.0.0.1:9',
  PEAQOS_NETWORK: 'devnet',
  IDENTITY_REGISTRY_ADDRESS: address,
  IDENTITY_STAKING_ADDRESS: address,
  EVENT_REGISTRY_ADDRESS: address,
  MACHINE_NFT_ADDRESS: address,
};

// [what, words, variables, name in the message]
const misconfigurations = [
  ['no key', ['whoami'], { PEAQOS_PRIVATE_KEY: undefined }, /PEAQOS_PRIVATE_KEY/],
  ['no URL', ['whoami'], { PEAQOS_RPC_URL: undefined }, /PEAQOS_RPC_URL/],
  ['empty URL', ['whoami'], { PEAQOS_RPC_URL: '' }, /PEAQOS_RPC_URL/],
  ['key of another length', ['whoami'], { PEAQOS_PRIVATE_KEY: key.slice(0, -1) }, /PEAQOS_PRIVATE_KEY/],
  ['key zero', ['whoami'], { PEAQOS_PRIVATE_KEY: `0x${'0'.repeat(64)}` }, /PEAQOS_PRIVATE_KEY/],
  ['websocket URL', ['whoami'], { PEAQOS_RPC_URL: 'wss://node.example' }, /PEAQOS_RPC_URL/],
  ['unknown network', activate(), { PEAQOS_NETWORK: 'krest' }, /PEAQOS_NETWORK.*mainnet/],
  ['contract address', event(), { EVENT_REGISTRY_ADDRESS: '0x12' }, /EVENT_REGISTRY_ADDRESS/],
  ['missing contract address', event(), { EVENT_REGISTRY_ADDRESS: undefined }, /_ADDRESS/],
  ['timeout', ['whoami'], { PEAQOS_TIMEOUT: 'soon' }, /PEAQOS_TIMEOUT/],
  ['MCR URL', ['qualify', 'mcr', did], { PEAQOS_MCR_API_URL: 'mcr' }, /PEAQOS_MCR_API_URL/],
];

for (const [what, words, variables, names] of misconfigurations) {
  testBoth(`a bad setting is named: ${what}`, async (command, context) => {
    const env = Object.fromEntries(
      Object.entries({ ...settings, ...variables }).filter(([, value]) => value !== undefined),
    );
    const outcome = await run(command, words, { cwd: scratch(context), env });
    assert.equal(outcome.code, 3, outcome.stderr);
    assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
    assert.match(outcome.stderr, names);
    assert.ok(!outcome.stderr.includes(key.slice(2, -1)));
  });
}

test('versions, help and refusals are the same in both commands', async (context) => {
  const cwd = scratch(context);
  for (const words of [
    ['--version'],
    ['--help'],
    [],
    ['qualify'],
    ['show', '--help'],
    ['activate', '-h'],
    ['qualify', 'event', '--help'],
    ['nope'],
  ]) {
    const [first, second] = await Promise.all(Object.keys(commands).map((command) => run(command, words, { cwd })));
    assert.deepEqual(first, second, words.join(' '));
    assert.equal(first.code, words[0] === 'nope' ? 1 : 0);
  }
});

testBoth('--version names both packages', async (command, context) => {
  const { stdout } = await run(command, ['--version'], { cwd: scratch(context) });
  assert.match(stdout, /^peaqos \d+\.\d+\.\d+ \(@peaqos\/core \d+\.\d+\.\d+\)\n$/);
});

testBoth('.env is read from the current directory, and the environment wins', async (command, context) => {
  const cwd = scratch(context);
  const lines = Object.entries({
    ...settings,
    PEAQOS_PRIVATE_KEY: `"${key}"`,
    PEAQOS_RPC_URL: 'http://127.0.0.1:9 # closed',
  });
  writeFileSync(join(cwd, '.env'), lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  assert.equal((await run(command, ['whoami'], { cwd })).code, 2);
  assert.equal(
    (await run(command, ['whoami'], { cwd, env: { PEAQOS_RPC_URL: '' } })).code,
    3,
    'set but empty still wins',
  );
});

testBoth('a closed pipe ends a command quietly', async (command, context) => {
  const { child, done } = start(command, ['--help'], { cwd: scratch(context) });
  child.stdout.destroy();
  const outcome = await done;
  assert.equal(outcome.stderr, '');
  assert.equal(outcome.signal, null);
});

test('an unreadable file is named, not dumped', async (context) => {
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), Buffer.from([0xff, 0xfe, 0x00]));
  for (const command of Object.keys(commands)) {
    const outcome = await run(command, ['whoami'], { cwd, env: { source: hash } });
    assert.equal(outcome.code, 3);
    assert.match(outcome.stderr, /^Error: [^\n]*\.env[^\n]*\n$/);
  }
});
