// What an activation writes for good is checked before anything is paid; and what is said about money when one fails.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readActivation, readUrl } from '../../../web/src/rooms/activate/request.mjs';
import { lineOf } from '../../../web/src/rooms/activate/story.mjs';
import { machineOf } from '../../../web/src/rooms/activate/result.mjs';
import { moneyMoved, sentOf } from '../../../web/src/words/money.mjs';

const fields = {
  docUrl: ' https://example.com/docs ',
  dataApi: 'https://example.com/events',
  visibility: '',
  machine: '',
};

test('URLs are trimmed and must be of the web', () => {
  assert.equal(readUrl(fields.docUrl, 'x').url, 'https://example.com/docs');
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'example.com',
    'https://',
    'https://nodots',
    'ftp://a.b',
    'https://a.b/c d',
  ])
    assert.match(readUrl(bad, 'x').problem, /does not look like a web address/, bad);
  assert.equal(readUrl('', 'data API').problem, 'Enter the data API URL');
});

test('an address that others cannot reach is warned about on chains that count', () => {
  const at = (dataApi, chainId) => readActivation({ ...fields, dataApi }, { chainId }).warnings;
  for (const url of [
    'http://localhost:8080',
    'http://127.0.0.1/x',
    'http://192.168.1.5',
    'http://box.local',
    'http://[::1]/',
  ])
    assert.match(at(url, 3338)[0], /can only be reached from this network/, url);
  assert.deepEqual(at('http://localhost:8080', 31337), []);
  assert.deepEqual(at('http://localhost:8080', 9990), []);
  assert.deepEqual(at('https://172.32.0.1/x', 3338), []);
});

test('problems are told for their fields', () => {
  const { problems } = readActivation({ ...fields, docUrl: 'x', machine: '0x1' }, { proxy: true, key: '' });
  assert.deepEqual(
    Object.keys(problems).filter((name) => problems[name]),
    ['machine', 'key', 'docUrl'],
  );
  const machine = `0x${'a'.repeat(40)}`;
  const { request } = readActivation({ ...fields, machine, visibility: 'private' }, { proxy: true, key: '0xkey' });
  assert.deepEqual(request, {
    docUrl: 'https://example.com/docs',
    dataApi: 'https://example.com/events',
    visibility: 'private',
    for: machine,
    machineKey: new TextEncoder().encode('0xkey'),
  });
});

const wanted = ['machineType', 'credentialSubjectHex', 'tier', 'docUrl', 'dataApi', 'visibility', 'didDocument'].map(
  (name) => ({ name, required: name === 'machineType' }),
);
const blank = { docUrl: '', dataApi: '', visibility: '', machine: '', machineType: '', credentialSubjectHex: '' };

test('a machine with a subscription needs its type alone', () => {
  const read = (fields) => readActivation({ ...blank, ...fields }, { wanted, generation: 2 });
  const problemsOf = (fields) =>
    Object.entries(read(fields).problems ?? {})
      .filter(([, problem]) => problem)
      .map(([name]) => name);
  assert.deepEqual(problemsOf({}), ['machineType']);
  assert.deepEqual(problemsOf({ machineType: ' Sensor' }), ['machineType']);
  assert.deepEqual(problemsOf({ machineType: 'Sensor', credentialSubjectHex: '0x123' }), ['credentialSubjectHex']);
  assert.deepEqual(problemsOf({ machineType: 'Sensor', docUrl: 'x' }), ['docUrl']);
  assert.deepEqual(problemsOf({ machineType: 'Sensor', didDocument: 'no JSON' }), ['didDocument']);
  assert.deepEqual(
    problemsOf({ machineType: 'Sensor', didDocument: '{}', docUrl: 'https://example.com' }),
    ['docUrl'],
    'the document has the services',
  );
  const { request } = read({ machineType: 'Sensor', tier: 'pro', dataApi: ' https://example.com/x ' });
  assert.deepEqual(JSON.parse(JSON.stringify(request)), {
    machineType: 'Sensor',
    tier: 'pro',
    dataApi: 'https://example.com/x',
  });
  const proxy = readActivation({ ...blank, machineType: 'Sensor' }, { wanted, generation: 2, proxy: true, key: '' });
  assert.equal(proxy.problems.key, 'The machine signs, owns and pays, so its key is needed');
});

test('what an activation came to is told the same way for both kinds of machines', () => {
  const did = `did:peaq:0x${'a'.repeat(40)}`;
  assert.deepEqual(machineOf({ machineId: 7, tokenId: 9, machineDid: did }), {
    machineId: 7,
    did,
    facts: [['NFT', 'Token 9']],
  });
  const second = machineOf({ machine_id: '123', tier: 'entry', period_end: '1800000000', status: 'activated' });
  assert.equal(second.did, 'did:peaq:123');
  assert.deepEqual(second.facts, [
    ['Subscription', 'entry'],
    ['Paid until', '2027-01-15'],
  ]);
});

test('a balance that is too little is no good news', () => {
  const balance = { name: 'balance', role: 'Operator', address: `0x${'a'.repeat(40)}`, wei: '0', currency: 'PEAQ' };
  assert.equal(lineOf({ ...balance, sufficient: false }).tone, 'warn');
  assert.equal(lineOf({ ...balance, sufficient: true }).tone, undefined);
});

test('whether money moved is what the core says, or what was heard', () => {
  assert.equal(sentOf({ sent: 'yes' }), 'yes');
  assert.equal(sentOf({ sent: 'nothing', code: 'RECEIPT_PENDING' }), 'maybe');
  assert.equal(sentOf({ code: 'LOCKED' }), 'maybe');
  assert.equal(sentOf({ sent: 'nothing', code: 'CONNECTION_RESET' }, true), 'yes');
  assert.equal(sentOf({ sent: 'nothing', code: 'BAD_FIELD' }), 'nothing');
  assert.equal(moneyMoved({ kind: 'input', code: 'BAD_FIELD' }, 'Continuing'), 'Nothing was sent.');
  const reset = { kind: 'network', code: 'CONNECTION_RESET', sent: 'yes' };
  assert.match(moneyMoved(reset, 'Continuing'), /^A transaction was sent\. Continuing looks it up first/);
  assert.match(moneyMoved({ kind: 'network', code: 'NotMachineOwner', sent: 'yes' }, 'x'), /its fee is spent/);
  assert.match(moneyMoved({ kind: 'input', code: 'FILE_FAILED', sent: 'yes' }, 'x'), /before this happened/);
});
