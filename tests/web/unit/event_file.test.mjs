// A file of events, without a browser: its columns, its check, its one approval.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordFile } from '../../../web/src/files/record_file.mjs';
import { isJson, tableOf } from '../../../web/src/files/sheet_columns.mjs';
import { columns as machineColumns } from '../../../web/src/rooms/activate/file/columns.mjs';
import { fleetBudget } from '../../../web/src/rooms/activate/file/fleet_budget.mjs';
import { columns } from '../../../web/src/rooms/events/file/columns.mjs';
import { feeBudget } from '../../../web/src/rooms/events/file/fee_budget.mjs';
import { revenueWords } from '../../../web/src/rooms/events/file/revenue_words.mjs';

const bytes = (text) => new TextEncoder().encode(text);
const text = (given) => new TextDecoder().decode(given);
const sheet = { name: 'june.csv', bytes: bytes('Robot;Kind;Cents;Date;Note\r\n7;revenue;150;2026-06-01;"a;b"\r\n') };

test('columns are found by their usual names, whatever parts them', () => {
  const table = tableOf(sheet);
  const mapping = columns.guess(table.heading);
  assert.deepEqual(mapping, { machine_id: 0, type: 1, value: 2, ts: 3 });
  assert.deepEqual(columns.missing(mapping), []);
  assert.equal(text(columns.mapped(table, mapping)), 'machine_id,type,value,ts\n7,revenue,150,2026-06-01\n');
  assert.equal(text(columns.mapped(table, { ...mapping, id: 4 })).split('\n')[1], '7,revenue,150,2026-06-01,a;b');
  assert.deepEqual(
    columns.missing({ type: 0 }).map(({ name }) => name),
    ['machine_id', 'value', 'ts'],
  );
});

test('JSON Lines are told by name or first character', () => {
  for (const [name, content, expected] of [
    ['a.jsonl', '', true],
    ['a', '\n {"machine_id":1}', true],
    ['a.txt', 'machine_id,type', false],
  ])
    assert.equal(isJson({ name, bytes: bytes(content) }), expected, name);
});

/** A file whose core answers with `answers`, in order; what was asked for is in `calls`. */
function fileWith(answers, ask = () => 'y') {
  const calls = [];
  const call = async (operation, request, { inputs, progress, question }) => {
    calls.push({ operation, request, input: text(Object.values(inputs)[0]) });
    const answer = answers[calls.length - 1];
    return typeof answer === 'function' ? answer({ progress, question }) : answer;
  };
  const kind = { columns, operation: 'submitEvents', file: 'events', line: 'event_line', budget: feeBudget };
  return { file: new RecordFile(call, ask, kind), calls };
}

const summary = {
  lines: 2,
  submitted: 1,
  earlier: 0,
  invalid: 1,
  duplicates: 0,
  rejected: 0,
  pending: 0,
  stopped: null,
};

test('a file whose columns are known is checked at once, and sends nothing', async () => {
  const { file, calls } = fileWith([
    ({ progress }) => {
      progress({ name: 'event_line', state: 'invalid', line: 2, reason: 'value is x' });
      return summary;
    },
  ]);
  await file.load(sheet);
  assert.equal(file.state, 'checked');
  assert.deepEqual(calls[0].request, { file: 'events.csv', check: true });
  assert.deepEqual(
    [...file.verdicts.values()].map(({ line, status }) => [line, status]),
    [[2, 'invalid']],
  );
});

test('a file without its columns waits for them; one that is no text is refused', async () => {
  const { file, calls } = fileWith([summary]);
  await file.load({ name: 'x.csv', bytes: bytes('a,b\n1,2\n') });
  assert.deepEqual([file.state, file.complete, calls.length], ['mapping', false, 0]);
  for (const name of ['machine_id', 'type', 'value', 'ts']) file.map(name, 0);
  assert.ok(file.complete);
  file.map('ts', -1);
  assert.ok(!file.complete);
  await file.load({ name: 'x.csv', bytes: Uint8Array.of(0x61, 0xff) });
  assert.match(file.error.message, /^x\.csv cannot be read/);
  assert.equal(file.state, 'empty');
});

