// --plan and the policy for commands that change machines of generation 2: what is planned is what is sent, and a policy
// that bounds amounts, machines and recipients knows these calls.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { newMachine2, newOperator2, operatorWithMachine2, read2 } from '../support/machines2.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld({ generations: [2] });
const peaq = 10n ** 18n;
const BOND = (4n * peaq) / 10n;
const other = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

async function placeOf(context, options) {
  const operator = await operatorWithMachine2(world, options);
  return { ...operator, cwd: scratch(context) };
}

async function planOf(command, words, place) {
  const outcome = await run(command, ['machine', ...words, '--plan', '--json'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  return JSON.parse(outcome.stdout).plan;
}

testBoth('every change of a machine has a plan, and sends nothing with it', async (command, context) => {
  const place = await placeOf(context);
  const { id, address, cwd } = place;
  const sent = await transactionCount(world, address);
  writeFileSync(
    join(cwd, 'methods.json'),
    JSON.stringify([{ id: '#k', methodType: 'T', controller: address, publicKeyMultibase: 'z6' }]),
  );
  writeFileSync(
    join(cwd, 'services.json'),
    JSON.stringify([{ id: '#d', serviceType: 'Docs', serviceEndpoint: 'https://example.com/d' }]),
  );
  for (const [words, step, contract, called] of [
    [['suspend', id], 'suspend', 'MachineStateAndSync', { machineId: id }],
    [['approve', id, other], 'approve', 'MachineRegistry', { to: other, value: id }],
    [['approve-all', other, '--allow'], 'setApprovalForAll', 'MachineRegistry', { operator: other, allowed: true }],
    [['transfer', id, other], 'safeTransferFrom', 'MachineRegistry', { from: address, to: other, machineId: id }],
    [['did', 'set-controller', id, other], 'setController', 'MachineRegistry', { machineId: id, controller: other }],
    [['did', 'clear-controller', id], 'setController', 'MachineRegistry', { machineId: id }],
    [['did', 'set-verification-methods', id, '--file', 'methods.json'], 'setVerificationMethods', 'MachineRegistry'],
    [['did', 'set-services', id, '--file', 'services.json'], 'setServiceEndpoints', 'MachineRegistry'],
  ]) {
    const plan = await planOf(command, words, place);
    assert.equal(
      plan.command,
      `machine ${words.filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('--')).join(' ')}`,
    );
    assert.deepEqual([plan.signer, plan.chain_id, plan.transactions.length], [address, 31338, 1], words.join(' '));
    const [transaction] = plan.transactions;
    assert.equal(transaction.function.split('(')[0], step);
    assert.deepEqual([transaction.step, transaction.contract, transaction.value], ['machine_action', contract, '0']);
    assert.ok(transaction.estimated && BigInt(transaction.max_fee) > 0n);
    const named = Object.fromEntries(transaction.arguments.map(({ name, value }) => [name, value]));
    assert.deepEqual({ ...named, ...called }, named, words.join(' '));
  }
  const none = await planOf(command, ['resume', id], place);
  assert.deepEqual([none.transactions, none.sums], [[], {}]);
  assert.ok(none.reads.some(({ name }) => name === 'is_so_already'));
  const refused = await run(command, ['machine', 'approve', id, address, '--plan', '--json'], place);
  assert.equal(refused.code, 1, refused.stderr);
  assert.equal(await transactionCount(world, address), sent);
  assert.equal(existsSync(join(cwd, 'peaqos.log')), false);
  const text = await run(command, ['machine', 'suspend', id, '--plan'], place);
  assert.match(text.stdout, /^Plan of 'peaqos machine suspend'; nothing was sent\.\n/);
});

testBoth('bonds have plans with their sum, and what was planned is paid', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const ids = [await newMachine2(world, operator.address), await newMachine2(world, operator.address)];
  const one = await planOf(command, ['subscription', 'renew', ids[0]], place);
  assert.deepEqual(
    one.transactions.map(({ step, function: called }) => [step, called]),
    [
      ['approve_token', 'approve(address,uint256)'],
      ['machine_action', 'renew(uint256)'],
    ],
  );
  assert.equal(one.sums['bond in PEAQ'].value, String(BOND));
  const idle = await planOf(command, ['renew', '--all', '--before', '1d'], place);
  assert.deepEqual([idle.command, idle.transactions], ['machine renew', []]);
  const all = await planOf(command, ['renew', '--all', '--before', '500d'], place);
  assert.equal(all.transactions.length, 3);
  assert.equal(all.sums['bond in PEAQ'].value, String(2n * BOND));
  const before = await transactionCount(world, operator.address);
  const done = await run(command, ['machine', 'renew', '--all', '--before', '500d', '-y', '--json'], place);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(JSON.parse(done.stdout).totals.net_peaq_amount, all.sums['bond in PEAQ'].value);
  assert.equal(await transactionCount(world, operator.address), before + 3);
  const poor = await newOperator2(world, { balance: 10n ** 15n });
  const stranger = await run(command, ['machine', 'subscription', 'renew', ids[0], '--plan', '--json'], {
    env: poor.env,
    cwd: place.cwd,
  });
  assert.equal(JSON.parse(stranger.stdout).error.code, 'NOT_OWNER_OR_CONTROLLER');
});

function allow(cwd, rules) {
  writeFileSync(join(cwd, 'peaqos-policy.json'), JSON.stringify({ version: 1, ...rules }), { mode: 0o600 });
}

testBoth('a policy bounds what bonds may take, and which machines change hands', async (command, context) => {
  const place = await placeOf(context);
  const { id, address, cwd } = place;
  const words = ['machine', 'subscription', 'renew', id, '-y', '--json'];
  const sent = await transactionCount(world, address);
  const refused = async (rules, line, rule) => {
    allow(cwd, rules);
    const outcome = await run(command, line, place);
    assert.equal(outcome.code, 1, outcome.stderr);
    const { error } = JSON.parse(outcome.stdout);
    assert.equal(error.code, 'POLICY_REFUSED', error.message);
    assert.ok(error.message.includes(rule), error.message);
  };
  await refused({ amounts: { PEAQ: { perTransaction: '0.3' } } }, words, 'amounts.PEAQ.perTransaction is 0.3 PEAQ');
  await refused({ machines: ['7'] }, ['machine', 'suspend', id, '-y', '--json'], `machines does not name ${id}`);
  await refused({ recipients: [address] }, ['machine', 'transfer', id, other, '-y', '--json'], other);
  await refused({ recipients: [address] }, ['machine', 'approve', id, other, '-y', '--json'], other);
  await refused({ machines: [id] }, ['machine', 'approve-all', other, '--allow', '-y', '--json'], 'every machine of');
  assert.equal(await transactionCount(world, address), sent);
  // The rules that name them let them pass; the bond counts once, as the approval that it is taken out of.
  allow(cwd, { amounts: { PEAQ: { perDay: '0.5' } }, fees: { PEAQ: {} } });
  const paid = await run(command, words, place);
  assert.equal(paid.code, 0, paid.stderr);
  await refused({ amounts: { PEAQ: { perDay: '0.5' } } }, words, '0.4 PEAQ of it spent');
  allow(cwd, { machines: [id], amounts: { PEAQ: { perDay: '0.5' } } });
  const suspended = await run(command, ['machine', 'suspend', id, '-y', '--json'], place);
  assert.equal(suspended.code, 0, suspended.stderr);
  const approved = await run(command, ['machine', 'approve', id, other, '-y', '--json'], place);
  assert.equal(approved.code, 0, approved.stderr);
  assert.equal(await read2(world, 'MachineRegistry', 'getApproved', BigInt(id)), other);
});

testBoth('an activation passes where its bond does, and names its machine', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const words = ['activate', '--machine-type', 'Sensor', '--skip-funding', '--yes', '--json'];
  allow(place.cwd, { machines: ['7'] });
  const refused = await run(command, words, place);
  assert.equal(JSON.parse(refused.stdout).error.code, 'POLICY_REFUSED', refused.stderr);
  allow(place.cwd, { operations: ['activate'], amounts: { PEAQ: { perTransaction: '0.4', perDay: '0.4' } } });
  const done = await run(command, words, place);
  assert.equal(done.code, 0, done.stderr);
});
