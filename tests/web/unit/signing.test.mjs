// Transactions in the words of the user, and how far one approval goes.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalOf, restOf } from '../../../web/src/signing/approval.mjs';
import { describe } from '../../../web/src/signing/describe.mjs';

const at = (digit) => `0x${digit.repeat(40)}`;
const hash = (digit) => `0x${digit.repeat(64)}`;
const contracts = {
  identityRegistry: at('1'),
  eventRegistry: at('2'),
  machineNft: at('3'),
  batchPrecompile: at('5'),
};
const batchAll = 'batchAll(address[],uint256[],bytes[],uint64[])';

const asked = (changes) => ({
  value_wei: '0',
  fee_wei: '1000',
  balance_wei: '9000',
  currency: 'PEAQ',
  from: at('f'),
  arguments: [],
  ...changes,
});

const event = (changes) =>
  asked({
    step: 'submit_event',
    function: 'submitEvent(uint256,uint8,uint256,string,uint256,bytes32,uint8,uint8,bytes32,bytes)',
    to: contracts.eventRegistry,
    arguments: Object.entries({
      machineId: '1',
      eventType: 0,
      value: '5000000',
      currency: 'USD',
      timestamp: 1776945600,
      dataHash: hash('0'),
      trustLevel: 0,
      sourceChain: 0,
      sourceTx: hash('0'),
      metadata: '0x',
      ...changes,
    }),
  });

test('an event is a sentence with its amount, and zeros are left out', () => {
  const { headline, rows, contract, known } = describe(event(), { contracts });
  assert.equal(headline, 'Record USD 50,000.00 revenue for Machine 1');
  assert.deepEqual(rows, [['When', '2026-04-23 12:00:00 UTC']]);
  assert.equal(contract, 'peaqOS event registry');
  assert.ok(known);
  assert.equal(
    describe(event({ eventType: 1, value: '1200', currency: '' })).headline,
    'Record activity 1,200 for Machine 1',
  );
  const named = { machineName: (id) => `Charger ${id}` };
  assert.equal(describe(event({ value: '7', currency: 'JPY' }), named).headline, 'Record JPY 7 revenue for Charger 1');
  assert.equal(describe(event({ value: '7', currency: 'USDC' })).headline, 'Record 7 USDC units revenue for Machine 1');
});

test('what backs an event is shown', () => {
  const metadata = `0x${Buffer.from('{"kWh": 12}').toString('hex')}`;
  const backed = event({ trustLevel: 1, sourceChain: 2, sourceTx: hash('a'), dataHash: hash('d'), metadata });
  const rows = Object.fromEntries(describe(backed).rows);
  assert.equal(rows.Evidence, 'On-chain proof');
  assert.equal(rows['Evidence chain'], 'Base');
  assert.equal(rows['Evidence transaction'].value, hash('a'));
  assert.equal(rows['Raw data'].value, hash('d'));
  assert.equal(rows.Metadata.text, '{"kWh": 12}');
  assert.equal(Object.fromEntries(describe(event({ metadata: '0x00ff' })).rows).Metadata.text, '2 bytes');
});

const payment = {
  token: 'USDC',
  token_address: at('c'),
  decimals: 6,
  recipient: at('e'),
  escrow: false,
  balance: '20',
  balance_after: '18.5',
  service: 'price-feed',
};
const pay = asked({
  step: 'payment',
  function: 'transfer(address,uint256)',
  to: at('C'),
  arguments: [
    ['to', at('e')],
    ['value', '1500000'],
  ],
});

test('a token transfer is told in whole tokens, with its recipient', () => {
  const told = describe(pay, { payment });
  assert.equal(told.headline, 'Pay 1.50 USDC for price-feed');
  assert.equal(told.button, 'Sign and pay 1.50 USDC');
  assert.equal(told.contract, 'USDC token');
  assert.deepEqual(told.rows, [
    ['To', { address: at('e') }],
    ['Token balance', '20 → 18.5 USDC'],
  ]);
  assert.equal(describe(pay, { payment: { ...payment, escrow: true } }).rows[0][0], 'To the escrow');
});

