// Versions, help, and command lines that nothing can be done with.
// SPDX-License-Identifier: Apache-2.0
import { event, urls } from './common.mjs';

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const did = `did:peaq:${address}`;
const files = { 'raw.bin': 'raw', 'empty.bin': '', folder: null };

const table = [
  ['--version', ['--version']],
  ['--version with more words', ['--version', 'bogus']],
  ['no words', []],
  ['unknown command', ['actvate']],
  ['-v and -q', ['-vq', 'whoami']],
  ['root option without value', ['--orchestration-url']],
  ['root flag with a value', ['--quiet=yes', 'whoami']],
  ['-v after the command', ['whoami', '-v']],

  ['whoami: unknown option', ['whoami', '--nope']],
  ['whoami: surplus word', ['whoami', 'more']],

  ['qualify: unknown command', ['qualify', 'evnt']],
  ['show operator: unknown command', ['show', 'operator', 'machine']],

  ['event: no options', ['qualify', 'event']],
  ['event: no --machine-id', event({ '--machine-id': undefined })],
  ['event: no --type', event({ '--type': undefined })],
  ['event: no --value', event({ '--value': undefined })],
  ['event: no --ts', event({ '--ts': undefined })],
  ['event: --machine-id without value', ['qualify', 'event', '--machine-id']],
  ['event: --machine-id is no number', event({ '--machine-id': 'x' })],
  ['event: --machine-id zero', event({ '--machine-id': '0' })],
  ['event: --value is no number', event({ '--value': '1e3' })],
  ['event: --value negative', event({ '--value': '-1' })],
  ['event: --type unknown', event({ '--type': 'loss' })],
  ['event: --trust unknown', event({ '--trust': 'full' })],
  ['event: --source-chain unknown', event({ '--source-chain': 'ethereum' })],
  ['event: --ts is empty', event({ '--ts': '' })],
  ['event: --ts is a word', event({ '--ts': 'now' })],
  ['event: --ts without zone', event({ '--ts': '2025-04-20T12:00:00' })],
  ['event: --ts is a date', event({ '--ts': '2025-04-20' })],
  ['event: --ts negative', event({ '--ts': '-5' })],
  ['event: --ts zero', event({ '--ts': '0' })],
  ['event: --trust onchain without --source-tx', event({ '--trust': 'onchain' })],
  ['event: --trust onchain with empty --source-tx', event({ '--trust': 'onchain', '--source-tx': '' })],
  ['event: --source-tx short', event({ '--source-tx': '0x12' })],
  ['event: --source-tx is no hex', event({ '--source-tx': `0x${'zz'.repeat(32)}` })],
  ['event: --raw-data absent', event({ '--raw-data': 'absent.bin' })],
  ['event: --raw-data is a folder', event({ '--raw-data': 'folder' })],
  ['event: --raw-data is empty', event({ '--raw-data': 'empty.bin' })],
  ['event: --metadata absent', event({ '--metadata': 'absent.bin' })],
  ['event: --currency in lower case', event({ '--currency': 'usd' })],
  ['event: --currency short', event({ '--currency': 'US' })],
  ['event: --currency empty for revenue', event({ '--currency': '' })],
  ['event: --currency for activity', event({ '--type': 'activity', '--currency': 'USD' })],
  ['event: unknown option', [...event(), '--yaml']],
  ['event: bad option before bad value', [...event({ '--machine-id': '0' }), '--nope']],

  ['activate: --visibility unknown', ['activate', ...urls, '--visibility', 'secret']],
  ['activate: unknown option', ['activate', ...urls, '--dry-run']],
  ['activate: --for alone', ['activate', ...urls, '--for', address]],
  ['activate: --machine-key alone', ['activate', ...urls, '--machine-key', 'raw.bin']],
  ['activate: --for is short', ['activate', ...urls, '--for', '0x12', '--machine-key', 'raw.bin']],
  ['activate: --for without 0x', ['activate', ...urls, '--for', address.slice(2), '--machine-key', 'raw.bin']],
  ['activate: --machine-key absent', ['activate', ...urls, '--for', address, '--machine-key', 'absent.key']],
  ['activate: --machine-key is a folder', ['activate', ...urls, '--for', address, '--machine-key', 'folder']],
  ['activate: --machine-key holds no key', ['activate', ...urls, '--for', address, '--machine-key', 'raw.bin']],

  ['mcr: no DID', ['qualify', 'mcr']],
  ['mcr: empty DID', ['qualify', 'mcr', '']],
  ['mcr: DID of another method', ['qualify', 'mcr', `did:ethr:${address}`]],
  ['mcr: short DID', ['qualify', 'mcr', 'did:peaq:0x12']],
  ['mcr: DID is no hex', ['qualify', 'mcr', `did:peaq:0x${'z'.repeat(40)}`]],
  ['machine: no DID', ['show', 'machine']],
  ['machine: short DID', ['show', 'machine', 'did:peaq:0x12']],
  ['machine: surplus word', ['show', 'machine', did, 'more']],
  ['operator machines: no DID', ['show', 'operator', 'machines']],

  ['init: unknown option', ['init', '--yes']],

  ['wallet: unknown command', ['wallet', 'rename', 'a', 'b']],
  ['wallet create: no name', ['wallet', 'create']],
  ['wallet create: surplus word', ['wallet', 'create', 'w1', 'w2']],
  ['wallet create: 15 words', ['wallet', 'create', 'w', '--words', '15']],
  ['wallet import: no name', ['wallet', 'import', '--mnemonic']],
  ['wallet import: no phrase and no key', ['wallet', 'import', 'w']],
  ['wallet import: phrase and key', ['wallet', 'import', 'w', '--mnemonic', '--private-key-file', 'k']],
  ['wallet import: --index is no number', ['wallet', 'import', 'w', '--mnemonic', '--index', 'x']],
  ['wallet list: surplus word', ['wallet', 'list', 'all']],
  ['wallet show: no name', ['wallet', 'show']],
  ['wallet delete: unknown option', ['wallet', 'delete', 'w', '--yes']],
];

const helps = [
  ['root', []],
  ['whoami', ['whoami']],
  ['activate', ['activate']],
  ['init', ['init']],
  ['qualify', ['qualify']],
  ['qualify event', ['qualify', 'event']],
  ['qualify mcr', ['qualify', 'mcr']],
  ['show', ['show']],
  ['show machine', ['show', 'machine']],
  ['show operator', ['show', 'operator']],
  ['show operator machines', ['show', 'operator', 'machines']],
  ['wallet', ['wallet']],
  ['wallet create', ['wallet', 'create']],
  ['wallet import', ['wallet', 'import']],
  ['wallet list', ['wallet', 'list']],
  ['wallet show', ['wallet', 'show']],
  ['wallet export', ['wallet', 'export']],
  ['wallet delete', ['wallet', 'delete']],
  ['wallet use', ['wallet', 'use']],
];

const groups = ['qualify', 'show', 'show operator', 'wallet'];

export const usage = [
  ...table.map(([name, words]) => ({
    name: `usage: ${name}`,
    words,
    files,
    stateless: true,
    help: words.length === 0,
  })),
  ...helps.map(([name, words], index) => ({
    name: `help: ${name}`,
    words: [...words, index % 2 ? '-h' : '--help'],
    stateless: true,
    help: true,
  })),
  { name: 'help: among options', words: ['qualify', 'event', '--value', '5', '-h'], stateless: true, help: true },
  ...groups.map((group) => ({ name: `group: ${group}`, words: group.split(' '), stateless: true, help: true })),
];
