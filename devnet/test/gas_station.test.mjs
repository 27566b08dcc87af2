// The Gas Station: 2FA, transfers that really happen, each once, and every refusal.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { parseEther } from 'viem';
import { startDevnet } from '../src/devnet.mjs';
import { clientOf, newAddress, steadyCodes, wrongCode } from './gas_station_client.mjs';

let world, control, post, setUp, confirm, fund, enrolled;
before(async () => {
  world = await startDevnet();
  ({ control } = world);
  ({ post, setUp, confirm, fund, enrolled } = clientOf(world));
});
after(() => world.stop());
afterEach(() => control.setGasStation());

const balanceOf = async (address) => BigInt(await world.rpc('eth_getBalance', [address, 'latest']));
const setBalance = (address, wei) => world.rpc('anvil_setBalance', [address, `0x${wei.toString(16)}`]);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const refused = (answer, http, code) => {
  assert.deepEqual([answer.http, answer.status, answer.code, typeof answer.message], [http, 'error', code, 'string']);
};
const codeAt = (owner, offsetSeconds) => control.totp(owner, { offsetSeconds });

test('an owner sets 2FA up, anew until it is confirmed', async () => {
  const owner = newAddress();
  const first = await setUp(owner);
  const old = control.totp(owner);
  const second = await setUp(owner.toLowerCase(), 'png');
  for (const { http, status, data } of [first, second]) {
    assert.deepEqual([http, status, data.ownerAddress], [200, 'success', owner]);
    assert.match(data.otpauthUri, /^otpauth:\/\/totp\/peaqOS%20devnet:0x\w{40}\?secret=[A-Z2-7]{32}&issuer=/);
  }
  assert.notEqual(first.data.otpauthUri, second.data.otpauthUri);
  refused(await confirm(owner, old), 401, 'INVALID_2FA');
  assert.deepEqual(await confirm(owner), {
    http: 200,
    status: 'success',
    code: '2FA_ACTIVATED',
    data: { ownerAddress: owner },
  });
  refused(await setUp(owner), 409, '2FA_ALREADY_CONFIGURED');
  // Its answer may have been lost.
  assert.equal((await confirm(owner)).code, '2FA_ACTIVATED');
});

test('the image of the URI answers until 2FA is confirmed', async () => {
  const owner = newAddress();
  const { otpauthUri, qrImageUrl } = (await setUp(owner)).data;
  const image = await fetch(qrImageUrl);
  assert.deepEqual([image.status, image.headers.get('content-type')], [200, 'image/svg+xml']);
  assert.ok((await image.text()).includes(otpauthUri.replaceAll('&', '&amp;')));
  await confirm(owner);
  assert.equal((await fetch(qrImageUrl)).status, 404);
  control.setGasStation({ qrFails: true });
  refused(await setUp(newAddress()), 500, 'QR_GENERATION_FAILED');
});

test('a wallet is really funded', async () => {
  const owner = await enrolled();
  for (const [chainId, amount] of [['devnet'], ['peaq'], ['agung', parseEther('0.75')]]) {
    if (amount) control.setGasStation({ amount });
    const wallet = newAddress();
    const { http, status, code, data } = await fund(owner, wallet.toLowerCase(), { chainId });
    assert.deepEqual([http, status, code], [200, 'success', 'SUCCESS']);
    assert.equal(data.fundedAmount, String(amount ?? parseEther('2')));
    const receipt = await world.rpc('eth_getTransactionReceipt', [data.txHash]);
    assert.deepEqual([receipt.status, receipt.to], ['0x1', wallet.toLowerCase()]);
    assert.equal(await balanceOf(wallet), BigInt(data.fundedAmount));
    assert.ok(!world.accounts.some(({ address }) => address.toLowerCase() === receipt.from));
  }
});

test('a wallet with half a PEAQ gets none', async () => {
  const [owner, wallet] = [await enrolled(), newAddress()];
  await setBalance(wallet, parseEther('0.5'));
  assert.deepEqual(await fund(owner, wallet), {
    http: 200,
    status: 'skipped',
    code: 'SUFFICIENT_BALANCE',
    data: { currentBalance: '500000000000000000', minGasBalance: '500000000000000000' },
  });
  await setBalance(wallet, parseEther('0.5') - 1n);
  assert.equal((await fund(owner, wallet)).code, 'SUCCESS');
});

test('a request is paid once, however often it is sent', async () => {
  const [owner, wallet, requestId] = [await enrolled(), newAddress(), randomUUID()];
  control.setGasStation({ delayMs: 200 });
  const together = await Promise.all([1, 2, 3].map(() => fund(owner, wallet, { requestId })));
  assert.deepEqual(together.map(({ code }) => code).sort(), ['DUPLICATE_REQUEST', 'DUPLICATE_REQUEST', 'SUCCESS']);
  refused(
    together.find(({ http }) => http !== 200),
    409,
    'DUPLICATE_REQUEST',
  );
  await setBalance(wallet, 0n);
  refused(await fund(owner, wallet, { requestId: requestId.toUpperCase() }), 409, 'REQUEST_ALREADY_PROCESSED');
  assert.equal(await balanceOf(wallet), 0n);
});

