// What a request may hold: nothing is sent with digits lost, and an error names the caller's own member. Nothing here
// reaches a network.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, PeaqosError } from '@peaqos/core';
import { inMembers } from '../fields.mjs';
import { requestText, userJson } from '../wire.mjs';

const bytes = (text) => new TextEncoder().encode(text);

const client = createClient({ env: {} });

async function refused(attempt, message) {
  const error = await attempt().then(
    () => assert.fail('it did not reject'),
    (failure) => failure,
  );
  assert.ok(error instanceof PeaqosError, String(error));
  assert.deepEqual([error.kind, error.code, error.sent], ['input', 'BAD_FIELD', 'nothing']);
  assert.match(error.message, message);
}

test('a number that has lost digits is refused by its name', async () => {
  const event = { machineId: 1, type: 'revenue', value: 1, ts: 1 };
  await refused(() => client.submitEvent({ ...event, machineId: 2 ** 53 }), /^machineId is a number beyond 2\^53 - 1/);
  await refused(() => client.submitEvent({ ...event, value: -1e21 }), /^value is a number beyond/);
  await refused(() => client.submitEvent({ ...event, ts: NaN }), /^ts is NaN/);
  const order = { serviceId: 's', machineId: 'm', agentPairingId: 'p', pairingToken: bytes('t') };
  await refused(
    () => client.placeOrder({ ...order, input: { list: [{ id: 1e20 }] } }),
    /^input\.list\[0\]\.id is a number/,
  );
  await refused(() => client.disputeOrder({ orderId: 'o', evidence: { at: Infinity } }), /^evidence\.at is Infinity/);
});

test('what JSON has no form for is refused by its name', async () => {
  const loop = {};
  loop.itself = loop;
  const search = { machineId: 'm', serviceType: 't', pairingToken: bytes('p') };
  await refused(
    () => client.search({ ...search, providerCredentials: loop }),
    /^providerCredentials is nested too deeply/,
  );
  await refused(() => client.search({ ...search, region: () => 'eu' }), /^region is a function/);
  await refused(() => client.search({ ...search, providerCredentials: { key: new Uint8Array(3) } }), /key is bytes/);
});

test('a token that would end its header is refused', async () => {
  const search = { machineId: 'm', serviceType: 't' };
  for (const pairingToken of ['a\r\nx-other: b', 'a b', 'ä'])
    await refused(
      () => client.search({ ...search, pairingToken: bytes(pairingToken) }),
      /^pairingToken is empty, or holds a blank/,
    );
});

test('a secret is bytes, and is overwritten also when it is refused', async () => {
  const privateKey = new Uint8Array(32).fill(7);
  await refused(
    () => client.importWallet({ name: 'a', privateKey, passphrase: 'a text' }),
    /^passphrase must be a Uint8Array/,
  );
  assert.ok(privateKey.every((byte) => byte === 0));

  for (const [operation, name] of [
    ['activate', 'machineKey'],
    ['onboardMachine', 'identityKey'],
    ['confirmOrder', 'pairingToken'],
  ]) {
    await refused(() => client[operation]({ [name]: 'a text' }), new RegExp(`^${name} must be a Uint8Array`));
    const secret = bytes('7'.repeat(64));
    await assert.rejects(client[operation]({ [name]: secret, wrong: true }), PeaqosError);
    assert.ok(
      secret.every((byte) => byte === 0),
      name,
    );
  }
});

test('requests keep every digit and every byte', () => {
  const request = {
    whole: Number.MAX_SAFE_INTEGER,
    part: 0.1,
    large: 2n ** 256n - 1n,
    bytes: Buffer.from([0, 255]),
    words: new Uint16Array([1]),
    left: undefined,
    none: null,
    list: ['a', undefined],
  };
  assert.deepEqual(JSON.parse(requestText(request)), {
    whole: '9007199254740991',
    part: '0.1',
    large: String(2n ** 256n - 1n),
    bytes: '0x00ff',
    words: '0x0100',
    none: null,
    list: ['a', null],
  });
  const text = '{ "kept":  1.0 }';
  assert.equal(userJson(text, 'input'), text);
  assert.equal(
    userJson({ id: 2n ** 70n, 'a"b': [1.5, true], at: new Date(0) }, 'input'),
    '{"id":1180591620717411303424,"a\\"b":[1.5,true],"at":"1970-01-01T00:00:00.000Z"}',
  );
});

test('a hint speaks of members, not of options', async () => {
  assert.equal(
    inMembers('Send it some PEAQ, or run without --skip-funding'),
    'Send it some PEAQ, or run without skipFunding',
  );
  assert.equal(inMembers('Pair again with a higher --per-tx-limit'), 'Pair again with a higher perTransactionLimit');
  assert.equal(inMembers('Use peaqos-cli -- or a--b'), 'Use peaqos-cli -- or a--b');
  const error = await client.machines().catch((failure) => failure);
  assert.equal(error.code, 'MISSING_PEAQOS_ORCHESTRATION_URL');
  assert.match(error.hint, /PEAQOS_ORCHESTRATION_URL/);
  assert.doesNotMatch(error.hint, /--/);
});
