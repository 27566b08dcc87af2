// Subscriptions of machines of generation 2: each renewal is paid once, whatever happens on the way.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { killedAt } from '../support/kill_at.mjs';
import { newMachine2, newOperator2, operatorWithMachine2, periodEnd, read2 } from '../support/machines2.mjs';
import { startMeddler, withoutPolls } from '../support/meddler.mjs';
import { journal, newOperator, startWorld, transactionCount } from '../support/world.mjs';
import { operatorWithMachine } from '../support/machines.mjs';

const world = await startWorld();
const control = world.control.generation2;
const peaq = 10n ** 18n;
const BOND = (4n * peaq) / 10n;
const YEAR = 365 * 86_400;

const errorOf = ({ stdout }) => JSON.parse(stdout).error;
const renew = (id, ...more) => ['machine', 'subscription', 'renew', id, '-y', '--json', ...more];
const bondOf = async (id) => (await read2(world, 'MachineSubscription', 'subscriptions', BigInt(id))).bondedAmount;
const allowanceOf = (address) => read2(world, 'PeaqToken', 'allowance', address, world.addresses2.MachineSubscription);

async function placeOf(context, options) {
  const operator = await operatorWithMachine2(world, options);
  return { ...operator, cwd: scratch(context) };
}

testBoth('a renewal adds a period and a bond, and approves exactly that', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  const [end, sent] = [await periodEnd(world, id), await transactionCount(world, address)];
  const outcome = await run(command, renew(id), { env, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  const result = JSON.parse(outcome.stdout);
  assert.deepEqual(
    [result.status, result.action, result.method, result.machine_id, result.tier],
    ['confirmed', 'subscription_renew', 'renew', id, 'entry'],
  );
  assert.deepEqual(
    [result.bond_amount, result.credit, result.net_peaq_amount, result.bonded_amount],
    [String(BOND), '0', String(BOND), String(2n * BOND)],
  );
  assert.deepEqual([result.previous_period_end, result.period_end], [String(end), String(end + YEAR)]);
  assert.equal(await periodEnd(world, id), end + YEAR);
  assert.equal(await allowanceOf(address), 0n);
  assert.equal(await transactionCount(world, address), sent + 2);
  assert.deepEqual(
    journal(cwd).map(({ step, status, action }) => `${step} ${action ?? ''} ${status}`),
    [
      'approve_token  pending',
      'approve_token  confirmed',
      'machine_action subscription_renew pending',
      'machine_action subscription_renew confirmed',
    ],
  );
  assert.match(outcome.stderr, /To pay: +0\.4000 PEAQ\n/);
});

// Defect 1 of the reference: the next renewal is taken for the last one.
testBoth('a second renewal is a second one, and pays', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  const end = await periodEnd(world, id);
  for (const periods of [1, 2]) {
    const outcome = await run(command, renew(id), { env, cwd });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(await periodEnd(world, id), end + periods * YEAR);
  }
  assert.equal(await bondOf(id), 3n * BOND);
});

testBoth('a bonding reward pays a part of it', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  await control.grantBondingReward(address, BOND / 4n);
  const preview = await run(command, [...renew(id), '--dry-run'], { env, cwd });
  assert.equal(JSON.parse(preview.stdout).net_peaq_amount, String((BOND * 3n) / 4n));
  const outcome = await run(command, renew(id), { env, cwd });
  const result = JSON.parse(outcome.stdout);
  assert.deepEqual([result.credit, result.net_peaq_amount], [String(BOND / 4n), String((BOND * 3n) / 4n)]);
  await control.grantBondingReward(address, 5n * BOND);
  const free = JSON.parse((await run(command, renew(id), { env, cwd })).stdout);
  assert.deepEqual([free.status, free.net_peaq_amount], ['confirmed', '0']);
});

