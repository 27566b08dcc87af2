// Command lines of scale that nothing can be done with, its help, and its settings.
// SPDX-License-Identifier: Apache-2.0
import { atFair, machineId, offline, tokenFile, wordsOf } from './scale.mjs';
import { nowhere } from './common.mjs';

const pair = (changes) => [
  'agent',
  'pair',
  ...wordsOf({
    '--machine-id': 'mach_1',
    '--agent-address': '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '--agent-provider': 'teneo',
    '--agent-role': 'buyer',
    ...changes,
  }),
];
const search = (changes) => [
  'search',
  ...wordsOf({
    '--machine-id': 'mach_1',
    '--service-type': 'oracle.price-feed',
    '--pairing-token-file': 'token',
    ...changes,
  }),
];
const order = (changes, ...more) => [
  'order',
  'svc_1',
  ...wordsOf({
    '--machine-id': 'mach_1',
    '--agent-pairing-id': 'pair_1',
    '--pairing-token-file': 'token',
    '--yes': true,
    ...changes,
  }),
  ...more,
];
const hash = `0x${'ab'.repeat(32)}`;
const dispute = (changes) => [
  'order',
  'dispute',
  'ord_1',
  ...wordsOf({ '--reason': 'late', '--pairing-token-file': 'token', '--yes': true, ...changes }),
];

const table = [
  ['unknown command', ['mashine']],
  ['a root option after it', ['machine', 'list', '--orch-api-key', 'x']],
  ['machine list: --limit', ['machine', 'list', '--limit', '1']],
  ['machine status: no ID', ['machine', 'status']],
  ['pair: no --machine-id', pair({ '--machine-id': undefined })],
  ['pair: no --agent-address', pair({ '--agent-address': undefined })],
  ['pair: a limit that is no number', pair({ '--per-tx-limit': 'five' })],
  ['pair: --json without a signature file', pair({ '--json': true })],
  ['search: no --machine-id', search({ '--machine-id': undefined })],
  ['search: no --service-type', search({ '--service-type': undefined })],
  ['search: no --pairing-token-file', search({ '--pairing-token-file': undefined })],
  ['search: --max-results is no number', search({ '--max-results': '1.5' })],
  ['search: a budget that is no number', search({ '--budget-max': 'much' })],
  ['search: a token file that is not there', search({ '--pairing-token-file': 'absent' })],
  ['search: a token file of two lines', search({ '--pairing-token-file': 'two' })],
  ['search: credentials that are no JSON', search({ '--provider-credentials': 'token' })],
  ['order: an option first', ['order', '--machine-id', 'mach_1']],
  ['order: empty service', ['order', '']],
  ['order: a misspelt subcommand', ['order', 'lst']],
  ['order: no --machine-id', order({ '--machine-id': undefined })],
  ['order: no --agent-pairing-id', order({ '--agent-pairing-id': undefined })],
  ['order: no --pairing-token-file', order({ '--pairing-token-file': undefined })],
  ['order: input that is no JSON', order({ '--input': 'token' })],
  ['order: input that is a list', order({ '--input': 'list.json' })],
  ['order: input with a byte order mark', order({ '--input': 'bom.json' })],
  ['order: --payment-chain alone', order({ '--payment-chain': 'base' })],
  ['order: --payment-token alone', order({ '--payment-token': 'USDC' })],
  ['order: --payment-tx-hash without a chain', order({ '--payment-tx-hash': hash, '--payment-token': 'USDC' })],
  ['order: --payment-tx-hash without a token', order({ '--payment-tx-hash': hash, '--payment-chain': 'base' })],
  [
    'order: a blank --payment-tx-hash',
    order({ '--payment-tx-hash': ' ', '--payment-chain': 'base', '--payment-token': 'USDC' }),
  ],
  ['order: --skip-payment without a hash', order({ '--skip-payment': true })],
  ['order: surplus word', order({}, 'more')],
  ['order status: no ID', ['order', 'status']],
  ['order list: no --machine-id', ['order', 'list']],
  ['order list: --limit zero', ['order', 'list', '--machine-id', 'mach_1', '--limit', '0']],
  ['order list: --limit 501', ['order', 'list', '--machine-id', 'mach_1', '--limit', '501']],
  ['order list: --limit is no number', ['order', 'list', '--machine-id', 'mach_1', '--limit', 'x']],
  ['order received: no ID', ['order', 'received', '--pairing-token-file', 'token']],
  ['order dispute: no ID', ['order', 'dispute', '--reason', 'late', '--pairing-token-file', 'token']],
  ['order dispute: no reason', dispute({ '--reason': undefined })],
  ['order dispute: blank reason', dispute({ '--reason': ' ' })],
  ['order dispute: evidence that is a number', dispute({ '--evidence': 'number.json' })],
];

