// A machine's life, told equally by both commands: each runs it with the same key in a world of its own.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparable, commands, run, scratch } from '../support/commands.mjs';
import { activate, journal, newOperator, startWorld, transactionCount, urls } from '../support/world.mjs';

const names = Object.keys(commands);
const did = 'did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const event = ['qualify', 'event', '--machine-id', '1'];

const life = [
  ['whoami'],
  activate,
  activate,
  ['-q', ...activate],
  [...activate, '--visibility', 'private'],
  ['activate', '--doc-url', 'https://example.com/new', '--data-api', 'https://example.com/events', '--skip-funding'],
  [
    ...event,
    '--type',
    'revenue',
    '--value',
    '12345',
    '--ts',
    '2026-04-23T12:00:00Z',
    '--currency',
    'HKD',
    '--raw-data',
    'raw.bin',
    '--metadata',
    'meta.bin',
  ],
  [...event, '--type', 'revenue', '--value', '0', '--ts', '1776945600'],
  [
    ...event,
    '--type',
    'activity',
    '--value',
    '7',
    '--ts=2026-04-23T14:00:00+02:00',
    '--trust',
    'hardware',
    '--source-chain',
    'base',
  ],
  [
    ...event,
    '--type',
    'revenue',
    '--value',
    '99',
    '--ts',
    '1776945601',
    '--trust',
    'onchain',
    '--source-chain',
    'peaq',
    '--source-tx',
    'AB'.repeat(32),
  ],
  ['qualify', 'mcr', did],
  ['qualify', 'mcr', '--json', did],
  ['show', 'machine', did],
  ['show', 'machine', did, '--json'],
];

test('a machine lives the same life through both commands', async (context) => {
  const stories = [];
  for (const name of names) {
    const world = await startWorld();
    const cwd = scratch(context);
    writeFileSync(join(cwd, 'raw.bin'), Buffer.from([0, 1, 2, 255]));
    writeFileSync(join(cwd, 'meta.bin'), Buffer.from([255, 0, 10]));
    writeFileSync(
      join(cwd, '.env'),
      Object.entries(world.env())
        .map(([variable, value]) => `${variable}=${value}\n`)
        .join(''),
      { mode: 0o600 },
    );
    const outcomes = [];
    for (const words of life) outcomes.push(await run(name, words, { cwd }));
    // One transaction for the registration, the mint, the DID, two updates of it, and four events.
    assert.equal(await transactionCount(world, world.accounts[0].address), 9);
    assert.equal(statSync(join(cwd, 'peaqos.log')).mode & 0o777, 0o600);
    const rows = journal(cwd).map((row) => ({ ...row, raw_tx: row.raw_tx && '<raw>', ts: '<ts>' }));
    stories.push({
      outcomes: outcomes.map((outcome) => JSON.parse(timeless(JSON.stringify(outcome)))),
      rows: JSON.parse(timeless(JSON.stringify(rows))),
    });
  }
  const [first, second] = stories;
  for (const [index, words] of life.entries()) {
    assert.deepEqual(first.outcomes[index], second.outcomes[index], words.join(' '));
    assert.equal(first.outcomes[index].code, 0, first.outcomes[index].stderr);
  }
  assert.deepEqual(first.rows, second.rows);
  check(first);
});

// Block times differ between two worlds, and so do hashes of what they sign for.
const timeless = (text) =>
  comparable(text)
    .replace(/20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?( UTC)?/g, '<time>')
    .replace(/\b17[89]\d{7}\b|\b18\d{8}\b/g, '<seconds>');

function check({ outcomes, rows }) {
  const [whoami, fresh, again, quiet, updated, , revenue, , activity, , , mcrJson, , machineJson] = outcomes;
  assert.match(
    whoami.stdout,
    /^ {2}Address : {2}0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\n {2}Network : {2}devnet\n {2}RPC URL : {2}http:\/\/<host>\n {2}Chain ID: {2}31338\n/,
  );
  assert.equal(
    fresh.stdout,
    `\nMachine activated successfully.\n  Machine ID:   1\n  Token ID:     1\n  Machine DID:  ${did}\n`,
  );
  assert.deepEqual(
    fresh.stderr.split('\n').map((line) => line.trim()),
    [
      '[1/6] Balance check',
      'Operator 0xf39F...2266: 10000.0000 PEAQ (sufficient)',
      '[2/6] 2FA enrollment - skipped (all wallets funded)',
      '[3/6] Fund from Gas Station - skipped (all wallets funded)',
      '[4/6] Register machine',
      'Registered. machine_id=1',
      '[5/6] Mint NFT',
      'Minted NFT for machine_id=1 -> token_id=1 (tx <hash>)',
      '[6/6] Write DID attributes',
      'Wrote 6 machine DID attributes (tx <hash>)',
      '',
    ],
  );
  assert.equal(again.stdout, fresh.stdout);
  assert.match(
    again.stderr,
    /Already registered \(machine_id=1\)\. Skipping\.[^]*Already minted \(token_id=1\)\. Skipping\.[^]*already on chain\. Skipping\./,
  );
  assert.deepEqual([quiet.stdout, quiet.stderr], [fresh.stdout, '']);
  assert.match(updated.stderr, /Wrote 1 machine DID attribute, updating data_visibility/);
  assert.match(
    revenue.stdout,
    /^Event submitted\.\n {2}Machine ID: {2}1\n {2}Type: {8}revenue\n {2}Value: {7}12345\n {2}Trust: {7}self-reported\n {2}Tx: {10}<hash>\n {2}Data Hash: {3}<hash>\n$/,
  );
  assert.match(activity.stdout, /Trust: +hardware/i);
  const mcr = JSON.parse(mcrJson.stdout);
  assert.deepEqual([mcr.did, mcr.event_count, mcr.revenue_event_count, mcr.activity_event_count], [did, 4, 3, 1]);
  const machine = JSON.parse(machineJson.stdout);
  assert.equal(machine.peaqos.machine_id, 1);
  assert.equal(machine.peaqos.documentation_url, 'https://example.com/new');
  assert.deepEqual(
    rows.slice(0, 6).map(({ step, status }) => `${step} ${status}`),
    [
      'register pending',
      'register confirmed',
      'mint_nft pending',
      'mint_nft confirmed',
      'machine_did pending',
      'machine_did confirmed',
    ],
  );
}

test('a first activation counts only what it needs of its money', async (context) => {
  const world = await startWorld();
  for (const name of names) {
    const cwd = scratch(context);
    const poor = await newOperator(world, { balance: 10n ** 17n, PEAQOS_GAS_STATION_URL: '' });
    const refused = await run(name, activate, { cwd, env: poor.env });
    assert.equal(refused.code, 3);
    assert.match(
      refused.stderr,
      /0\.1000 PEAQ \(insufficient\)\nError: Missing required env var: PEAQOS_GAS_STATION_URL[^\n]+\n$/,
    );
    // Enough for the bond alone, but not for what comes after it: nothing is paid.
    const bondOnly = await newOperator(world, { balance: 10n ** 18n });
    const short = await run(name, ['activate', ...urls, '--skip-funding'], { cwd, env: bondOnly.env });
    assert.equal(short.code, 2);
    assert.match(
      short.stderr,
      /Error: 0x\w+ holds 1\.0000 PEAQ and needs 1\.\d+ PEAQ for the transaction and its gas\. Send it at least 0\.\d+ PEAQ more/,
    );
    assert.equal(await transactionCount(world, bondOnly.address), 0);
    assert.equal(statSync(join(cwd, 'peaqos.log')).size, 0);
  }
});
