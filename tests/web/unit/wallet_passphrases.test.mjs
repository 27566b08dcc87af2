// The passphrase of a wallet's file: the vault's is remembered for the first wallet, and for no longer.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FreshPassphrase } from '../../../web/src/worker/fresh_passphrase.mjs';
import { passphraseId, withPassphrases } from '../../../web/src/worker/wallet_passphrases.mjs';

const given = 'correct horse battery staple';

// Timers that run when the test says so.
function handTimers() {
  const due = new Map();
  let count = 0;
  return {
    setTimeout: (act, after) => due.set(++count, { act, after }) && count,
    clearTimeout: (id) => due.delete(id),
    run: () => [...due.values()].forEach(({ act }) => act()),
    pending: () => due.size,
  };
}

function recordsOf(map = new Map()) {
  return { map, get: async (id) => map.get(id), put: async (id, bytes) => map.set(id, { bytes }) };
}

// Makes a wallet; `asked` is what the page answers to the question for its passphrase.
async function create(asked, vaults) {
  const records = recordsOf();
  const answers = [];
  const call = async (_, __, onQuestion) => {
    answers.push(await onQuestion({ name: 'new_passphrase' }));
    if (answers[0] === null) throw new Error('interrupted');
    return { id: 'w1' };
  };
  const run = withPassphrases({
    records,
    operation: 'createWallet',
    request: {},
    call,
    ask: async () => asked,
    vaults,
  });
  const result = await run.catch((error) => error);
  return { result, answers, kept: records.map.get(passphraseId('w1')) };
}

test('it is known until it is forgotten, or for a while', () => {
  const timers = handTimers();
  const fresh = new FreshPassphrase(timers);
  assert.equal(fresh.known, false);
  assert.equal(fresh.text, undefined);
  fresh.remember(given);
  assert.equal(fresh.text, given);
  fresh.forget();
  assert.equal(fresh.text, undefined);
  assert.equal(timers.pending(), 0);
  fresh.remember(given);
  timers.run();
  assert.equal(fresh.known, false);
});

test('the first wallet takes the passphrase of the vault, which is then kept as the wallet’s', async () => {
  const { result, answers, kept } = await create({ vault: true }, () => given);
  assert.deepEqual(result, { id: 'w1' });
  assert.deepEqual(answers, [given]);
  assert.equal(new TextDecoder().decode(kept.bytes), given);
});

test('one that was forgotten meanwhile is asked for again, and nothing is kept', async () => {
  const { result, answers, kept } = await create({ vault: true }, () => undefined);
  assert.equal(result.code, 'PASSPHRASE_FORGOTTEN');
  assert.deepEqual(answers, [null]);
  assert.equal(kept, undefined);
});

test('a separate one is taken as it is typed', async () => {
  const { answers, kept } = await create('six green kettles in a row', () => given);
  assert.deepEqual(answers, ['six green kettles in a row']);
  assert.equal(new TextDecoder().decode(kept.bytes), 'six green kettles in a row');
});
