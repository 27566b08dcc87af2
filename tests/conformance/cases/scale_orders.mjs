// scale order SERVICE: free services, handoffs, payments by wallet and escrow, and what goes wrong on the way.
// SPDX-License-Identifier: Apache-2.0
import { market, of, searched, seller, transferredTo } from '../market.mjs';
import { at, refusal } from '../services.mjs';
import { buyer, machineId, pairingId, scale, tokenFile, wordsOf } from './scale.mjs';

const base = {
  '--machine-id': machineId,
  '--agent-pairing-id': pairingId,
  '--pairing-token-file': 'agent.token',
  '--yes': true,
};
const order = (name, service, changes = {}, more = {}) =>
  scale(`order: ${name}`, ['order', service, ...wordsOf({ ...base, ...changes })], {
    start: buyer(),
    ...more,
    files: { ...tokenFile, ...more.files },
  });
const free = 'svc_price_open';
const asked = { '--yes': undefined };

const input =
  '{"symbol": "EUR/USD", "snake_key": 1.00, "big": 12345678901234567890123, "nul": null, "emp": {}, "arr": [{"x_y": null}]}';
const withInput = { '--input': 'input.json' };

// Paid by hand, before the order: the hash is pasted or given.
const paying = (recipient, dollars) => [...buyer({ dollars: '10' }), transferredTo(recipient, dollars)];
const paid = paying(seller, '1.5');
const escrowed = paying((world) => world.addresses.Escrow, '2');
const wallet = 'svc_price_signed';
const escrow = 'svc_price_escrow';
const given = (changes) => ({
  '--payment-tx-hash': of(({ hash }) => hash),
  '--payment-chain': 'eip155:9990',
  '--payment-token': 'USDC',
  ...changes,
});
const pasted = of(({ hash }) => `y\n${hash}\n`);
const unknownHash = `0x${'ab'.repeat(32)}`;
const faulty = (endpoint, answer, options) => ({ market: at(endpoint, answer, options) });
const proof = 'POST /market/orders/:id/payment-proof';
const execute = 'POST /market/orders/:id/execute';
const create = 'POST /market/orders';
const lookUp = 'GET /market/orders/:id/payment';
const intent = 'POST /market/orders/:id/payment-intent';

// A wallet service that is paid on another chain, where the API believes what it is told.
const elsewhere = (rail, metadata) => [
  ...buyer(),
  market((api) => {
    api.set({ otherChains: 'recorded' });
    api.addService({ ...api.service(wallet), id: 'svc_far', payment: { rail, ...metadata } });
  }),
];

