// The tray's words, what is under way, and what becomes an entry.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from '../../../web/src/activity/words.mjs';
import { freshnessOf } from '../../../web/src/format/freshness.mjs';
import { explorerUrl } from '../../../web/src/format/explorer.mjs';
import { Work, works } from '../../../web/src/core/works.mjs';

const at = 1_800_000_000_000;
const did = 'did:peaq:0x01';

test('each kind of entry has a sentence and a place to go', () => {
  const said = (entry) => wordsOf({ at, did, machine_id: 7, ...entry }).title;
  assert.equal(said({ kind: 'rating', tone: 'bad', from: 'A', to: 'BBB' }), 'Machine 7 fell from A to BBB');
  assert.equal(said({ kind: 'rating', tone: 'good', from: 'BB', to: 'A' }), 'Machine 7 rose from BB to A');
  assert.equal(said({ kind: 'rating', tone: 'good', from: 'Provisioned', to: 'A' }), 'Machine 7 was rated A');
  assert.equal(said({ kind: 'bond', bond: 'unbonded' }), 'Machine 7 lost its bond');
  assert.equal(said({ kind: 'quiet', updated: at / 1000 - 7200 }), 'Machine 7 has gone quiet');
  assert.equal(said({ kind: 'many', of: 'rating', tone: 'bad', count: 1057 }), '1,057 machines were downgraded');
  assert.equal(said({ kind: 'balance', wei: '300000000000000000', wallet: 'yard-7' }), 'Low balance: 0.3 PEAQ');
  assert.equal(said({ kind: 'unheard-of' }), 'unheard-of');
});

test('a name that the operator gave stands for the machine', () => {
  const entry = { kind: 'resumed', at, did, machine_id: 7 };
  assert.equal(wordsOf(entry, () => 'Charger north').title, 'Charger north reports again');
});

test('entries lead to their cause', () => {
  assert.deepEqual(wordsOf({ kind: 'flagged', at, did, machine_id: 7, operator: 'did:x' }).href, [
    'fleet',
    did,
    { operator: 'did:x' },
  ]);
  const order = { id: 'o1', machine_id: 'm1', status: 'delivered', service: 'data' };
  assert.deepEqual(wordsOf({ kind: 'order', at, order }).href, ['market', 'm1', 'orders', 'o1']);
});

test('a transaction says what it was about, in major units', () => {
  const entry = { kind: 'transaction', at, operation: 'submitEvent', machine_id: '7', type: 'revenue', value: '123' };
  assert.deepEqual(wordsOf({ ...entry, currency: 'JPY', state: 'confirmed' }), {
    title: 'Event recorded',
    text: 'Machine 7, JPY 123',
    href: ['events'],
  });
  assert.equal(wordsOf({ ...entry, state: 'failed', message: 'out of gas' }).text, 'Machine 7, USD 1.23. out of gas');
});

test('the age of a view, in words', () => {
  const now = at;
  assert.deepEqual(freshnessOf({ asOf: now - 12_000, failures: 0 }, 'rating service', now), {
    tone: '',
    text: 'as of 12 s ago',
  });
  const down = { asOf: now - 12_000, failures: 1, nextTry: now + 20_000, problem: { kind: 'network' } };
  const { tone, text } = freshnessOf(down, 'rating service', now);
  assert.equal(tone, 'warn');
  assert.match(text, /^as of \d\d:\d\d, rating service not answering, next try in 20 s$/);
  assert.equal(
    freshnessOf({ failures: 1, nextTry: now - 1 }, 'market', now).text,
    'market not answering, trying again',
  );
  assert.equal(freshnessOf({ failures: 0 }, 'market', now).text, '');
  assert.equal(freshnessOf({ failures: 1, problem: { kind: 'configuration' } }, 'market', now).text, 'no market set');
});

test('public networks have an explorer, a devnet has none', () => {
  assert.match(explorerUrl('mainnet', '0x01'), /^https:\/\/.*0x01$/);
  assert.equal(explorerUrl('devnet', '0x01'), undefined);
});

test('a work is followed from its first check to its end, without its secrets', async () => {
  const said = [];
  const work = new Work('submitEvent', { machineId: '7', value: '1', identityKey: '0xsecret' }, () =>
    said.push(work.stage),
  );
  assert.deepEqual(work.about, { machineId: '7', value: '1' });
  work.hear({ name: 'transaction', state: 'submitted', tx_hash: '0x01' });
  work.hear({ name: 'transaction', state: 'mined', tx_hash: '0x01', fee_wei: '5', block: 9 });
  assert.deepEqual(work.transactions, [{ hash: '0x01', state: 'mined', fee: '5', block: 9 }]);
  assert.equal(await work.follow(Promise.resolve(3)), 3);
  assert.equal(work.state, 'done');
  assert.equal(said[0], 'Sent, waiting for a block');
});

test('works are those that sign, go on when nobody listens, and end with a word', async () => {
  assert.equal(works.begin('queryMcr', {}), undefined);
  const ended = [];
  works.addEventListener('ended', ({ detail }) => ended.push(detail));
  const work = works.begin('activate', {});
  assert.deepEqual(works.running, [work]);
  await assert.rejects(work.follow(Promise.reject(new Error('no'))), /no/);
  assert.deepEqual(works.running, []);
  assert.deepEqual([ended[0].state, ended[0].error.message], ['failed', 'no']);
});
