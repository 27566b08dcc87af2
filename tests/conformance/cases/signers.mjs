// A wallet of the vault that signs, and the wallet that init makes.
// SPDX-License-Identifier: Apache-2.0
import { registered } from '../worlds.mjs';
import { address, event, keyFile, urls } from './common.mjs';
import { home, key, phrase, vault } from './vault.mjs';

const signs = (name, words, { env, files, ...more } = {}) => ({
  name: `signer: ${name}`,
  words,
  ...more,
  env: {
    ...home,
    PEAQOS_OWS_WALLET: phrase.label,
    OWS_PASSPHRASE: phrase.passphrase,
    PEAQOS_PRIVATE_KEY: undefined,
    ...env,
  },
  files: { ...vault, ...files },
});
const whoami = (name, env = {}) => signs(`whoami, ${name}`, ['whoami'], { stateless: true, env });
const bonded = { start: [registered('operator')] };
const silent = { OWS_PASSPHRASE: undefined };

export const signers = [
  whoami('phrase'),
  whoami('key', { PEAQOS_OWS_WALLET: key.label }),
  whoami('by id', { PEAQOS_OWS_WALLET: phrase.id }),
  whoami('no passphrase', silent),
  whoami('wrong passphrase', { OWS_PASSPHRASE: 'wrong' }),
  whoami('the wallet wins over a key', { PEAQOS_PRIVATE_KEY: `0x${'4c'.repeat(32)}` }),
  whoami('the wallet wins over a bad key', { PEAQOS_PRIVATE_KEY: '0x12' }),
  whoami('no such wallet', { PEAQOS_OWS_WALLET: 'nobody' }),
  whoami('an empty name is none', { PEAQOS_OWS_WALLET: '' }),
  whoami('a malformed address beside the wallet', { MACHINE_NFT_ADDRESS: '0x12' }),
  signs('whoami, from .env', ['whoami'], {
    stateless: true,
    env: { PEAQOS_OWS_WALLET: undefined },
    files: { '.env': `PEAQOS_OWS_WALLET=${key.label}\n` },
  }),
  signs('event', event(), bonded),
  signs('event by a key', event(), {
    ...bonded,
    env: { PEAQOS_OWS_WALLET: key.label, OWS_PASSPHRASE: key.passphrase },
  }),
  signs('event, wrong passphrase', event(), { ...bonded, env: { OWS_PASSPHRASE: 'wrong' } }),
  signs('event, no passphrase', event(), { ...bonded, env: silent }),
  signs('event, passphrase from a pipe', event(), { ...bonded, env: silent, input: `${phrase.passphrase}\n` }),
  signs('event, passphrase typed', event(), { ...bonded, env: silent, typed: [phrase.passphrase] }),
  signs('event, no such wallet', event(), { env: { PEAQOS_OWS_WALLET: 'nobody' } }),
  signs('activate', ['activate', ...urls]),
  signs('activate, wrong passphrase', ['activate', ...urls], { env: { OWS_PASSPHRASE: 'wrong' } }),
  signs('activate a machine', ['activate', '--for', address('machine'), '--machine-key', 'machine.key', ...urls], {
    ...bonded,
    files: { 'machine.key': keyFile('machine') },
  }),
];
