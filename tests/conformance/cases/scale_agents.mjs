// scale agent pair and scale search: an agent may act for a machine, and looks for services.
// SPDX-License-Identifier: Apache-2.0
import { market, of, onboarded, paired, pairingChallenged } from '../market.mjs';
import { at, refusal } from '../services.mjs';
import { address, without } from './common.mjs';
import { atFair, buyer, machineId, pairingId, scale, tokenFile, wordsOf } from './scale.mjs';

const agent = {
  '--machine-id': machineId,
  '--agent-address': address('agent'),
  '--agent-provider': 'teneo',
  '--agent-role': 'machine-market-buyer',
};
const pair = (name, changes = {}, more = {}) =>
  scale(`pair: ${name}`, ['agent', 'pair', ...wordsOf({ ...agent, ...changes })], {
    start: [onboarded(), pairingChallenged('agent')],
    input: of((scene) => `${scene.signature}\ny\n`),
    ...more,
    files: { signature: of((scene) => `${scene.signature}\n`), ...more.files },
  });
const file = { '--agent-signature-file': 'signature', '--yes': true };
const did = 'did:pkh:eip155:1:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const everything = {
  '--description': 'buys prices',
  '--per-tx-limit': '5',
  '--daily-limit': '20.5',
  '--currency': 'USD',
  '--allowed-skills': 'a, b',
  '--denied-skills': 'c',
  '--allowed-service-ids': 'svc_abc',
  '--denied-service-ids': 'svc_xyz',
};

const search = (name, changes = {}, more = {}, make = atFair) =>
  make(
    `search: ${name}`,
    [
      'search',
      ...wordsOf({
        '--machine-id': machineId,
        '--service-type': 'oracle.price-feed',
        '--pairing-token-file': 'agent.token',
        ...changes,
      }),
    ],
    { ...more, files: { ...tokenFile, ...more.files } },
  );
const geodnet = { 'credentials.json': '{"geodnet": {"app_id": "i", "appKey": "secret-canary", "more": 1}}' };
const searched = 'POST /market/search';

export const scaleAgents = [
  pair('a pasted signature'),
  pair('a signature file', file),
  pair('a signature file, --json', { ...file, '--yes': undefined, '--json': true }),
  pair('a signature file, -q', {}, { words: ['-q', 'scale', 'agent', 'pair', ...wordsOf({ ...agent, ...file })] }),
  pair('declined', { '--agent-signature-file': 'signature' }, { input: 'n\n' }),
  pair('nobody answers', { '--agent-signature-file': 'signature' }, { input: '' }),
  pair('nobody signs', {}, { input: '' }),
  pair('every option', { ...file, ...everything }),
  pair(
    'an agent with a DID',
    { ...file, '--agent-did': did },
    {
      start: [onboarded(), pairingChallenged('agent', { agentDid: did })],
    },
  ),
  pair('a negative limit', { ...file, '--daily-limit': '-1' }),
  pair('a limit with an exponent', { ...file, '--daily-limit': '1e3' }),
  pair('empty lists', { ...file, '--allowed-skills': ' , ', '--currency': '' }),
  pair('signed by a stranger', file, { start: [onboarded(), pairingChallenged('stranger')] }),
  pair('a signature that is none', file, { files: { signature: 'none\n' } }),
  pair('an address that is none', { ...file, '--agent-address': '0x12' }),
  pair('an address in small letters', {
    ...file,
    '--agent-address': (world) => address('agent')(world).toLowerCase(),
  }),
  pair('a blank provider', { ...file, '--agent-provider': ' ' }),
  pair('a draft', file, { start: [onboarded({ status: 'draft' })], files: { signature: 'none' } }),
  pair('a machine of nobody', { ...file, '--machine-id': 'mach_nobody' }),
  pair('refused', file, {
    faults: { market: at('POST /machines/:id/agent-pairings', refusal('AGENT_PAIRING_PROOF_EXPIRED')) },
  }),
  pair('without API key', file, { env: { PEAQOS_ORCH_API_KEY: undefined } }),

  search('what there is'),
  search('--json', { '--json': true }),
  search('one service', { '--service-type': 'compute.digest', '--agent-pairing-id': pairingId }),
  search('nothing', { '--service-type': 'moon.dust' }),
  search('every option', {
    '--agent-pairing-id': pairingId,
    '--operation': 'get-latest-price',
    '--capabilities': 'fx, signed',
    '--region': 'eu',
    '--max-results': '3',
    '--budget-amount': '1',
    '--budget-max': '2.5',
    '--budget-currency': 'USD',
    '--native-only': true,
    '--allow-handoff': true,
  }),
  search('with handoff', { '--allow-handoff': true }),
  search('with handoff, --json', { '--allow-handoff': true, '--json': true }),
  search(
    'credentials',
    { '--service-type': 'positioning.rtk', '--provider-credentials': 'credentials.json' },
    {
      files: geodnet,
    },
  ),
  search(
    'credentials of a provider that is no object',
    { '--provider-credentials': 'credentials.json' },
    {
      files: { 'credentials.json': '{"geodnet": "x", "nobody": {"a": 1}}' },
    },
  ),
  search(
    'a token file that others may read',
    {},
    {
      files: { 'agent.token': (world) => ({ text: world.scene.pairing.token, mode: 0o644 }) },
    },
  ),
  search('--max-results zero', { '--max-results': '0' }),
  search('for another machine', { '--machine-id': of(({ busy }) => busy.id) }),
  search('a token that is none', {}, { files: { 'agent.token': 'none\n' } }),
  search('a token that ended', {}, { start: [...buyer(), market((api) => api.advance(3601))] }, scale),
  search(
    'a pairing that is paused',
    {},
    {
      start: [...buyer(), market((api, { pairing }) => api.setPairing(pairing.id, 'paused'))],
    },
    scale,
  ),
  search(
    'services that the policy denies',
    {},
    {
      start: [onboarded(), paired({ policy: { deniedServiceIds: ['svc_price_open'] } })],
    },
    scale,
  ),
  search(
    'credentials are refused',
    { '--provider-credentials': 'credentials.json' },
    {
      files: geodnet,
      faults: {
        market: at(
          searched,
          refusal('VALIDATION_ERROR', 'bad credentials', { details: { geodnet: { app_key: 'secret-canary' } } }),
        ),
      },
    },
  ),
  search('its answer names no score', { '--json': true }, { faults: { market: () => changing(withoutScore) } }),
  search('its answer has more in it', { '--json': true }, { faults: { market: () => changing(more) } }),
];

// Every answer, changed.
function changing(change) {
  return async (asked) => {
    const { status, body } = await asked.forward();
    return { status, body: change(JSON.parse(body)) };
  };
}

function withoutScore({ item }) {
  return { item: { ...item, quotes: item.quotes.map((quote) => without(quote, 'score')) } };
}

function more({ item }) {
  return { item: { ...item, extraMember: { some_key: 1, someKey: 2 } } };
}
