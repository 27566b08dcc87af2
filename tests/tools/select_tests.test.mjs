// `npm test -- WORDS` finds the tests that are meant, and builds what they need and nothing else.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectTests } from '../../tools/steps/select_tests.mjs';

const needs = (...words) => [...selectTests(words).needs].sort();

test('words are parts of paths; several of them are alternatives', () => {
  const { files, suites } = selectTests(['vault/mounted', 'ledger/row']);
  assert.deepEqual(files, ['tests/vault/mounted.test.mjs']);
  assert.deepEqual(suites, ['LedgerRow']);
});

test('each test gets what it needs', () => {
  assert.deepEqual(needs('unit/evm/outbox_test'), []);
  assert.deepEqual(needs('web/unit/'), []);
  assert.deepEqual(needs('devnet/test/mcr'), []);
  assert.deepEqual(needs('transport/'), ['probes']);
  assert.deepEqual(needs('cli/recovery'), ['command', 'native']);
  assert.deepEqual(needs('wasm/test/wallets'), ['command']);
  assert.deepEqual(needs('node-cli/test/'), ['command']);
  assert.deepEqual(needs('cli/manual'), ['command', 'native', 'programs']);
  assert.deepEqual(needs('examples/nats'), ['command', 'native', 'programs']);
  assert.deepEqual(needs('conformance.test'), ['command', 'native', 'reference']);
});

test('without words all is meant', () => {
  const { files, suites, needs: all } = selectTests([]);
  assert.ok(files.length > 100 && suites.length > 50, `${files.length} files, ${suites.length} suites`);
  assert.equal(all.size, 5);
});