testBoth('a dry run signs and keeps nothing', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  const sent = await transactionCount(world, address);
  const outcome = await run(command, ['machine', 'subscription', 'renew', id, '--dry-run', '--json'], { env, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(
    [JSON.parse(outcome.stdout).status, JSON.parse(outcome.stdout).method],
    ['preview', 'renew(uint256)'],
  );
  assert.equal(await transactionCount(world, address), sent);
});

testBoth('what cannot be paid is refused before the approval', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  const sent = await transactionCount(world, address);
  const refused = async (words, code, exit) => {
    const outcome = await run(command, words, { env, cwd });
    assert.deepEqual([outcome.code, errorOf(outcome).code], [exit, code], outcome.stderr);
    assert.match(outcome.stderr, /Error: [^\n]+\n$/);
  };
  await refused(renew(id, '--tier', 'pro'), 'RENEWAL_TIER_UNSUPPORTED', 3);
  await refused(renew(id, '--slippage-bps', '50'), 'BAD_FIELD', 1);
  await refused(renew(id, '--payment', 'usdt'), 'BAD_FIELD', 1);
  await refused(renew(id, '--payment', 'usdt', '--slippage-bps', '50'), 'PROVISION_POOL_NOT_CONFIGURED', 2);
  await refused(['machine', 'subscription', 'activate', id, '--tier', 'entry', '-y', '--json'], 'ALREADY_ACTIVATED', 2);
  assert.equal(await transactionCount(world, address), sent);
  await world.rpc('anvil_setBalance', [address, `0x${(BOND / 2n).toString(16)}`]);
  await refused(renew(id), 'INSUFFICIENT_PEAQ', 2);
  assert.equal(await transactionCount(world, address), sent);
});

testBoth('the protocol may have no price, no bonds here, or a pause', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  for (const [spoil, mend, code, exit] of [
    [() => control.setPrice(0), () => control.setPrice(0.05), 'ORACLE_UNPRICED', 2],
    [() => control.setEconomicAuthority(false), () => control.setEconomicAuthority(true), 'NOT_ECONOMIC_AUTHORITY', 3],
    [() => control.setTechnicalPause(true), () => control.setTechnicalPause(false), 'TECHNICALLY_PAUSED', 2],
    [
      () => control.setTechnicalPause(true, BigInt(id)),
      () => control.setTechnicalPause(false, BigInt(id)),
      'TECHNICALLY_PAUSED',
      2,
    ],
  ]) {
    await spoil();
    try {
      const outcome = await run(command, renew(id), { env, cwd });
      assert.deepEqual([outcome.code, errorOf(outcome).code], [exit, code], outcome.stderr);
    } finally {
      await mend();
    }
  }
});

testBoth('a machine without a subscription gets one', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const credentialSubject = `0x${randomBytes(8).toString('hex')}`;
  const id = String(await control.onboardUnsubscribed(operator.address, { credentialSubject }));
  const early = await run(command, renew(id), place);
  assert.deepEqual([early.code, errorOf(early).code], [2, 'NOT_ACTIVATED']);
  await control.grantVoucher(operator.address, peaq);
  const words = ['machine', 'subscription', 'activate', id, '--tier', 'basic', '-y', '--json'];
  const outcome = await run(command, words, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const result = JSON.parse(outcome.stdout);
  assert.deepEqual(
    [result.tier, result.bond_amount, result.credit, result.net_peaq_amount],
    ['basic', String(20n * peaq), String(peaq), String(19n * peaq)],
  );
  const again = await run(command, words, place);
  assert.equal(errorOf(again).code, 'ALREADY_ACTIVATED');
});

testBoth('a price that rises after consent is not paid', async (command, context) => {
  const { id, env, cwd, address } = await placeOf(context);
  let raised = false;
  const meddler = await startMeddler(env.PEAQOS_RPC_URL, async (calls) => {
    // With the approval on its way, the price moves.
    if (raised || !calls.some(({ method }) => method === 'eth_sendRawTransaction')) return false;
    raised = true;
    await control.setPrice(0.04);
    return false;
  });
  context.after(() => meddler.stop());
  try {
    const outcome = await run(command, renew(id), { env: { ...env, PEAQOS_RPC_URL: meddler.url }, cwd });
    assert.deepEqual([outcome.code, errorOf(outcome).code], [2, 'QUOTE_MOVED'], outcome.stderr);
    assert.equal(await bondOf(id), BOND);
    assert.equal(await allowanceOf(address), BOND);
  } finally {
    await control.setPrice(0.05);
  }
  const again = await run(command, renew(id), { env, cwd });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await bondOf(id), 2n * BOND);
});

