// Renewals of a selection: what is planned, what one approval covers, and what became of each.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Renewal } from '../../../web/src/rooms/renewal/renewal.mjs';
import { agreedActivation, agreedRenewals } from '../../../web/src/signing/agreed_calls.mjs';
import { describe } from '../../../web/src/signing/describe.mjs';
import { rolesOf } from '../../../web/src/signing/roles.mjs';

const at = (digit) => `0x${digit.repeat(40)}`;
const token = '0x0000000000000000000000000000000000000809';
const contracts = { machineSubscription: at('5'), machineStateAndSync: at('6') };
const asked = (changes) => ({
  ...{ name: 'approve', value_wei: '0', fee_wei: '10', balance_wei: '1000', currency: 'PEAQ', from: at('f') },
  ...changes,
});
const allow = (amount, changes) =>
  asked({
    step: 'approve_token',
    function: 'approve(address,uint256)',
    to: token,
    arguments: [
      ['spender', contracts.machineSubscription],
      ['amount', amount],
    ],
    ...changes,
  });
const renew = (id, changes) =>
  asked({
    step: 'machine_action',
    function: 'renew(uint256)',
    to: contracts.machineSubscription,
    arguments: [['machineId', id]],
    ...changes,
  });
const agreement = { name: 'agree', title: 'Renewal', rows: [], machine_ids: ['1', '2'], net_wei: '100', fee_wei: '30' };

test('an approval covers the named machines once each, the sum, and fees up to a limit', () => {
  const { covers } = agreedRenewals(agreement, contracts);
  assert.ok(!covers(allow('101')), 'more than was agreed to');
  assert.ok(!covers(allow('100', { to: at('9') })), 'another token');
  assert.ok(covers(allow('100')));
  assert.ok(!covers(allow('100')), 'once');
  assert.ok(!covers(renew('3')), 'another machine');
  assert.ok(!covers(renew('1', { to: at('9') })), 'another contract');
  assert.ok(!covers(renew('1', { value_wei: '1' })), 'coins beside');
  assert.ok(covers(renew('1')));
  assert.ok(!covers(renew('1')), 'once');
  assert.ok(!covers(renew('2', { fee_wei: '41' })), 'above twice the fees that were shown');
  assert.ok(covers(renew('2', { fee_wei: '40' })));
});

test('an activation that was agreed to covers its two transactions and no other', () => {
  const plan = {
    ...{ fees: '50', net_peaq_amount: '7', peaq_token: token, machine_type: 'Sensor', tier: 'entry' },
    ...{ controller: at('c'), manufacturer: at('d') },
  };
  const call = (changes) =>
    asked({
      step: 'activate',
      function:
        'activateMachine((string,address,(string,string,address,string)[],uint256[],(string,string,string)[]),string,bytes,address,uint8)',
      to: contracts.machineStateAndSync,
      arguments: Object.entries({
        ...{ machineType: 'Sensor', credentialSubject: '0x01', manufacturer: at('D'), tier: 'entry' },
        ...{ controller: at('c'), ...changes },
      }),
    });
  const { covers } = agreedActivation(plan, contracts);
  assert.ok(covers(allow('7')));
  assert.ok(!covers(call({ tier: 'pro' })));
  assert.ok(!covers(call({ controller: at('e') })));
  assert.ok(covers(call({})));
});

test('transactions of a subscription are sentences', () => {
  const context = { contracts, machineName: (id) => `Sensor ${id}` };
  const allowance = describe(allow('1500000000000000000'), context);
  assert.equal(allowance.headline, 'Allow peaqOS subscriptions to take 1.5 PEAQ');
  assert.ok(allowance.known);
  assert.equal(describe(renew('7'), context).headline, 'Renew the subscription of Sensor 7');
  assert.equal(describe(renew('7'), context).contract, 'peaqOS subscriptions');
  const suspension = { ...renew('7'), function: 'suspend(uint256)' };
  assert.equal(describe(suspension, context).headline, 'Suspend Sensor 7');
});

test('who signs, owns, pays and controls is said once for each account', () => {
  const [a, b] = [at('a'), at('b')];
  assert.deepEqual(rolesOf({ signs: a, owns: a, pays: a, controls: a }), [['Signs, owns, pays and controls', a]]);
  assert.deepEqual(rolesOf({ signs: a, owns: a, pays: a, controls: b }), [
    ['Signs, owns and pays', a],
    ['Controls', b],
  ]);
});

const machine = (id, status, changes) => ({
  ...{ machine_id: id, status, tier: 'entry', previous_period_end: '1', net_peaq_amount: '50' },
  ...changes,
});

/** A renewal whose core answers with `answers`, in order. */
function renewalWith(answers, ask = () => null) {
  const calls = [];
  const call = async (operation, request, options = {}) => {
    calls.push({ operation, ...request });
    const answer = answers[calls.length - 1];
    return typeof answer === 'function' ? answer(options) : answer;
  };
  const asks = [];
  const person = async (question) => {
    asks.push(question.name);
    return ask(question);
  };
  return { renewal: new Renewal(call, person, () => contracts), calls, asks };
}

test('a plan has the sum of what is due, and sends nothing; paying it asks nobody again', async () => {
  const planned = { machines: [machine('1', 'due'), machine('2', 'due'), machine('3', 'cannot', { error: {} })] };
  const { renewal, calls, asks } = renewalWith([
    planned,
    async ({ question, progress }) => {
      assert.equal(await question(agreement), 'y');
      assert.equal(await question(allow('100')), 'yes');
      assert.equal(await question(renew('1')), 'yes');
      progress({ name: 'bond', state: 'confirmed', machine_id: '1', tx_hash: '0x1' });
      assert.equal(await question(renew('2')), 'yes');
      progress({ name: 'bond', state: 'failed', machine_id: '2', reason: 'reverted' });
      return { machines: [machine('1', 'renewed'), machine('2', 'failed'), machine('3', 'cannot')] };
    },
  ]);
  await renewal.plan(['1', '2', '3']);
  assert.deepEqual([renewal.state, renewal.sum, renewal.due.length], ['planned', 100n, 2]);
  assert.equal(calls[0].dryRun, true);
  await renewal.pay();
  assert.equal(renewal.state, 'ended');
  assert.equal(renewal.outcomes.get('2').reason, 'reverted');
  assert.deepEqual(asks, []);
  assert.deepEqual(calls[1].machineIds, ['1', '2', '3']);
});

test('a plan that has become dearer is asked about, and may be declined', async () => {
  const { renewal, asks } = renewalWith(
    [
      { machines: [machine('1', 'due'), machine('2', 'due')] },
      async ({ question }) => {
        assert.equal(await question({ ...agreement, net_wei: '101' }), null);
        throw Object.assign(new Error('Aborted!'), { code: 'DECLINED' });
      },
    ],
    () => null,
  );
  await renewal.plan(['1', '2']);
  await renewal.pay();
  assert.deepEqual(asks, ['agree']);
  assert.equal(renewal.state, 'planned');
});

test('a plan that fails says why, and a lock forgets', async () => {
  const { renewal } = renewalWith([
    () => Promise.reject(Object.assign(new Error('no answer'), { kind: 'network', code: 'NO_ANSWER' })),
  ]);
  await renewal.plan(['1']);
  assert.equal(renewal.error.code, 'NO_ANSWER');
  assert.equal(renewal.due.length, 0);
  renewal.clear();
  assert.deepEqual([renewal.state, renewal.error], ['idle', undefined]);
});
