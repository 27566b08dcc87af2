// What an activation would do and cost, asked before it starts.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, PeaqosError } from '@peaqos/core';
import { newKey } from '../../tests/support/market.mjs';
import { newOperator, startWorld, transactionCount } from '../../tests/support/world.mjs';

const world = await startWorld();
const bond = 10n ** 18n;
const request = { docUrl: 'https://example.com/docs', dataApi: 'https://example.com/events' };

const missing = () => {
  throw Object.assign(new Error('no file'), { failure: 'missing' });
};
const clientOf = ({ env }) => createClient({ env, readFile: missing, appendFile: () => {} });
const states = ({ steps }) => Object.fromEntries(steps.map(({ name, state }) => [name, state]));
const sum = (amounts) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);
const balanceOf = async ({ address }) => BigInt(await world.rpc('eth_getBalance', [address, 'latest']));

test('a plan says what is due and what it costs, and is what the activation then takes', async () => {
  const operator = await newOperator(world);
  const client = clientOf(operator);
  const plan = await client.planActivation(request);
  assert.deepEqual(states(plan), {
    balance: 'due',
    two_factor: 'omitted',
    fund: 'omitted',
    register: 'due',
    mint: 'due',
    machine_did: 'due',
  });
  assert.equal(plan.currency, 'PEAQ');
  assert.equal(plan.machine, null);
  const sent = plan.steps.filter(({ feeWei }) => feeWei !== undefined);
  assert.deepEqual(
    sent.map(({ name, payer, valueWei, estimated }) => [name, payer, valueWei, estimated]),
    [
      ['register', 'operator', String(bond), true],
      ['mint', 'operator', '0', false], // there is no machine to mint for yet
      ['machine_did', 'operator', '0', true],
    ],
  );
  for (const { gas, feeWei } of sent) assert.equal(BigInt(feeWei), BigInt(gas) * BigInt(plan.gasPriceWei));
  assert.equal(BigInt(plan.totalWei), bond + sum(sent.map(({ feeWei }) => feeWei)));
  assert.deepEqual(plan.operator, {
    address: operator.address,
    balanceWei: String(await balanceOf(operator)),
    needsWei: plan.totalWei,
    missingWei: '0',
  });
  assert.equal(await transactionCount(world, operator.address), 0, 'a plan sends nothing');

  const before = await balanceOf(operator);
  await client.activate(request);
  const spent = before - (await balanceOf(operator));
  assert.ok(spent > bond && spent <= BigInt(plan.totalWei), `${spent} of ${plan.totalWei}`);

  const after = await client.planActivation(request);
  assert.deepEqual([after.totalWei, states(after).register, states(after).machine_did], ['0', 'done', 'done']);
  // What is not given is as the DID has it; what is given otherwise is written.
  assert.equal(states(await client.planActivation()).machine_did, 'done');
  const moved = await client.planActivation({ ...request, docUrl: 'https://example.com/elsewhere' });
  assert.deepEqual([states(moved).machine_did, states(moved).mint], ['due', 'done']);
});

test('in proxy mode each account has its own part, and the machine’s key is not needed', async () => {
  const operator = await newOperator(world);
  const client = clientOf(operator);
  const machine = newKey();
  const refused = await client.planActivation({ for: machine.address }).catch((error) => error);
  assert.ok(refused instanceof PeaqosError);
  assert.deepEqual([refused.kind, refused.code], ['network', 'OPERATOR_NOT_REGISTERED']);
  await client.activate(request);

  const plan = await client.planActivation({ for: machine.address });
  assert.deepEqual(states(plan), {
    balance: 'due',
    two_factor: 'due',
    fund: 'due',
    register: 'due',
    mint: 'due',
    machine_did: 'due',
    proxy_did: 'due',
  });
  assert.deepEqual([plan.machine.address, plan.machine.balanceWei], [machine.address, '0']);
  assert.equal(plan.machine.missingWei, plan.machine.needsWei);
  assert.equal(plan.machine.needsWei, plan.steps.find(({ name }) => name === 'machine_did').feeWei);
  assert.equal(BigInt(plan.totalWei), BigInt(plan.machine.needsWei) + BigInt(plan.operator.needsWei));
});

test('bad fields of a plan are refused', async () => {
  const operator = await newOperator(world);
  for (const [fields, code] of [
    [{ for: '0x12' }, 'BAD_FIELD'],
    [{ for: operator.address }, 'BAD_FIELD'],
    [{ machineKey: new Uint8Array(32) }, 'UNKNOWN_FIELD'],
  ]) {
    const error = await clientOf(operator)
      .planActivation(fields)
      .catch((thrown) => thrown);
    assert.deepEqual([error.kind, error.code], ['input', code]);
  }
});