for (const when of ['before', 'after']) {
  test(`a renewal that is killed ${when} each of its requests is paid once [peaqos-native]`, async (context) => {
    for (let number = 1; ; ++number) {
      const { id, env, cwd } = await placeOf(context);
      const end = await periodEnd(world, id);
      const { first, second } = await killedAt(number, when, 'peaqos-native', renew(id), { cwd, env }, [
        'PEAQOS_RPC_URL',
      ]);
      const where = `killed ${when} request ${number}: ${second.stderr}`;
      assert.equal(second.code, 0, where);
      assert.equal(await periodEnd(world, id), end + YEAR, where);
      assert.equal(await bondOf(id), 2n * BOND, where);
      assert.deepEqual(JSON.parse(second.stdout).status, 'confirmed', where);
      const last = new Map(journal(cwd).map(({ tx_hash: hash, status }) => [hash, status]));
      assert.ok(![...last.values()].includes('pending'), where);
      if (first.signal !== 'SIGKILL') {
        assert.ok(number > 5, `${number} requests`);
        return;
      }
    }
  });
}

testBoth('a fleet is renewed where it is due, with one approval, and once', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const ids = [];
  for (let i = 0; i < 3; ++i) ids.push(await newMachine2(world, operator.address, { tier: i === 2 ? 1 : 0 }));
  const ends = await Promise.all(ids.map((id) => periodEnd(world, id)));
  const none = await run(command, ['machine', 'renew', '--all', '--before', '30d', '-y', '--json'], place);
  assert.equal(none.code, 0, none.stderr);
  assert.equal(JSON.parse(none.stdout).totals.due, '0');
  // One of them is renewed already.
  await run(command, renew(ids[0]), place);
  const words = ['machine', 'renew', '--all', '--before', '500d', '--json'];
  const preview = JSON.parse((await run(command, [...words, '--dry-run'], place)).stdout);
  assert.deepEqual([preview.status, preview.totals.due], ['preview', '2']);
  assert.equal(preview.totals.net_peaq_amount, String(BOND + 20n * peaq));
  const before = await transactionCount(world, operator.address);
  const outcome = await run(command, [...words, '-y'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const result = JSON.parse(outcome.stdout);
  assert.deepEqual([result.status, result.totals.renewed], ['confirmed', '2']);
  assert.equal(await transactionCount(world, operator.address), before + 3); // an approval and two renewals
  assert.deepEqual(
    await Promise.all(ids.map((id) => periodEnd(world, id))),
    ends.map((end) => end + YEAR),
  );
  const again = JSON.parse((await run(command, [...words, '-y'], place)).stdout);
  assert.deepEqual([again.totals.renewed, again.totals.due], ['0', '0']);
  assert.equal(await transactionCount(world, operator.address), before + 3);
});

test('a fleet whose renewal is killed at each request is paid once [peaqos-native]', async (context) => {
  for (let number = 2; ; ++number) {
    const operator = await newOperator2(world);
    const cwd = scratch(context);
    const ids = [await newMachine2(world, operator.address), await newMachine2(world, operator.address)];
    const ends = await Promise.all(ids.map((id) => periodEnd(world, id)));
    const words = ['machine', 'renew', '--all', '--before', '370d', '-y', '--json'];
    const place = { cwd, env: operator.env };
    const { first, second } = await killedAt(number, 'after', 'peaqos-native', words, place, ['PEAQOS_RPC_URL']);
    const where = `killed after request ${number}: ${second.stderr}`;
    assert.equal(second.code, 0, where);
    assert.deepEqual(
      await Promise.all(ids.map((id) => periodEnd(world, id))),
      ends.map((end) => end + YEAR),
      where,
    );
    if (first.signal !== 'SIGKILL') break;
  }
});

testBoth('the calendar tells what runs out when', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const id = await newMachine2(world, operator.address);
  const end = await periodEnd(world, id);
  const outcome = await run(command, ['machine', 'calendar', '--json'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const calendar = JSON.parse(outcome.stdout);
  assert.deepEqual(calendar.machines, [
    {
      machine_id: id,
      tier: 'entry',
      subscription: 'active',
      period_end: String(end),
      bond_lost_from: String(end + 30 * 86_400),
      over: String(end + 90 * 86_400),
      days_left: calendar.machines[0].days_left,
      bonded_amount: String(BOND),
    },
  ]);
  const ics = (await run(command, ['machine', 'calendar', '--ics'], place)).stdout;
  assert.equal(ics.match(/^BEGIN:VEVENT\r$/gm).length, 3);
  assert.equal(ics.match(/^BEGIN:VALARM\r$/gm).length, 1);
  assert.ok(ics.split('\r\n').every((line) => line.length <= 75));
  assert.ok(ics.replaceAll('\r\n ', '').includes(`UID:period-end-${id}@peaqos\r\n`));
  const text = (await run(command, ['machine', 'calendar', '--machine', id], place)).stdout;
  assert.match(text, /^Ends +Days +Now +Tier +Bonded /);
});

test('a thousand machines take few requests [peaqos-native]', async (context) => {
  const operator = await newOperator2(world, { balance: 10_000n * peaq });
  await control.addMachines(operator.address, 1000);
  const node = await startMeddler(operator.env.PEAQOS_RPC_URL);
  const api = await startMeddler(operator.env.PEAQOS_MCR_API_URL);
  context.after(() => Promise.all([node.stop(), api.stop()]));
  const env = { ...operator.env, PEAQOS_RPC_URL: node.url, PEAQOS_MCR_API_URL: api.url };
  const outcome = await run('peaqos-native', ['machine', 'status', 'all', '--json'], { env, cwd: scratch(context) });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(outcome.stdout.trim().split('\n').length, 1000);
  const count = withoutPolls(node.requests).length + api.requests.length;
  assert.ok(count <= 25, `${count} requests`);
});

testBoth('the move of a machine to generation 2 is planned, and nothing spent', async (command, context) => {
  const old = await operatorWithMachine(world, context, command);
  const before = await transactionCount(world, old.address);
  const words = ['migrate', 'plan', old.did, '--machine-type', 'Sensor'];
  const outcome = await run(command, [...words, '--json'], { env: old.env, cwd: old.cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  const plan = JSON.parse(outcome.stdout);
  assert.equal(plan.from.machine_id, old.id);
  assert.deepEqual([plan.bond_amount, plan.already_active, plan.tier], [String(BOND), false, 'entry']);
  assert.equal(plan.credential_subject, old.address.toLowerCase());
  const document = JSON.parse(plan.did_document);
  assert.equal(document.verificationMethods[0].publicKeyMultibase, old.address);
  assert.ok(document.serviceEndpoints.some(({ serviceEndpoint }) => serviceEndpoint === 'https://example.com/docs'));
  assert.deepEqual(plan.command.slice(0, 2), ['peaqos', 'activate']);
  const text = await run(command, words, { env: old.env, cwd: old.cwd });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /peaqos activate --machine-type Sensor --credential-subject-hex 0x\w{40} /);
  const other = await run(
    command,
    [...words.slice(0, 4), 'Robot', '--credential-subject-hex', '0x01', '--tier', 'pro'],
    {
      env: old.env,
      cwd: old.cwd,
    },
  );
  assert.equal(other.code, 0, other.stderr); // the document is the same
  const stranger = await newOperator(world);
  const nothing = await run(command, ['migrate', 'plan', stranger.did, '--machine-type', 'Sensor', '--json'], {
    env: old.env,
    cwd: old.cwd,
  });
  assert.deepEqual([nothing.code, errorOf(nothing).code], [2, 'MACHINE_NOT_FOUND']);
  assert.equal(await transactionCount(world, old.address), before);
});