test('a request that was not paid may be sent again', async () => {
  const [owner, wallet, requestId] = [await enrolled(), newAddress(), randomUUID()];
  control.setGasStation({ transferFails: true });
  refused(await fund(owner, wallet, { requestId }), 502, 'TRANSFER_FAILED');
  // A contract that takes no money: the chain itself refuses the transfer.
  control.setGasStation();
  refused(await fund(owner, world.addresses.IdentityRegistry), 502, 'TRANSFER_FAILED');
  await setBalance(wallet, parseEther('1'));
  assert.equal((await fund(owner, wallet, { requestId })).code, 'SUFFICIENT_BALANCE');
  await setBalance(wallet, 0n);
  assert.equal((await fund(owner, wallet, { requestId })).code, 'SUCCESS');
});

test('an answer can be lost before or after the payment', async () => {
  const owner = await enrolled();
  for (const [dropAnswer, paid, then] of [
    ['before', 0n, 'SUCCESS'],
    ['after', parseEther('2'), 'REQUEST_ALREADY_PROCESSED'],
  ]) {
    const [wallet, requestId] = [newAddress(), randomUUID()];
    control.setGasStation({ dropAnswer });
    await assert.rejects(fund(owner, wallet, { requestId }), TypeError);
    assert.deepEqual([await balanceOf(wallet), control.gasStation.requests.at(-1).status], [paid, null]);
    control.setGasStation();
    assert.equal((await fund(owner, wallet, { requestId })).code, then);
    assert.equal(await balanceOf(wallet), parseEther('2'));
  }
});

test('a client that is gone meanwhile is paid all the same', async () => {
  const [owner, wallet, requestId] = [await enrolled(), newAddress(), randomUUID()];
  control.setGasStation({ delayMs: 300 });
  const body = { ownerAddress: owner, targetWalletAddress: wallet, chainId: 'peaq', requestId };
  const signal = AbortSignal.timeout(100);
  const text = JSON.stringify({ ...body, twoFactorCode: control.totp(owner) });
  await assert.rejects(fetch(`${world.urls.gasStation}/faucet/fund`, { method: 'POST', body: text, signal }));
  refused(await fund(owner, wallet, { requestId }), 409, 'DUPLICATE_REQUEST');
  await wait(600);
  refused(await fund(owner, wallet, { requestId }), 409, 'REQUEST_ALREADY_PROCESSED');
  assert.equal(await balanceOf(wallet), parseEther('2'));
});

test('this code and the one before are good, older ones have expired', async () => {
  const owner = await enrolled();
  await steadyCodes();
  for (const [offset, http, code] of [
    [0, 200, 'SUCCESS'],
    [-30, 200, 'SUCCESS'],
    [-60, 401, 'TOTP_EXPIRED'],
    [-270, 401, 'TOTP_EXPIRED'],
    [-300, 401, 'INVALID_2FA'],
    [30, 401, 'INVALID_2FA'],
  ]) {
    const answer = await fund(owner, newAddress(), { twoFactorCode: codeAt(owner, offset) });
    assert.deepEqual([answer.http, answer.code], [http, code], `${offset} s`);
  }
  control.setGasStation({ codes: { TOTP_EXPIRED: '2FA_EXPIRED' } });
  refused(await fund(owner, newAddress(), { twoFactorCode: codeAt(owner, -90) }), 401, '2FA_EXPIRED');
});

test('five wrong codes in a row lock, also with a new secret', async () => {
  const owner = newAddress();
  await setUp(owner);
  const wrong = (times) => Promise.all(Array.from({ length: times }, () => confirm(owner, wrongCode(world, owner))));
  for (const answer of await wrong(4)) refused(answer, 401, 'INVALID_2FA');
  assert.equal((await confirm(owner)).code, '2FA_ACTIVATED'); // the row ends
  for (const answer of await wrong(4)) refused(answer, 401, 'INVALID_2FA');
  const [fifth] = await wrong(1);
  refused(fifth, 423, '2FA_LOCKED');
  refused(await fund(owner, newAddress()), 423, '2FA_LOCKED');
  control.lock(owner, false);
  assert.equal((await fund(owner, newAddress())).code, 'SUCCESS');

  const other = newAddress();
  control.lock(other);
  await setUp(other);
  refused(await confirm(other), 423, '2FA_LOCKED');
});

test('money needs 2FA', async () => {
  const owner = newAddress();
  const request = { twoFactorCode: '123456' };
  refused(await fund(owner, owner, request), 400, '2FA_NOT_CONFIGURED');
  refused(await confirm(owner, '123456'), 400, '2FA_NOT_CONFIGURED');
  await setUp(owner);
  refused(await fund(owner, owner), 403, '2FA_NOT_ACTIVE');
  assert.equal(await balanceOf(owner), 0n);
});