test('a transfer of another token than the agreed one does not borrow its name', () => {
  const told = describe({ ...pay, to: at('9') }, { payment });
  assert.equal(told.headline, 'Pay 1,500,000 units of a token for price-feed');
  assert.ok(!told.known);
});

test('the steps of an activation are sentences', () => {
  const register = asked({
    step: 'register',
    function: 'register()',
    to: contracts.identityRegistry,
    value_wei: String(10n ** 18n),
  });
  assert.equal(describe(register).headline, 'Register this wallet as a machine with a bond of 1 PEAQ');
  const did = asked({
    step: 'machine_did',
    function: batchAll,
    to: contracts.batchPrecompile,
    arguments: [
      ['add machineId', '7'],
      ['update data_api', 'https://example.com'],
    ],
  });
  const { headline, rows } = describe(did, { contracts });
  assert.equal(headline, 'Write 2 attributes to the machine’s DID');
  assert.deepEqual(rows[0], ['Machine ID', { text: '7', note: undefined }]);
  assert.deepEqual(rows[1], ['Data API URL', { text: 'https://example.com', note: 'replaces the present value' }]);
});

test('a call that is not known is said to be unknown', () => {
  const { headline, known } = describe(asked({ to: at('9'), data: '0x' }), { contracts });
  assert.equal(headline, 'Call an unknown function');
  assert.ok(!known);
});

// --- one approval for a run ---
const step = (name, feeWei, valueWei = '0') => ({ name, state: 'due', feeWei, valueWei });
const plan = {
  steps: [
    { name: 'balance', state: 'omitted' },
    step('register', '100', '5000'),
    step('mint', '50'),
    step('machine_did', '30'),
  ],
};
const first = asked({ step: 'register', function: 'register()', fee_wei: '240', value_wei: '5000' });
const mint = asked({
  step: 'mint_nft',
  function: 'mint(uint256,address)',
  to: contracts.machineNft,
  fee_wei: '120',
});

test('the rest of a run is what the plan still has, at the price that the first transaction allows', () => {
  assert.deepEqual(restOf(plan, first), { names: ['mint', 'machine_did'], wei: 192n });
  assert.deepEqual(restOf(plan, { ...first, fee_wei: '40' }), { names: ['mint', 'machine_did'], wei: 80n });
  assert.deepEqual(restOf(plan, mint), { names: ['machine_did'], wei: 72n });
});

test('without a plan, or outside of it, one approval is for one transaction', () => {
  assert.equal(restOf(undefined, first), undefined);
  assert.equal(restOf(plan, { ...first, step: 'submit_event' }), undefined);
  assert.equal(restOf(plan, { ...mint, step: 'machine_did' }), undefined, 'nothing follows the last step');
});

test('an approval lasts as long as its sum', () => {
  const approval = approvalOf({ names: ['mint', 'machine_did'], wei: 192n }, contracts);
  assert.ok(approval.covers(mint));
  const did = asked({ step: 'machine_did', function: batchAll, to: contracts.batchPrecompile, fee_wei: '73' });
  assert.ok(!approval.covers(did), 'one wei above what is left');
  assert.ok(approval.covers({ ...did, fee_wei: '72' }));
  assert.ok(!approval.covers({ ...did, fee_wei: '1' }));
});

test('an approval is for the functions and contracts of the plan alone', () => {
  const covers = (call) => approvalOf({ names: ['mint'], wei: 10n ** 30n }, contracts).covers(call);
  assert.ok(covers(mint));
  assert.ok(!covers({ ...mint, to: at('9') }));
  assert.ok(!covers({ ...mint, function: 'transfer(address,uint256)' }));
  assert.ok(!covers({ ...mint, step: 'register', function: 'register()', to: contracts.identityRegistry }));
  assert.ok(covers({ ...mint, value_wei: '5' }), 'value counts against the sum');
  assert.ok(!approvalOf({ names: ['mint'], wei: 10n ** 30n }, undefined).covers(mint));
});
