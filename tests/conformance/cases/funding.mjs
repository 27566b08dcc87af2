// The Gas Station: enrolment, codes, funding, refusals and what a rerun does.
// SPDX-License-Identifier: Apache-2.0
import { actor, holding, registered } from '../worlds.mjs';
import { urls } from './common.mjs';

const uri = 'otpauth://totp/peaq:test?secret=JBSWY3DPEHPK3PXP&issuer=peaq';
const refusal = (code, status = 400) => ({ status, body: { status: 'error', code, message: 'no' } });

// A Gas Station for one run. `fund` are its answers to funding requests, in order, the last one for ever: 'paid',
// 'promised' (says paid, and nothing comes), 'enough', or an answer as startService() takes it.
const station =
  ({ setup, confirm, fund = ['paid'] } = {}) =>
  (world) => {
    let asked = 0;
    const pay = (account) => world.rpc('anvil_setBalance', [account, `0x${(10n ** 19n).toString(16)}`]);
    const kinds = {
      paid: async ({ targetWalletAddress }) => {
        await pay(targetWalletAddress);
        return kinds.promised();
      },
      promised: () => ({
        body: { status: 'success', code: 'SUCCESS', data: { txHash: '0xfaucettx', fundedAmount: '10' } },
      }),
      enough: () => ({
        body: { status: 'skipped', code: 'SUFFICIENT_BALANCE', data: { currentBalance: '1', minGasBalance: '1' } },
      }),
      processed: async ({ targetWalletAddress }) => {
        await pay(targetWalletAddress);
        return refusal('REQUEST_ALREADY_PROCESSED', 409);
      },
    };
    const routes = {
      '/2fa/setup': ({ ownerAddress }) =>
        setup ?? {
          body: {
            status: 'success',
            code: 'SUCCESS',
            data: { ownerAddress, otpauthUri: uri, qrImageUrl: 'http://127.0.0.1:9/qr' },
          },
        },
      '/2fa/confirm': () => confirm ?? { body: { status: 'success', code: '2FA_ACTIVATED', data: {} } },
      '/faucet/fund': (body) => {
        const answer = fund[Math.min(asked++, fund.length - 1)];
        return typeof answer === 'string' ? kinds[answer](body) : answer;
      },
    };
    return ({ path, body }) => routes[path]?.(JSON.parse(body)) ?? { status: 404, body: {} };
  };

const enrolled = refusal('2FA_ALREADY_CONFIGURED', 409);
const poor = [registered('operator'), holding('operator', 0n)];
const funding = (name, made = {}, more = {}) => ({
  name: `funding: ${name}`,
  words: ['activate', ...urls],
  start: poor,
  input: '123456\n',
  faults: { gas: station({ setup: enrolled, ...made }) },
  ...more,
});

const codes = [
  'INVALID_2FA',
  '2FA_NOT_CONFIGURED',
  '2FA_LOCKED',
  'RATE_LIMITED',
  'CAP_EXCEEDED_OWNER',
  'TRANSFER_FAILED',
  'NEW_CODE',
];

// What an owner does once, as the devnet's own Gas Station wants it.
async function enrol(world) {
  const ownerAddress = actor(world, 'operator').address;
  const post = (path, body) =>
    fetch(world.urls.gasStation + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ownerAddress, ...body }),
    });
  await post('/2fa/setup', { format: 'svg' });
  await post('/2fa/confirm', { twoFactorCode: world.control.totp(ownerAddress) });
}

const row =
  (status, more = {}) =>
  (world) =>
    `${JSON.stringify({
      step: 'fund',
      status,
      address: actor(world, 'operator').address,
      chain_id: 'agung',
      request_id: '1874424e-0000-4000-8000-000000000001',
      wallet: 'Operator',
      ts: '2025-04-20T12:30:00.000001+00:00',
      ...more,
    })}\n`;
const logged = (status, more) => ({ files: { 'peaqos.log': row(status, more) } });

export const fundings = [
  funding('enrolment', { setup: undefined }),
  funding('enrolment on a terminal', { setup: undefined }, { input: undefined, typed: ['123456'] }),
  funding('enrolled already'),
  funding('-q', {}, { words: ['-q', 'activate', ...urls] }),
  funding('of an unregistered operator', {}, { start: [holding('operator', 0n)] }),
  funding('no code', {}, { input: '' }),
  funding('three wrong codes', { fund: [refusal('INVALID_2FA', 401)] }, { input: '111111\n222222\n333333\n444444\n' }),
  funding('an empty line before the code', {}, { input: '\n123456\n' }),
  funding('interrupted at the code', {}, { input: undefined, typed: ['\x03'] }),
  funding('setup says INVALID_OWNER_ADDRESS', { setup: refusal('INVALID_OWNER_ADDRESS') }),
  funding('setup says QR_GENERATION_FAILED', { setup: refusal('QR_GENERATION_FAILED', 500) }),
  funding('setup answers HTML', { setup: { body: '<html></html>', type: 'text/html' } }),
  funding('setup answers an empty object', { setup: { body: {} } }),
  funding('setup breaks off', { setup: null }),
  funding('confirmation says INVALID_2FA', { setup: undefined, confirm: refusal('INVALID_2FA', 401) }),
  ...codes.map((code) => funding(`refused with ${code}`, { fund: [refusal(code)] })),
  ...['TOTP_EXPIRED', '2FA_EXPIRED'].map((code) =>
    funding(`${code}, then paid`, { fund: [refusal(code), 'paid'] }, { input: '123456\n654321\n' }),
  ),
  funding('expired twice', { fund: [refusal('TOTP_EXPIRED')] }, { input: '123456\n654321\n' }),
  funding('DUPLICATE_REQUEST, then paid', { fund: [refusal('DUPLICATE_REQUEST', 409), 'paid'] }),
  funding('REQUEST_ALREADY_PROCESSED', { fund: ['processed'] }),
  funding(
    'a balance that is enough',
    { fund: ['enough'] },
    { start: [registered('operator'), holding('operator', 4n * 10n ** 17n)] },
  ),
  funding('the answer is HTML', { fund: [{ status: 502, body: '<html></html>', type: 'text/html' }] }),
  funding('the answer lacks members', { fund: [{ body: { status: 'success', code: 'SUCCESS', data: {} } }] }),
  funding('the connection breaks', { fund: [null] }),
  funding('rerun after the connection broke', { fund: [null, 'paid'] }, { earlier: [{}] }),
  funding('rerun after a refusal', { fund: [refusal('RATE_LIMITED'), 'paid'] }, { earlier: [{}] }),
  funding('log with a pending request', {}, logged('pending', { resumed_from: null })),
  funding('log with a failed request', {}, logged('failed', { code: 'RATE_LIMITED' })),
  funding('log with a confirmed request', {}, logged('confirmed', { tx_hash: '0xold' })),
  funding('log with a request of another network', {}, logged('pending', { chain_id: 'peaq' })),
  funding(
    'log with a request of another wallet',
    {},
    logged('pending', { address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' }),
  ),
  {
    name: "funding: the devnet's Gas Station",
    random: true,
    words: ['activate', ...urls],
    start: [...poor, enrol],
    input: (world) => `${world.control.totp(actor(world, 'operator').address)}\n`,
  },
  funding('no Gas Station', {}, { env: { PEAQOS_GAS_STATION_URL: undefined } }),
  funding('--skip-funding', {}, { words: ['activate', ...urls, '--skip-funding'] }),
];