test('an owner and a wallet get no more than their caps, also at the same time', async () => {
  const owner = await enrolled();
  control.setGasStation({ capPerOwner: parseEther('4') });
  const answers = await Promise.all([1, 2, 3].map(() => fund(owner, newAddress())));
  assert.deepEqual(answers.map(({ code }) => code).sort(), ['CAP_EXCEEDED_OWNER', 'SUCCESS', 'SUCCESS']);
  refused(await fund(owner, newAddress()), 403, 'CAP_EXCEEDED_OWNER');

  const [others, wallet] = [[await enrolled(), await enrolled()], newAddress()];
  // A transfer that failed is not counted.
  control.setGasStation({ capPerWallet: parseEther('3'), transferFails: true });
  refused(await fund(others[0], wallet), 502, 'TRANSFER_FAILED');
  control.setGasStation({ capPerWallet: parseEther('3') });
  assert.equal((await fund(others[0], wallet)).code, 'SUCCESS');
  await setBalance(wallet, 0n);
  refused(await fund(others[1], wallet), 403, 'CAP_EXCEEDED_WALLET');
});

test('too many requests, and a service that is down', async () => {
  const owner = await enrolled();
  control.setGasStation({ rateLimited: true });
  refused(await fund(owner, newAddress()), 429, 'RATE_LIMITED');
  control.setGasStation({ down: true });
  for (const answer of [await fund(owner, newAddress()), await setUp(owner), await confirm(owner)])
    assert.deepEqual([answer.http, answer.code, typeof answer.detail], [503, undefined, 'string']);
  assert.throws(() => control.setGasStation({ dropAnswers: 'after' }), /no setting 'dropAnswers'/);
});

test('malformed requests are refused', async () => {
  const owner = await enrolled();
  const good = { ownerAddress: owner, targetWalletAddress: owner, chainId: 'peaq', twoFactorCode: '1' };
  const requestId = randomUUID();
  for (const [path, body] of [
    ['/2fa/setup', ''],
    ['/2fa/setup', 'no JSON'],
    ['/2fa/setup', 'null'],
    ['/2fa/setup', '[]'],
    ['/2fa/setup', { ownerAddress: owner }],
    ['/2fa/setup', { ownerAddress: newAddress(), format: 'gif' }],
    ['/2fa/setup', { ownerAddress: 1, format: 'svg' }],
    ['/2fa/confirm', { ownerAddress: owner, twoFactorCode: 123456 }],
    ['/2fa/confirm', { ownerAddress: 'x', twoFactorCode: '123456' }],
    ['/faucet/fund', good],
    ['/faucet/fund', { ...good, requestId: '1' }],
    ['/faucet/fund', { ...good, requestId, chainId: 'moon' }],
    ['/faucet/fund', { ...good, requestId, targetWalletAddress: '0x1' }],
    ['/faucet/fund', { ...good, requestId, ownerAddress: '0x1' }],
  ])
    refused(await post(path, body), 400, 'INVALID_PAYLOAD');
  refused(await setUp('0x1'), 400, 'INVALID_OWNER_ADDRESS');
  for (const path of ['/', '/2fa', '/2fa/setup', '/2fa/qr/', '/2fa/qr/undefined', '/dev/totp', '/dev/totp?owner=x'])
    assert.equal((await fetch(world.urls.gasStation + path)).status, 404, path);
  assert.equal((await fetch(`${world.urls.gasStation}/constructor`, { method: 'POST' })).status, 404);
});

test('every request is on record, in its order', async () => {
  const from = control.gasStation.requests.length;
  const owner = await enrolled();
  control.setGasStation({ rateLimited: true });
  await fund(owner, owner);
  await post('/2fa/setup', 'no JSON');
  const requests = control.gasStation.requests.slice(from);
  assert.deepEqual(
    requests.map(({ path, status, code }) => [path, status, code]),
    [
      ['/2fa/setup', 200, undefined],
      ['/2fa/confirm', 200, '2FA_ACTIVATED'],
      ['/faucet/fund', 429, 'RATE_LIMITED'],
      ['/2fa/setup', 400, 'INVALID_PAYLOAD'],
    ],
  );
  assert.deepEqual([requests[2].body.ownerAddress, requests[3].body], [owner, 'no JSON']);
});

test('a person without an authenticator app can ask the devnet for the code', async () => {
  const owner = await enrolled();
  await steadyCodes();
  const answer = await fetch(`${world.urls.gasStation}/dev/totp?owner=${owner.toLowerCase()}`);
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/plain']);
  assert.equal(await answer.text(), `${control.totp(owner)}\n`);
  assert.throws(() => control.totp(newAddress()), /has not set 2FA up/);
});

test('requests at the same time are all paid', async () => {
  const owner = await enrolled();
  const answers = await Promise.all(Array.from({ length: 100 }, () => fund(owner, newAddress())));
  assert.deepEqual([...new Set(answers.map(({ code }) => code))], ['SUCCESS']);
});

test('it pays on a chain that makes blocks by the clock', async () => {
  const slow = await startDevnet({ blockTime: 1 });
  try {
    const client = clientOf(slow);
    const wallet = newAddress();
    const { data } = await client.fund(await client.enrolled(), wallet);
    assert.equal((await slow.rpc('eth_getTransactionReceipt', [data.txHash])).status, '0x1');
  } finally {
    await slow.stop();
  }
});
