// wallet create and import: each program fills a vault of its own, and what it wrote there is compared.
// SPDX-License-Identifier: Apache-2.0
import { keyFile } from './common.mjs';
import { key, phrase as taken, wallet } from './vault.mjs';

const passphrase = 'correct horse battery';
const phrase = 'test test test test test test test test test test test junk';
const abandon = (times, last) => `${'abandon '.repeat(times)}${last}`;

const files = {
  'op.key': keyFile('operator'),
  'bad.key': 'no key\n',
  'zero.key': `0x${'0'.repeat(64)}\n`,
  folder: null,
};
const making = (name, words, more = {}) => ({
  name: `wallet: ${name}`,
  words: ['wallet', ...words],
  bare: true,
  stateless: true,
  env: { OWS_PASSPHRASE: passphrase },
  files,
  vault: 'phrase',
  ...more,
});

const created = { vault: 'new' };
const silent = { env: {} };
const twice = (answer) => ({ reference: [answer], ours: [answer, answer] });

const creating = [
  making('create', ['create', 'w1'], created),
  making('create --words 24', ['create', 'w1', '--words', '24'], created),
  making('create --json', ['create', 'w1', '--json'], created),
  making('-q create', [], { ...created, words: ['-q', 'wallet', 'create', 'w1'] }),
  making('create with a name to quote', ['create', "the robot's"], created),
  making('create with an empty name', ['create', ''], created),
  wallet('create, name taken', ['create', taken.label]),
  making('create, passphrase typed', ['create', 'w1'], { ...created, ...silent, typed: twice(passphrase) }),
  making('create, passphrase from a pipe', ['create', 'w1'], {
    ...created,
    ...silent,
    input: `${passphrase}\n`.repeat(2),
  }),
  making('create, interrupted at the passphrase', ['create', 'w1'], { ...silent, typed: ['\x03'] }),
  making('create, no passphrase', ['create', 'w1'], { ...silent, input: '' }),
  making('create, no folder for the vault', ['create', 'w1'], {
    env: { OWS_PASSPHRASE: passphrase, HOME: '/dev/null' },
  }),
];

const phrases = (name, words, input, more = {}) =>
  making(`import, ${name}`, ['import', 'w1', '--mnemonic', ...words], { input, ...more });
const keys = (name, file, more = {}) =>
  making(`import, ${name}`, ['import', 'w1', '--private-key-file', file], { vault: 'key', ...more });

const importing = [
  phrases('phrase', [], `${phrase}\n`),
  phrases('phrase, --json', ['--json'], `${phrase}\n`),
  phrases('phrase of 15 words', [], `${abandon(14, 'address')}\n`),
  phrases('phrase of 24 words', [], `${abandon(23, 'art')}\n`),
  phrases('phrase without newline', [], phrase),
  phrases('phrase with blanks around', [], `  ${phrase.replaceAll(' ', '  ')} \n`),
  phrases('phrase in capitals', [], `${phrase.toUpperCase()}\n`),
  phrases('phrase and --index', ['--index', '3'], `${phrase}\n`),
  phrases('phrase typed', [], undefined, { typed: [phrase] }),
  phrases('phrase and passphrase typed', [], undefined, {
    ...silent,
    typed: { reference: [passphrase, phrase], ours: [passphrase, passphrase, phrase] },
  }),
  phrases('phrase of a wrong checksum', [], `${phrase.replace('junk', 'test')}\n`),
  phrases('phrase with a strange word', [], `${phrase.replace('junk', 'junc')}\n`),
  phrases('phrase of two words', [], 'test junk\n'),
  phrases('no phrase', [], ''),
  phrases('empty phrase', [], '\n'),
  phrases('interrupted at the phrase', [], undefined, { typed: ['\x03'] }),
  phrases('negative --index', ['--index', '-1'], `${phrase}\n`),
  phrases('--index beyond 31 bits', ['--index', '2147483648'], `${phrase}\n`),
  keys('key', 'op.key'),
  making('import, key, --json', ['import', 'w1', '--private-key-file', 'op.key', '--json'], { vault: 'key' }),
  making('import, key and --index', ['import', 'w1', '--private-key-file', 'op.key', '--index', '3'], { vault: 'key' }),
  keys('key that is none', 'bad.key'),
  keys('key of zero', 'zero.key'),
  keys('key file absent', 'absent.key'),
  keys('key file is a folder', 'folder'),
  wallet('import, name taken', ['import', key.label, '--private-key-file', 'key'], {
    files: { key: `0x${'46'.repeat(32)}\n` },
  }),
];

export const walletMaking = [...creating, ...importing];