export const scaleOrders = [
  order('free', free),
  order('free, --json', free, { '--json': true }),
  order('free, -q', free, {}, { words: ['-q', 'scale', 'order', free, ...wordsOf(base)] }),
  order('free, accepted', free, asked, { input: 'y\n' }),
  order('free, declined', free, asked, { input: 'n\n' }),
  order('free, nobody answers', free, asked, { input: '' }),
  order('free, accepted after a wrong answer', free, asked, { input: 'maybe\ny\n' }),
  order('free, typed', free, asked, { typed: ['y'] }),
  order('free, interrupted', free, asked, { typed: ['\x03'] }),
  order('after --', free, {}, { words: ['scale', 'order', '--', free, ...wordsOf(base)] }),
  order('options before the service', free, {}, { words: ['scale', 'order', ...wordsOf(base), free] }),
  order('input', free, withInput, { files: { 'input.json': input } }),
  order('input, --json', free, { ...withInput, '--json': true }, { files: { 'input.json': input } }),
  order('empty input', free, withInput, { files: { 'input.json': '{}' } }),
  order(
    'a search and its quote',
    free,
    {
      '--search-id': of(({ search }) => search.id),
      '--quote-id': of(({ search }) => search.quotes[0].id),
      '--operation': 'get-latest-price',
      '--budget-amount': '1',
      '--budget-currency': 'USD',
    },
    { start: [...buyer(), searched('oracle.price-feed')] },
  ),
  order(
    'a quote that ended',
    free,
    { '--quote-id': of(({ search }) => search.quotes[0].id) },
    {
      start: [...buyer(), searched('oracle.price-feed'), market((api) => api.advance(601))],
    },
  ),
  order('an unknown operation', free, { '--operation': 'fly' }),
  order('an unknown service', 'svc_nobody'),
  order('a service that is called place', 'place'),
  order('a pairing of nobody', free, { '--agent-pairing-id': 'pair_nobody' }),
  order('a token that is none', free, {}, { files: { 'agent.token': 'none' } }),
  order(
    'a token that others may read',
    free,
    {},
    {
      files: { 'agent.token': (world) => ({ text: world.scene.pairing.token, mode: 0o644 }) },
    },
  ),
  order('a handoff', 'svc_price_desk'),
  order('a handoff, --json', 'svc_price_desk', { '--json': true }),
  order('the service fails', free, withInput, { files: { 'input.json': '{"symbol": "NO/SUCH"}' } }),
  order(
    'the service fails, --json',
    free,
    { ...withInput, '--json': true },
    {
      files: { 'input.json': '{"symbol": "NO/SUCH"}' },
    },
  ),
  order('nothing can be executed', 'svc_weather'),
  order(
    'credentials',
    'svc_rtk',
    { '--provider-credentials': 'credentials.json' },
    {
      files: { 'credentials.json': '{"geodnet": {"appId": "i", "app_key": "secret-canary"}, "nobody": {"a": 1}}' },
    },
  ),
  order('no credentials', 'svc_rtk'),
  order(
    'credentials are refused',
    free,
    { '--provider-credentials': 'credentials.json' },
    {
      files: { 'credentials.json': '{"geodnet": {"appKey": "secret-canary"}}' },
      faults: faulty(create, refusal('VALIDATION_ERROR', 'bad', { details: { appKey: 'secret-canary' } })),
    },
  ),
  order('the policy denies it', free, {}, { start: buyer({ policy: { deniedServiceIds: [free] } }) }),
  order('above the limit', wallet, {}, { start: buyer({ policy: { perTransactionLimit: 1 } }) }),
  order('above the daily limit', wallet, {}, { start: buyer({ policy: { dailySpendLimit: 1 } }) }),
  order('above its budget', wallet, { '--budget-amount': '1', '--budget-currency': 'USD' }),
  order(
    'a pairing that was revoked',
    free,
    {},
    {
      start: [...buyer(), market((api, { pairing }) => api.setPairing(pairing.id, 'revoked'))],
    },
  ),
  order('again after it was declined', free, asked, {
    input: 'y\n',
    earlier: [{ input: 'n\n' }],
  }),
  order('again after it was done', free, {}, { earlier: [{}] }),
  order('its execution is refused', free, {}, { faults: faulty(execute, refusal('EXECUTION_UNSUPPORTED', 'no')) }),
  order('its execution breaks off', free, {}, { faults: faulty(execute, null) }),
  order(
    'its execution has an unknown form',
    free,
    {},
    {
      faults: faulty(execute, async (request) => {
        const { order: made } = JSON.parse((await request.forward()).body);
        return { body: { order: made, execution: { statusCode: 418 } } };
      }),
    },
  ),
  order('its creation breaks off', free, {}, { faults: faulty(create, null) }),

  order('by wallet, a pasted hash', wallet, asked, { start: paid, input: pasted }),
  order('by wallet, declined', wallet, asked, { start: paid, input: 'n\n' }),
  order('by wallet, no hash', wallet, asked, { start: paid, input: 'y\n' }),
  order('by wallet, a hash that pays nothing', wallet, asked, {
    start: paying(seller, '1'),
    input: pasted,
  }),
  order('by wallet, interrupted at the hash', wallet, asked, { start: paid, typed: ['y', '\x03'] }),
  order('by wallet, nobody can be asked', wallet),
  order('by wallet, nobody can be asked, --json', wallet, { '--json': true }),
  order('by wallet, a given hash', wallet, given(), { start: paid }),
  order('by wallet, a given hash, --json', wallet, given({ '--json': true }), { start: paid }),
  order('by wallet, a given hash, asked', wallet, { ...asked, ...given() }, { start: paid, input: 'y\n' }),
  order('by wallet, the chain by its name', wallet, given({ '--payment-chain': ' AGUNG ' }), { start: paid }),
  order('by wallet, another chain', wallet, given({ '--payment-chain': 'eip155:1' }), { start: paid }),
  order('by wallet, an unknown chain', wallet, given({ '--payment-chain': 'moon' }), { start: paid }),
  order('by wallet, an unknown hash', wallet, given({ '--payment-tx-hash': unknownHash }), { start: paid }),
  order('by wallet, a hash that is none', wallet, given({ '--payment-tx-hash': '0xab' }), { start: paid }),
  order('by wallet, a hash of another order', wallet, given(), { start: paid, earlier: [{}] }),
  order('by wallet, --skip-payment without record', wallet, given({ '--skip-payment': true }), { start: paid }),
  order('by wallet, without a node', wallet, given(), { start: paid, env: { PEAQOS_RPC_URL: undefined } }),
  ...['PAYMENT_RPC_REQUIRED', 'PAYMENT_RPC_ERROR', 'PAYMENT_TX_FAILED', 'ORDER_CLOSED'].map((code) =>
    order(`by wallet, its proof is refused with ${code}`, wallet, given(), {
      start: paid,
      faults: faulty(proof, refusal(code)),
    }),
  ),
  order('by wallet, its proof breaks off', wallet, given(), { start: paid, faults: faulty(proof, null) }),
  order('by wallet, again after its proof broke off', wallet, given(), {
    start: paid,
    faults: faulty(proof, null, { times: 1 }),
    earlier: [{}],
  }),
  order('by wallet, its intent is refused', wallet, given(), {
    start: paid,
    faults: faulty(intent, refusal('QUOTE_EXPIRED')),
  }),
  order('by wallet, its payment cannot be looked up', wallet, given(), {
    start: paid,
    faults: faulty(lookUp, refusal('INTERNAL', 'broken', { status: 500 })),
  }),
  order('by wallet, its execution is refused', wallet, given(), {
    start: paid,
    faults: faulty(execute, refusal('PAYMENT_REQUIRED', 'pay first')),
  }),
  order('by wallet, on Solana', 'svc_far', given({ '--payment-tx-hash': '5Sig', '--payment-chain': 'solana' }), {
    start: elsewhere({ chain: 'solana:mainnet', tokenAddress: undefined, tokenMint: 'EPjF' }),
  }),
  order('by wallet, on Solana, pasted', 'svc_far', asked, {
    start: elsewhere({ chain: 'solana:mainnet', tokenAddress: undefined, tokenMint: 'EPjF' }),
    input: 'y\n5Sig\n',
  }),
  order('by wallet, on Base', 'svc_far', given({ '--payment-tx-hash': unknownHash, '--payment-chain': 'base' }), {
    start: elsewhere({ chain: 'eip155:8453' }),
  }),

  order('in escrow, a given hash', escrow, given(), { start: escrowed }),
  order('in escrow, a given hash, --json', escrow, given({ '--json': true }), { start: escrowed }),
  order('in escrow, a pasted hash', escrow, asked, { start: escrowed, input: pasted }),
  order('in escrow, paid to the seller', escrow, given(), { start: paying(seller, '2') }),
  order('in escrow, its lock is refused', escrow, given(), {
    start: escrowed,
    faults: faulty('POST /market/orders/:id/payment/escrow-lock', refusal('PAYMENT_NOT_MINED')),
  }),
];
