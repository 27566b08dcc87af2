// What an activation asks for and costs, on contracts of either generation.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@peaqos/core';
import { newOperator2 } from '../../tests/support/machines2.mjs';
import { newOperator, startWorld, transactionCount } from '../../tests/support/world.mjs';

const world = await startWorld({ generations: [1, 2] });
const missing = () => {
  throw Object.assign(new Error('no file'), { failure: 'missing' });
};
const clientOf = ({ env }) => createClient({ env, readFile: missing, appendFile: () => {} });
const requiredOf = ({ fields }) => fields.filter(({ required }) => required).map(({ name }) => name);

test('the first generation wants URLs, and has no tiers', async () => {
  const terms = await clientOf(await newOperator(world)).activationTerms();
  assert.equal(terms.deployment.generation, 1);
  assert.deepEqual(requiredOf(terms), ['docUrl', 'dataApi']);
  assert.deepEqual(terms.tiers, []);
  assert.equal(terms.steps.length, 6);
});

test('the second wants a type, and has tiers with prices', async () => {
  const terms = await clientOf(await newOperator2(world)).activationTerms();
  assert.equal(terms.deployment.generation, 2);
  assert.deepEqual(requiredOf(terms), ['machineType']);
  assert.deepEqual(
    terms.tiers.map(({ name }) => name),
    ['entry', 'basic', 'pro'],
  );
  assert.ok(terms.tiers.every(({ bondWei }) => BigInt(bondWei) > 0n));
  assert.deepEqual(terms.steps.slice(-2), ['approve_token', 'activate']);
});

test('a plan of the second generation says who does what, costs what the terms say, and sends nothing', async () => {
  const operator = await newOperator2(world);
  const client = clientOf(operator);
  const { tiers } = await client.activationTerms();
  const request = { machineType: 'Sensor', credentialSubjectHex: '0x0102' };
  const plan = await client.planActivation(request);
  assert.equal(plan.bondWei, tiers[0].bondWei);
  assert.deepEqual(new Set(Object.values(plan.roles)), new Set([operator.address]));
  assert.deepEqual(
    plan.steps.map(({ name, state }) => `${name} ${state}`),
    ['approve_token due', 'activate due'],
  );
  assert.equal(plan.operator.needsWei, plan.totalWei);
  assert.equal(plan.machine, null);
  assert.equal(await transactionCount(world, operator.address), 0);

  // Without its key: the machine owns itself then, and pays.
  const machine = `0x${'a1'.repeat(20)}`;
  const itself = await client.planActivation({ ...request, for: machine });
  assert.equal(itself.operator, null);
  assert.equal(itself.machine.address.toLowerCase(), machine);
  assert.equal(itself.roles.owns, itself.machine.address);
  assert.equal(itself.roles.controls, operator.address);
  assert.equal(itself.machine.missingWei, itself.totalWei);

  await client.activate({ ...request, yes: true });
  const after = await client.planActivation(request);
  assert.deepEqual([after.totalWei, after.steps.at(-1).state], ['0', 'done']);
});
