// wallet, and a wallet that signs. The vault lies in the folder that is compared; its wallets are the reference's own.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { registered } from '../worlds.mjs';
import { event } from './common.mjs';

const { wallets: vectors } = JSON.parse(
  readFileSync(new URL('../../vectors/ows/wallets.json', import.meta.url), 'utf8'),
);
const vector = (label) => vectors.find((row) => row.label === label);
const phrase = vector('mn12-junk-i0-pypi');
const key = vector('pk-evm-pypi');
const path = (row) => `.ows/wallets/${row.file_name}`;
const vault = { '.ows': null, '.ows/wallets': null, [path(phrase)]: phrase.file, [path(key)]: key.file };

const wallet = (name, words, more = {}) => ({
  name: `wallet: ${name}`,
  words: ['wallet', ...words],
  bare: true,
  stateless: true,
  ...more,
  env: { HOME: '.', OWS_PASSPHRASE: phrase.passphrase, ...more.env },
  files: { ...vault, ...more.files },
});

export const wallets = [
  wallet('list', ['list']),
  wallet('list --json', ['list', '--json']),
  wallet('show', ['show', phrase.label]),
  wallet('show --json of a key', ['show', key.label, '--json']),
  wallet('show by id', ['show', phrase.id, '--json']),
  wallet('show a stranger', ['show', 'nobody']),
  wallet('show by the beginning of an id', ['show', phrase.id.slice(0, 8)]),
  wallet('export', ['export', phrase.label], { input: 'y\n' }),
  wallet('export of a key', ['export', key.label], { input: 'y\n', env: { OWS_PASSPHRASE: key.passphrase } }),
  wallet('export, declined', ['export', phrase.label], { input: 'n\n' }),
  wallet('export, wrong passphrase', ['export', phrase.label], { input: 'y\n', env: { OWS_PASSPHRASE: 'wrong' } }),
  wallet('delete', ['delete', phrase.label], { input: 'y\n' }),
  wallet('delete, declined', ['delete', phrase.label], { input: '\n' }),
  wallet('create, name taken', ['create', phrase.label]),
  wallet('create, 15 words', ['create', 'w', '--words', '15']),
  wallet('import of nothing', ['import', 'w']),
  wallet('import, name taken', ['import', phrase.label, '--private-key-file', 'key'], {
    files: { key: `0x${'46'.repeat(32)}\n` },
  }),
  wallet('import of a bad key', ['import', 'w', '--private-key-file', 'key'], { files: { key: '0x12\n' } }),
  wallet('use', ['use', phrase.id]),
  wallet('use, .env with other lines', ['use', phrase.label], {
    files: { '.env': '# mine\nA=1\n\nPEAQOS_OWS_WALLET=old\nB=2\n' },
  }),
  {
    ...wallet('whoami', []),
    words: ['whoami'],
    bare: false,
    env: { HOME: '.', PEAQOS_OWS_WALLET: phrase.label, OWS_PASSPHRASE: phrase.passphrase },
  },
  {
    ...wallet('an event with a wrong passphrase', []),
    words: event(),
    bare: false,
    start: [registered('operator')], // so that nothing but the passphrase is wrong
    env: { HOME: '.', PEAQOS_OWS_WALLET: phrase.label, OWS_PASSPHRASE: 'wrong' },
  },
  {
    ...wallet('an event of a wallet that is not there', []),
    words: event(),
    bare: false,
    env: { HOME: '.', PEAQOS_OWS_WALLET: 'nobody', OWS_PASSPHRASE: 'any' },
  },
];
