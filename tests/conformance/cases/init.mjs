// init: the file it writes, from variables and from answers. Only the test network: for the other one the reference
// downloads its addresses.
// SPDX-License-Identifier: Apache-2.0
import { home, phrase as taken, vault } from './vault.mjs';

const key = `0x${'4c'.repeat(32)}`;
const registry = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const variables = { PEAQOS_NETWORK: 'testnet', PEAQOS_PRIVATE_KEY: key };
const all = {
  ...variables,
  PEAQOS_RPC_URL: ({ urls }) => urls.PEAQOS_RPC_URL,
  PEAQOS_MCR_API_URL: 'https://mcr.example',
  PEAQOS_GAS_STATION_URL: 'https://gas.example',
  EVENT_REGISTRY_ADDRESS: registry,
  PEAQOS_ORCHESTRATION_URL: 'https://market.example',
  PEAQOS_ORCH_API_KEY: 'secret-value',
};
const old = '# mine\nPEAQOS_PRIVATE_KEY=0x12\n';

const from = (name, env, more = {}) => ({
  name: `init: ${name}`,
  words: ['init', '--non-interactive'],
  bare: true,
  env,
  stateless: true,
  ...more,
});
const answers = [
  'testnet',
  'paste',
  key,
  'http://127.0.0.1:9',
  'https://mcr.example',
  'https://gas.example',
  registry,
  '',
  '',
];
const typing = (name, typed, more = {}) => from(name, {}, { words: ['init'], typed, ...more });
const passphrase = 'correct horse battery';
const change = (index, ...values) => [...answers.slice(0, index), ...values, ...answers.slice(index + 1)];

export const inits = [
  from('every variable', all),
  from('key and network alone', variables),
  from('network agung', { ...all, PEAQOS_NETWORK: 'agung' }),
  from('unknown network', { ...all, PEAQOS_NETWORK: 'moon' }),
  from('no key', { PEAQOS_NETWORK: 'testnet' }),
  from('bad key', { ...all, PEAQOS_PRIVATE_KEY: '0x12' }),
  from('bad URL', { ...all, PEAQOS_MCR_API_URL: 'x y' }),
  from('bad address', { ...all, EVENT_REGISTRY_ADDRESS: '0x12' }),
  from('all addresses', { ...all, IDENTITY_REGISTRY_ADDRESS: registry, MACHINE_NFT_ADDRESS: registry }),
  from('key with signs to quote', { ...all, PEAQOS_ORCH_API_KEY: 'a #b' }),
  from('file exists', all, { files: { '.env': old }, input: '' }),
  from('--force over a file that others may read', all, {
    words: ['init', '--non-interactive', '--force'],
    files: { '.env': { text: old, mode: 0o644 } },
  }),
  from('.env is a folder', all, { words: ['init', '--non-interactive', '--force'], files: { '.env': null } }),
  typing('typed answers', answers),
  typing('typed market', change(7, 'https://market.example').slice(0, 8).concat('secret-value')),
  typing(
    'a key is made',
    change(1, 'generate').filter((answer) => answer !== key),
    { random: true },
  ),
  typing(
    'a wallet is made',
    {
      reference: ['testnet', 'wallet', 'the robot', passphrase, ...answers.slice(3)],
      ours: ['testnet', 'wallet', 'the robot', ...answers.slice(3)],
    },
    { env: { OWS_PASSPHRASE: passphrase }, vault: 'new' },
  ),
  typing('interrupted at the name of a wallet', ['testnet', 'wallet', '\x03'], { vault: 'new' }),
  typing('interrupted at the passphrase of a wallet', ['testnet', 'wallet', 'robot', '\x03'], { vault: 'new' }),
  typing('the name of the wallet is taken', ['testnet', 'wallet', taken.label, taken.passphrase], {
    env: { ...home },
    files: vault,
  }),
  from(
    'a wallet by its variable',
    { ...all, PEAQOS_PRIVATE_KEY: undefined, PEAQOS_OWS_WALLET: taken.label, ...home },
    {
      files: vault,
    },
  ),
  typing('a wrong network first', ['moon', ...answers]),
  typing('a wrong source first', change(1, 'steal', 'paste')),
  typing('a bad key', change(2, '0x12')),
  typing('interrupted at the key', ['testnet', 'paste', '\x03']),
  typing('the file is kept', { reference: [...answers, 'n'], ours: ['n'] }, { files: { '.env': old } }),
  typing('the file is replaced', { reference: [...answers, 'y'], ours: ['y', ...answers] }, { files: { '.env': old } }),
  from('answers from a pipe', {}, { words: ['init'], input: `${answers.join('\n')}\n` }),
  from('a pipe that ends early', {}, { words: ['init'], input: 'testnet\n' }),
];
