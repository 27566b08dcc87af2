// wallet list, show, export, delete and use: what is done with wallets that are there.
// SPDX-License-Identifier: Apache-2.0
import { key, phrase, vault, wallet } from './vault.mjs';

const without = { files: Object.fromEntries(Object.keys(vault).map((name) => [name, undefined])) };
const name = phrase.label;
const stranger = (text) => ({ files: { '.ows/wallets/notes.json': text } });
const changed = (change) =>
  JSON.stringify({
    ...JSON.parse(phrase.file),
    id: 'other',
    name: 'other',
    created_at: '2026-11-24T00:00:00.000000001+00:00',
    ...change,
  });
const answered = (input, env = {}) => ({ input, env });
const silent = { OWS_PASSPHRASE: undefined };

const looking = [
  wallet('list', ['list']),
  wallet('list --json', ['list', '--json']),
  wallet('-q list', [], { words: ['-q', 'wallet', 'list'] }),
  wallet('list of nothing', ['list'], without),
  wallet('list of nothing, --json', ['list', '--json'], without),
  wallet('list with a file that is no wallet', ['list'], stranger('{"not": "a wallet"}')),
  wallet('list with a file that ends early', ['list'], stranger(phrase.file.slice(0, 500))),
  wallet('list with a file without accounts', ['list', '--json'], stranger(changed({ accounts: [] }))),
  wallet('list with a file of a later version', ['list', '--json'], stranger(changed({ ows_version: 3 }))),
  wallet('show', ['show', name]),
  wallet('show of a key', ['show', key.label]),
  wallet('show --json', ['show', name, '--json']),
  wallet('show --json of a key', ['show', key.label, '--json']),
  wallet('show by id', ['show', phrase.id, '--json']),
  wallet('show by an id in capitals', ['show', phrase.id.toUpperCase(), '--json']),
  wallet('show in capitals', ['show', name.toUpperCase()]),
  wallet('show a stranger', ['show', 'nobody']),
  wallet('show by the beginning of an id', ['show', phrase.id.slice(0, 8)]),
  wallet('show by an empty name', ['show', '']),
];

const giving = [
  wallet('export', ['export', name], answered('y\n')),
  wallet('export by id', ['export', phrase.id], answered('y\n')),
  wallet('export of a key', ['export', key.label], answered('y\n', { OWS_PASSPHRASE: key.passphrase })),
  wallet('export, answered in full', ['export', name], answered('YES\n')),
  wallet('export, another answer first', ['export', name], answered('maybe\ny\n')),
  wallet('export, declined', ['export', name], answered('n\n')),
  wallet('export, an empty answer', ['export', name], answered('\n')),
  wallet('export, no answer', ['export', name], answered('')),
  wallet('export, wrong passphrase', ['export', name], answered('y\n', { OWS_PASSPHRASE: 'wrong' })),
  wallet('export, passphrase from a pipe', ['export', name], answered(`y\n${phrase.passphrase}\n`, silent)),
  wallet('export, passphrase typed', ['export', name], { env: silent, typed: ['y', phrase.passphrase] }),
  wallet('export, interrupted at the passphrase', ['export', name], { env: silent, typed: ['y', '\x03'] }),
  wallet('export, interrupted at the question', ['export', name], { typed: ['\x03'] }),
  wallet('export of a stranger', ['export', 'nobody'], answered('y\n')),
  wallet('delete', ['delete', name], answered('y\n')),
  wallet('delete by id', ['delete', phrase.id], answered('y\n')),
  wallet('delete of a key', ['delete', key.label], answered('yes\n')),
  wallet('delete, declined', ['delete', name], answered('\n')),
  wallet('delete, no answer', ['delete', name], answered('')),
  wallet('delete, interrupted', ['delete', name], { typed: ['\x03'] }),
  wallet('delete of a stranger', ['delete', 'nobody'], answered('y\n')),
];

const use = (title, text) => wallet(`use, ${title}`, ['use', name], { files: { '.env': text } });

const using = [
  wallet('use', ['use', phrase.id]),
  wallet('use by name', ['use', key.label]),
  wallet('use of a stranger', ['use', 'nobody'], { files: { '.env': 'A=1\n' } }),
  use('.env with other lines', '# mine\nA=1\n\nPEAQOS_OWS_WALLET=old\nB=2\n'),
  use('a key before', 'PEAQOS_PRIVATE_KEY=0x12\n'),
  use('no newline at the end', 'B=2'),
  use('an exported setting', 'export PEAQOS_OWS_WALLET=x\n'),
  use('blanks around the sign', 'PEAQOS_OWS_WALLET = x\n'),
  use('a comment of the same name', '# PEAQOS_OWS_WALLET=x\n'),
  use('two settings', 'PEAQOS_OWS_WALLET=x\nA=1\nPEAQOS_OWS_WALLET=y\n'),
  use('an empty .env', ''),
  use('a .env that others may read', { text: 'A=1\n', mode: 0o644 }),
  use('a .env that is a folder', null),
];

export const wallets = [...looking, ...giving, ...using];
