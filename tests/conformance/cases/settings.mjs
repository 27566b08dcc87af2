// Variables that are missing, wrong or unusual, and what whoami says of them.
// SPDX-License-Identifier: Apache-2.0
import { event, nowhere, urls } from './common.mjs';

const who = (name, more = {}) => ({ name: `whoami: ${name}`, words: ['whoami'], stateless: true, ...more });
const set = (name, env, more = {}) => who(name, { env, ...more });
const key = (text) => ({ PEAQOS_PRIVATE_KEY: text });
const someKey = `0x${'4c'.repeat(32)}`;

const addresses = ['IDENTITY_REGISTRY_ADDRESS', 'EVENT_REGISTRY_ADDRESS', 'BATCH_PRECOMPILE_ADDRESS'];

export const settings = [
  who('as set'),
  who('-v', { words: ['-v', 'whoami'] }),
  who('-q', { words: ['-q', 'whoami'] }),
  who('no setting at all', { bare: true }),
  set('no key', key(undefined)),
  set('blank key', key(' ')),
  set('key without 0x', key(someKey.slice(2))),
  set('key in capitals', key(`0x${'4C'.repeat(32)}`)),
  set('short key', key(someKey.slice(0, -1))),
  set('key zero', key(`0x${'0'.repeat(64)}`)),
  set('no RPC URL', { PEAQOS_RPC_URL: undefined }),
  set('empty RPC URL', { PEAQOS_RPC_URL: '' }),
  set('RPC URL without scheme', { PEAQOS_RPC_URL: '127.0.0.1:8545' }),
  set('RPC URL of nobody', { PEAQOS_RPC_URL: nowhere }),
  set('no network', { PEAQOS_NETWORK: undefined }),
  set('network agung', { PEAQOS_NETWORK: 'agung' }),
  set('network in capitals', { PEAQOS_NETWORK: 'TESTNET' }),
  set('unknown network', { PEAQOS_NETWORK: 'krest' }),
  set('empty MCR URL', { PEAQOS_MCR_API_URL: '' }),
  set('MCR URL with slashes', { PEAQOS_MCR_API_URL: ({ urls }) => `${urls.PEAQOS_MCR_API_URL}//` }),
  set('orchestration URL', { PEAQOS_ORCHESTRATION_URL: 'https://market.example' }),
  set('malformed orchestration URL', { PEAQOS_ORCHESTRATION_URL: 'market' }),
  who('--orchestration-url', { words: ['--orchestration-url', 'https://market.example', 'whoami'] }),
  who('--orch-api-key', { words: ['--orch-api-key', 'secret-value', 'whoami'] }),
  ...addresses.map((name) => set(`no ${name}`, { [name]: undefined })),
  set('address in capitals', { EVENT_REGISTRY_ADDRESS: `0x${'AB'.repeat(20)}` }),
  set('address with a wrong checksum', { EVENT_REGISTRY_ADDRESS: '0x70997970c51812dc3A010C7d01b50e0d17dc79C8' }),
  set('short address', { EVENT_REGISTRY_ADDRESS: '0x12' }),
  set('precompile of no digits', { DID_REGISTRY_ADDRESS: '0x' }),
  { name: 'settings: event without key', words: event(), env: key(undefined), stateless: true },
  { name: 'settings: event with a bad key', words: event(), env: key('0x12'), stateless: true },
  { name: 'settings: event without RPC URL', words: event(), env: { PEAQOS_RPC_URL: undefined }, stateless: true },
  {
    name: 'settings: a bad flag is said before a missing key',
    words: event({ '--value': '-1' }),
    env: key(undefined),
    stateless: true,
  },
  { name: 'settings: activate without key', words: ['activate', ...urls], env: key(undefined), stateless: true },
  {
    name: 'settings: activate without RPC URL',
    words: ['activate', ...urls],
    env: { PEAQOS_RPC_URL: undefined },
    stateless: true,
  },
  {
    name: 'settings: activate with a short address',
    words: ['activate', ...urls],
    env: { MACHINE_NFT_ADDRESS: '0x12' },
    stateless: true,
  },
];
