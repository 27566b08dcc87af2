// The form of an event: amounts in major units, its time, problems at their fields, and equal events.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minorUnits, tokens } from '../../../web/src/format/amount.mjs';
import { equalEvent, wordsOf } from '../../../web/src/rooms/events/equal_event.mjs';
import { openTransactions, transactionsOf } from '../../../web/src/rooms/events/journal.mjs';
import { commandOf, echo, requestOf, usualTime } from '../../../web/src/rooms/events/event_draft.mjs';

const clock = { now: 1_776_945_600_000, blockTime: 1_776_945_599 };
const draft = (changes) => ({
  machine: '7',
  type: 'revenue',
  amount: '12.5',
  minor: false,
  currency: 'USD',
  when: undefined,
  trust: 'self',
  chain: 'same',
  source: '',
  ...changes,
});
const request = (changes) => requestOf(draft(changes), clock).request;
const problems = (changes) => Object.keys(requestOf(draft(changes), clock).problems ?? {});

test('amounts in major units become minor units, with every digit', () => {
  assert.deepEqual(minorUnits('12.5', 2), { minor: '1250' });
  assert.deepEqual(minorUnits('1,250.05', 2), { minor: '125005' });
  assert.deepEqual(minorUnits('0.05', 2), { minor: '5' });
  assert.deepEqual(minorUnits('0', 2), { minor: '0' });
  assert.deepEqual(minorUnits('007', 0), { minor: '7' });
  assert.deepEqual(minorUnits('123456789012345678901234567890.12', 2), { minor: '12345678901234567890123456789012' });
});

test('what is not an amount is said, with one that is', () => {
  assert.match(minorUnits('', 2).problem, /Enter an amount, such as 12\.50/);
  for (const text of ['12,5', '1.', '.5', '-1', '1e3', 'a', '1 000', '1,00,000'])
    assert.match(minorUnits(text, 2).problem, /Not an amount/, text);
  assert.match(minorUnits('1.005', 2).problem, /at most 2 decimals/);
  assert.match(minorUnits('1.5', 0).problem, /no decimals/);
});

test('tokens show every digit that counts', () => {
  assert.equal(tokens('1500000', 6, 'USDC'), '1.50 USDC');
  assert.equal(tokens('1', 6, 'USDC'), '0.000001 USDC');
  assert.equal(tokens('1234000000', 6, 'USDC'), '1,234.00 USDC');
  assert.equal(tokens('5', 0, 'T'), '5 T');
});

test('an amount is typed in the currency, or in its smallest unit', () => {
  assert.equal(request().value, '1250');
  assert.equal(request({ minor: true, amount: '1250' }).value, '1250');
  assert.equal(request({ currency: 'JPY', amount: '1250' }).value, '1250');
  assert.equal(request({ type: 'activity', amount: '3' }).value, '3');
  assert.equal(request({ type: 'activity', amount: '3' }).currency, undefined);
  assert.equal(echo(draft()), '= USD 12.50, recorded as 1250');
  assert.equal(echo(draft({ minor: true, amount: '1250' })), '= USD 12.50');
  assert.equal(echo(draft({ amount: '' })), 'In USD, such as 12.50');
  assert.match(echo(draft({ amount: '12,5' })), /Not an amount/);
});

test('the time that is proposed is never later than the latest block', () => {
  assert.equal(usualTime(clock), 1_776_945_540);
  assert.equal(usualTime({ ...clock, blockTime: 1_776_940_000 }), 1_776_940_000);
  assert.equal(usualTime({ now: clock.now }), 1_776_945_540);
  assert.equal(request().ts, 1_776_945_540);
  assert.equal(request({ when: 1000 }).ts, 1000, 'a time that was set stays');
});

test('problems are told for their fields, in the order of the form', () => {
  assert.deepEqual(problems({ machine: '', amount: 'x', currency: 'us', when: NaN, trust: 'onchain' }), [
    'machine',
    'amount',
    'currency',
    'when',
    'source',
  ]);
  assert.deepEqual(problems({ machine: '0' }), ['machine']);
  assert.deepEqual(problems({ machine: 'x', machineId: '7' }), []);
  assert.deepEqual(problems({ type: 'activity', amount: '1.5', currency: '' }), ['amount']);
  assert.deepEqual(problems({ trust: 'onchain', source: 'ab'.repeat(32) }), []);
});

test('the command line is the request’s own', () => {
  const onchain = { trust: 'onchain', chain: 'base', source: `0x${'a'.repeat(64)}`, currency: 'EUR', when: 1776945600 };
  assert.equal(
    commandOf(draft(onchain), clock).join(' '),
    `qualify event --machine-id 7 --type revenue --value 1250 --ts 2026-04-23T12:00:00Z --currency EUR --trust onchain --source-chain base --source-tx 0x${'a'.repeat(64)}`,
  );
  assert.equal(
    commandOf(draft({ machine: '', amount: '' }), clock).join(' '),
    'qualify event --machine-id ID --type revenue --value VALUE --ts TIME',
  );
});

const row = {
  status: 'confirmed',
  machine_id: 7,
  event_type: 'revenue',
  value: 1250,
  currency: 'USD',
  timestamp: 1_776_945_540,
  ts: '2026-04-23T12:00:10Z',
  tx_hash: `0x09d7${'0'.repeat(60)}`,
};

test('an equal event within a minute is found, newest first', () => {
  assert.equal(equalEvent([row], request()), row);
  assert.equal(equalEvent([{ ...row, timestamp: row.timestamp - 60 }], request()).machine_id, 7);
  for (const other of [
    { timestamp: row.timestamp - 61 },
    { status: 'failed' },
    { status: 'pending' },
    { machine_id: 8 },
    { value: 1251 },
    { currency: 'EUR' },
    { event_type: 'activity' },
  ])
    assert.equal(equalEvent([{ ...row, ...other }], request()), undefined, JSON.stringify(other));
  const activity = { ...row, event_type: 'activity', value: 3, currency: '' };
  assert.equal(equalEvent([activity], request({ type: 'activity', amount: '3' })), activity);
});

test('the question about an equal event tells which one', () => {
  const now = Date.parse(row.ts);
  assert.equal(wordsOf(row, row.timestamp, now + 4_000), 'You recorded USD 12.50 for this moment 4 s ago (0x09d7…).');
  assert.equal(
    wordsOf(row, row.timestamp + 5, now + 600_000),
    'You recorded USD 12.50 for a moment 5 s away 10 min ago (0x09d7…).',
  );
});

test('versions of a transaction with rising fees are one entry, which ends when any of them does', () => {
  const row = (hash, status, more) => ({ step: 'submit_event', tx_hash: hash, status, ...more });
  const sent = [row('0x1', 'pending'), row('0x2', 'pending', { replaces: ['0x1'] })];
  assert.deepEqual(
    openTransactions(sent).map((one) => one.tx_hash),
    ['0x2'],
  );
  const rows = [...sent, row('0x3', 'pending', { replaces: ['0x1', '0x2'] }), row('0x1', 'confirmed')];
  assert.deepEqual(openTransactions(rows), []);
  assert.deepEqual(
    transactionsOf(rows, ['submit_event']).map(({ tx_hash: hash, status }) => [hash, status]),
    [['0x1', 'confirmed']],
  );
});