// What the reference finds out by asking, or by failing.
const unlike = [
  ['machine status: blank ID', ['machine', 'status', ' ']],
  ['machine status: an ID that is a path', ['machine', 'status', '..']],
  ['pair: blank --machine-id', pair({ '--machine-id': ' ' })],
  ['pair: a limit that is NaN', pair({ '--per-tx-limit': 'nan' })],
  ['search: a budget without end', search({ '--budget-max': 'inf' })],
  ['search: a token file that is not UTF-8', search({ '--pairing-token-file': 'latin1' })],
  ['order: a budget that is NaN', order({ '--budget-amount': 'nan' })],
  ['order: input with NaN', order({ '--input': 'nan.json' })],
];

const helps = ['', 'machine onboard', 'agent pair', 'search', 'order', 'order list', 'order dispute'];

const files = {
  token: 'secret-canary',
  empty: ' \n\n',
  two: 'one\ntwo\n',
  folder: null,
  latin1: Buffer.from([0xe9, 0x0a]),
  'list.json': '[1]',
  'number.json': '1',
  'bom.json': '\ufeff{}',
  'nan.json': '{"a": NaN}',
};

const list = ['machine', 'list'];
const setting = (name, env, more = {}) => atFair(`settings: ${name}`, list, { env, ...more });
const rooted = (...words) => ({ words: [...words, 'scale', ...list] });
const url = ({ urls }) => urls.PEAQOS_ORCHESTRATION_URL;
const unset = (...names) => Object.fromEntries(names.map((name) => [name, undefined]));

export const scaleUsage = [
  ...table.map(([name, words]) => offline(`usage: ${name}`, words, { files })),
  ...unlike.map(([name, words]) => offline(`values: ${name}`, words, { files })),
  ...helps.map((path) =>
    offline(`help: ${path || 'scale'}`, [...path.split(' ').filter(Boolean), '--help'], { help: true }),
  ),
  ...['', 'order'].map((group) => offline(`group: ${group || 'scale'}`, group ? [group] : [], { help: true })),

  setting('no URL', unset('PEAQOS_ORCHESTRATION_URL')),
  setting('a URL of another scheme', { PEAQOS_ORCHESTRATION_URL: 'ftp://market.example' }),
  setting('a URL with a query', { PEAQOS_ORCHESTRATION_URL: (all) => `${url(all)}/?a=b` }),
  setting('a URL with a slash', { PEAQOS_ORCHESTRATION_URL: (all) => `${url(all)}/` }),
  setting('a URL with slashes at its end', { PEAQOS_ORCHESTRATION_URL: (all) => `${url(all)}/pre//` }),
  setting('a URL of nobody', { PEAQOS_ORCHESTRATION_URL: nowhere }),
  setting('a URL with a path', { PEAQOS_ORCHESTRATION_URL: (all) => `${url(all)}/pre` }),
  setting(
    '--orchestration-url',
    { PEAQOS_ORCHESTRATION_URL: nowhere },
    rooted('--orchestration-url', (world) => world.urls.orchestration),
  ),
  setting('no API key', unset('PEAQOS_ORCH_API_KEY')),
  setting('a wrong API key', { PEAQOS_ORCH_API_KEY: 'wrong' }),
  setting('--orch-api-key', { PEAQOS_ORCH_API_KEY: 'wrong' }, rooted('--orch-api-key', 'peaqos-devnet-api-key')),
  setting('--orch-api-key that is wrong', {}, rooted('--orch-api-key', 'wrong')),
  setting('no private key', unset('PEAQOS_PRIVATE_KEY')),
  setting('a bad private key', { PEAQOS_PRIVATE_KEY: '0x12' }),
  setting('no RPC URL', unset('PEAQOS_RPC_URL')),
  setting('no contract', unset('IDENTITY_REGISTRY_ADDRESS', 'EVENT_REGISTRY_ADDRESS')),
  setting('a wallet without passphrase', { PEAQOS_OWS_WALLET: 'w1' }),
  atFair('settings: an order without URL', ['order', 'status', 'ord_1'], { env: unset('PEAQOS_ORCHESTRATION_URL') }),
  atFair('settings: a search without URL', ['search', ...wordsOf(searching())], {
    env: unset('PEAQOS_ORCHESTRATION_URL'),
    files: tokenFile,
  }),
  atFair('settings: a search without API key', ['search', ...wordsOf(searching())], {
    env: unset('PEAQOS_ORCH_API_KEY'),
    files: tokenFile,
  }),
];

function searching() {
  return { '--machine-id': machineId, '--service-type': 'weather.site', '--pairing-token-file': 'agent.token' };
}