test('declining sends nothing and keeps the check; a failure keeps what is known', async () => {
  const declined = () => Promise.reject(Object.assign(new Error('Aborted!'), { code: 'DECLINED' }));
  const broken = ({ progress }) => {
    progress({ name: 'event_line', state: 'confirmed', line: 1, tx_hash: '0x1' });
    return Promise.reject(Object.assign(new Error('no network'), { code: 'CONNECTION_RESET' }));
  };
  const { file } = fileWith([summary, declined, broken, summary]);
  await file.load(sheet);
  await file.send();
  assert.deepEqual([file.state, file.error], ['checked', undefined]);
  await file.send();
  assert.deepEqual([file.state, file.error.code, file.verdicts.size], ['sent', 'CONNECTION_RESET', 1]);
  await file.send();
  assert.deepEqual([file.state, file.error], ['sent', undefined]);
});

test('one approval covers the fees that were shown twice over, and nothing else', async () => {
  const asked = [];
  const budget = feeBudget(
    async (question) => (asked.push(question.name), question.name === 'send_events' ? 'y' : 'no'),
  );
  const approve = (fee, more) =>
    budget.answer({ name: 'approve', step: 'submit_events', value_wei: '0', fee_wei: fee, ...more });
  assert.equal(await approve('1'), 'no', 'before consent');
  assert.equal(await budget.answer({ name: 'send_events', fee_wei: '100' }), 'y');
  assert.equal(await approve('150'), 'yes');
  assert.equal(await approve('51'), 'no', 'above what is left');
  assert.equal(await approve('50'), 'yes');
  assert.equal(await approve('0', { value_wei: '1' }), 'no', 'it moves money');
  assert.equal(await approve('0', { step: 'transfer' }), 'no');
  assert.deepEqual(asked, ['approve', 'send_events', 'approve', 'approve', 'approve']);
});

test('revenue is said in major units', () => {
  assert.equal(revenueWords({ USD: '150', JPY: '20' }), 'USD 1.50 and JPY 20');
});

const registry = `0x${'1'.repeat(40)}`;
const machines = { name: 'activate_fleet', bonds_wei: '300', top_ups_wei: '30', fees_wei: '10' };

test('one approval of a file of machines covers its steps, up to the sum that was shown', async () => {
  const asked = [];
  const { answer } = fleetBudget(
    async (question) => {
      asked.push(question.name);
      return question.name === 'activate_fleet' ? 'y' : null;
    },
    () => ({ identityRegistry: registry }),
  );
  const register = { name: 'approve', step: 'fleet_register', to: registry, value_wei: '300', fee_wei: '10' };
  assert.equal(await answer(register), null, 'nothing was agreed to yet');
  assert.equal(await answer(machines), 'y');
  assert.equal(await answer({ ...register, to: `0x${'2'.repeat(40)}` }), null, 'another contract');
  assert.equal(await answer({ ...register, step: 'submit_event' }), null, 'another step');
  assert.equal(await answer(register), 'yes');
  const topUp = { name: 'approve', step: 'fleet_gas', to: `0x${'3'.repeat(40)}`, function: '', fee_wei: '5' };
  assert.equal(await answer({ ...topUp, value_wei: '30' }), 'yes');
  assert.equal(await answer({ ...topUp, value_wei: '1' }), null, '350 were agreed to, 345 are spent');
  assert.deepEqual(asked, ['approve', 'activate_fleet', 'approve', 'approve', 'approve']);
});

test('a file of machines has columns of its own, some of which stay in the console', () => {
  const table = tableOf({ bytes: bytes('Docs,API,Wallet,Account,Name\na,b,yard,1,Charger 1\n') });
  const mapping = machineColumns.guess(table.heading);
  assert.deepEqual(mapping, { doc_url: 0, data_api: 1, wallet: 2, index: 3, alias: 4 });
  assert.equal(text(machineColumns.mapped(table, mapping)), 'doc_url,data_api,wallet,index\na,b,yard,1\n');
});
