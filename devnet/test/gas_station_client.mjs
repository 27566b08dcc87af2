// What the Gas Station's tests share: its requests, and owners that have 2FA.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';

export const newAddress = () => privateKeyToAddress(generatePrivateKey());

/** Requests to a world's Gas Station; each answer is {http, ...body}. */
export function clientOf({ urls, control }) {
  async function post(path, body) {
    const answer = await fetch(urls.gasStation + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { http: answer.status, ...(await answer.json()) };
  }
  const setUp = (ownerAddress, format = 'svg') => post('/2fa/setup', { ownerAddress, format });
  const confirm = (ownerAddress, twoFactorCode = control.totp(ownerAddress)) =>
    post('/2fa/confirm', { ownerAddress, twoFactorCode });
  /** A funding with the code of the moment and a fresh id, unless `changes` say otherwise. */
  const fund = (ownerAddress, targetWalletAddress, changes = {}) =>
    post('/faucet/fund', {
      ownerAddress,
      targetWalletAddress,
      chainId: 'devnet',
      twoFactorCode: changes.twoFactorCode ?? control.totp(ownerAddress),
      requestId: randomUUID(),
      ...changes,
    });
  async function enrolled() {
    const owner = newAddress();
    await setUp(owner);
    assert.equal((await confirm(owner)).code, '2FA_ACTIVATED');
    return owner;
  }
  return { post, setUp, confirm, fund, enrolled };
}

/** Waits, if need be, so that no code changes within the next three seconds. */
export async function steadyCodes() {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 3000) await new Promise((resolve) => setTimeout(resolve, left));
}

/** A code that is none of an owner's, of the last minutes or the next. */
export function wrongCode({ control }, owner) {
  const good = Array.from({ length: 16 }, (_, step) => control.totp(owner, { offsetSeconds: 120 - 30 * step }));
  return ['000000', '111111', '222222', '333333', '444444'].find((code) => !good.includes(code));
}
