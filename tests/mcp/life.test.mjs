// A machine's whole life through the Model Context Protocol, on the devnet: with a person who agrees, and with one who does not.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marketOf } from '../../devnet/test/market_client.mjs';
import { scratch } from '../support/commands.mjs';
import { file, marketEnv, newKey, tokensOf } from '../support/market.mjs';
import { env2, read2 } from '../support/machines2.mjs';
import { newWallet } from '../support/wallets.mjs';
import { eventCount, journal, newOperator, startWorld, transactionCount } from '../support/world.mjs';
import { carryOut, connect, person, succeed, withPolicy } from './client.mjs';

const world = await startWorld({ generations: [1, 2] });
const urls = { doc_url: 'https://example.com/docs', data_api: 'https://example.com/events' };
const revenue = (machine_id, more = {}) => ({ machine_id, type: 'revenue', value: 125, ts: '1776945600', ...more });
const market = { display_name: 'rover-014', owner_id: 'op_xyz', machine_type: 'rover', runtime_profile: 'agent' };

// Tools that have succeeded; `doctor` is one although it ends with the code of the worst that it finds.
const answered = new Set(['doctor']);
const keep = (...servers) => servers.forEach((server) => server.answered.forEach((name) => answered.add(name)));

const env1 = (_, operator) => operator.env;

/** An operator whose key is a wallet: {operator, cwd, env}. `settings` gives the variables of its generation. */
async function walletOperator(context, settings = env1) {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const wallet = await newWallet(cwd, operator.key, 'operator', 'peaqos');
  const { PEAQOS_PRIVATE_KEY: _key, ...env } = { ...settings(world, operator), ...marketEnv(world), ...wallet };
  return { operator, cwd, env };
}

test('a person agrees to each step of a life', async (context) => {
  const { operator, cwd, env } = await walletOperator(context);
  const { shown, consent } = person(true);
  const settings = { cwd, env: { ...env, ...withPolicy(cwd) }, consent };
  const server = await connect(context, settings);
  const { call } = server;

  assert.equal((await succeed(call('whoami'))).result.address, operator.address);
  assert.ok((await call('doctor')).result.findings.length > 5);
  await succeed(call('wallet_list'));
  await succeed(call('wallet_show', { name_or_id: 'operator' }));

  const messages = [];
  const { plan_id, plan } = await succeed(call('activate', urls));
  assert.equal(plan.signer, operator.address);
  assert.ok(plan.transactions.length >= 3);
  assert.equal(await transactionCount(world, operator.address), 0, 'a plan sends nothing');
  const onprogress = ({ progress, total, message }) => messages.push([progress, total, message]);
  const activated = await succeed(call('confirm_plan', { plan_id }, { onprogress }));
  const id = activated.result.machineId;
  assert.match(shown.at(-1), /peaqos activate --json/);
  assert.match(shown.at(-1), /It spends:\n- 1 /);
  assert.ok(
    messages.every(([progress], i) => i === 0 || progress > messages[i - 1][0]),
    JSON.stringify(messages),
  );
  assert.ok(messages.some(([, total, message]) => total === 6 && message.startsWith('[4/6] ')));

  file(cwd, 'reading.json', '{"kwh":4}', 0o644);
  await succeed(carryOut(server, 'qualify_event', revenue(id, { raw_data: 'reading.json' })));
  assert.match(shown.at(-1), /reading\.json, SHA-256 [0-9a-f]{64}/);
  const lines = [1, 2, 3].map((n) =>
    JSON.stringify({ machine_id: id, type: 'activity', value: n, ts: 1776945600 + n }),
  );
  file(cwd, 'day.jsonl', `${lines.join('\n')}\n`, 0o644);
  const day = await succeed(carryOut(server, 'qualify_events', { file: 'day.jsonl' }));
  assert.deepEqual(
    day.result.map(({ status }) => status),
    ['confirmed', 'confirmed', 'confirmed'],
  );
  assert.equal(await eventCount(world, id), 4);

  assert.equal((await succeed(call('qualify_mcr', { did: [operator.did] }))).result[0].did, operator.did);
  await succeed(call('show_machine', { did: operator.did }));
  await succeed(call('show_operator_machines', { did: operator.did }));

  const onboarded = await succeed(carryOut(server, 'scale_machine_onboard', { identity_ref: operator.did, ...market }));
  const machine = onboarded.result;
  await succeed(call('scale_machine_list'));
  await succeed(call('scale_machine_status', { machine_id: machine.id }));

  // An agent is paired by a person, who then grants its token to the server.
  const agent = newKey();
  const pairing = await marketOf(world).pair(machine, { account: agent });
  await world.control.market.fund(agent.address, '3');
  await world.rpc('anvil_setBalance', [agent.address, '0x8ac7230489e80000']);
  file(cwd, 'agent.token', `${pairing.token}\n`);
  const wallet = await newWallet(cwd, agent.key, 'buyer', 'peaqos');
  const buyer = await connect(context, {
    ...settings,
    env: { ...settings.env, ...wallet },
    words: ['--pairing-token-file', 'agent.token'],
  });
  const search = await succeed(
    buyer.call('scale_search', {
      machine_id: machine.id,
      service_type: 'oracle.price-feed',
      agent_pairing_id: pairing.id,
    }),
  );
  assert.ok(search.result.quotes.length > 0);
  const before = await tokensOf(world, agent.address);
  const order = { service_id: 'svc_price_signed', machine_id: machine.id, agent_pairing_id: pairing.id };
  assert.equal((await buyer.call('scale_order', order)).error.code, 'NO_BUDGET');
  const budget = { budget_amount: 2, budget_currency: 'USD' };
  const placed = await succeed(carryOut(buyer, 'scale_order', { ...order, ...budget }));
  assert.equal(before - (await tokensOf(world, agent.address)), 1_500_000n);
  assert.match(shown.at(-1), /"budget":\{[^}]*\b2\b[^}]*USD/);
  const { id: orderId } = placed.result.order;
  await succeed(buyer.call('scale_order_status', { order_id: orderId }));
  await succeed(buyer.call('scale_order_list', { machine_id: machine.id }));
  const disputed = await succeed(
    carryOut(buyer, 'scale_order_dispute', { order_id: orderId, reason: 'prices are a day old' }),
  );
  assert.equal(disputed.result.order.status, 'disputed');

  await succeed(call('policy_show'));
  const tried = await succeed(call('policy_test', { command: ['activate', '--doc-url', urls.doc_url] }));
  assert.equal(tried.result.verdict, 'allowed', JSON.stringify(tried.result));
  keep(server, buyer);
});

/** The id of a machine of the operator that has no subscription yet. */
const unsubscribed = async ({ address }) =>
  String(await world.control.generation2.onboardUnsubscribed(address, { credentialSubject: `${address}01` }));

test('a machine of generation 2 lives by tools too', async (context) => {
  const { operator, cwd, env } = await walletOperator(context, env2);
  const { shown, consent } = person(true);
  const server = await connect(context, { cwd, env: { ...env, ...withPolicy(cwd) }, consent });
  const { call } = server;
  const about = { machine_type: 'Sensor', credential_subject_hex: operator.address };

  const { machine_id } = (await succeed(call('machine_id', about))).result;
  const activated = await succeed(carryOut(server, 'activate', { ...about, ...urls }));
  assert.equal(activated.result.machine_id, machine_id);
  assert.match(shown.at(-1), /It spends:\n- /);
  assert.equal((await succeed(call('machine_status', { machine_id: [machine_id] }))).result.owner, operator.address);
  await succeed(call('machine_calendar'));

  const isPaused = () => read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(machine_id));
  const before = await transactionCount(world, operator.address);
  const { plan_id, plan } = await succeed(call('machine_suspend', { machine_id }));
  assert.equal(plan.transactions.length, 1, 'a plan names what it sends');
  assert.equal(await transactionCount(world, operator.address), before);
  await succeed(call('confirm_plan', { plan_id }));
  assert.equal(await isPaused(), true);
  await succeed(carryOut(server, 'machine_resume', { machine_id }));
  assert.equal(await isPaused(), false);
  for (const [name, input] of [
    ['machine_subscription_renew', { machine_id }],
    ['machine_renew', { machine: [machine_id], before: '800d' }],
    ['machine_subscription_activate', { machine_id: await unsubscribed(operator), tier: 'basic' }],
  ]) {
    const { plan_id: id, plan: renewal } = await succeed(call(name, input));
    assert.ok(renewal.transactions.length > 0, `${name} names what it sends`);
    await succeed(call('confirm_plan', { plan_id: id }));
  }
  const services = [{ id: '#docs', serviceType: 'Documentation', serviceEndpoint: 'https://example.com/new' }];
  file(cwd, 'services.json', JSON.stringify(services), 0o644);
  await succeed(carryOut(server, 'machine_did_set-services', { machine_id, file: 'services.json' }));
  await succeed(carryOut(server, 'machine_did_set-authentication', { machine_id, clear: true }));
  const shownDid = await succeed(call('machine_did_show', { machine_id }));
  assert.equal(shownDid.result.service_endpoints[0].service_endpoint, services[0].serviceEndpoint);

  assert.equal((await succeed(call('monetize_status', { machine_id }))).result.status, 'PENDING');
  assert.equal((await succeed(carryOut(server, 'monetize_opt-in', { machine_id }))).result.status, 'OPTED_IN');
  await new Promise((resolve) => setTimeout(resolve, 1100)); // a later choice has a later second
  assert.equal((await succeed(carryOut(server, 'monetize_opt-out', { machine_id }))).result.status, 'OPTED_OUT');

  const older = await walletOperator(context);
  const former = await connect(context, { ...older, env: { ...older.env, ...withPolicy(older.cwd) }, consent });
  await succeed(carryOut(former, 'activate', urls));
  const moved = await succeed(carryOut(former, 'migrate_plan', { did: older.operator.did, machine_type: 'Sensor' }));
  assert.deepEqual(moved.result.command.slice(0, 2), ['peaqos', 'activate']);
  keep(server, former);
});

test('each tool has succeeded at least once, with an answer that fits its schema', async (context) => {
  const { cwd, env } = await walletOperator(context);
  const { client } = await connect(context, { cwd, env });
  const { tools } = await client.listTools();
  const missing = tools.map(({ name }) => name).filter((name) => !answered.has(name));
  assert.deepEqual(missing, []);
});

test('a person who declines has spent nothing, and the plan is used up', async (context) => {
  const { operator, cwd, env } = await walletOperator(context);
  const { shown, consent } = person(false);
  const server = await connect(context, { cwd, env: { ...env, ...withPolicy(cwd) }, consent });
  const { plan_id } = await succeed(server.call('activate', urls));
  const refused = await server.call('confirm_plan', { plan_id });
  assert.equal(refused.error.code, 'DECLINED');
  assert.equal(refused.error.sent, 'nothing');
  assert.equal(shown.length, 1);
  assert.equal((await server.call('confirm_plan', { plan_id })).error.code, 'PLAN_USED');
  assert.equal(shown.length, 1, 'a plan that is used up is asked about no more');
  assert.equal(await transactionCount(world, operator.address), 0);
  assert.throws(() => journal(cwd), 'nothing was signed');
});

test('a policy that .env alone names is one', async (context) => {
  const { operator, cwd, env } = await walletOperator(context);
  const { consent } = person(true);
  const { PEAQOS_POLICY: path } = withPolicy(scratch(context));
  file(cwd, '.env', `PEAQOS_POLICY=${path}\n`);
  const server = await connect(context, { cwd, env, consent });
  await succeed(carryOut(server, 'activate', urls));
  assert.ok((await transactionCount(world, operator.address)) > 0);
});

test('a policy that cannot be used is none', async (context) => {
  const { cwd, env } = await walletOperator(context);
  file(cwd, 'peaqos-policy.json', '{"version": 1, "operatoins": []}\n');
  const server = await connect(context, { cwd, env, consent: person(true).consent });
  const { plan_id } = await succeed(server.call('activate', urls));
  const refused = await server.call('confirm_plan', { plan_id });
  assert.equal(refused.error.code, 'NO_POLICY');
  assert.match(refused.error.message, /operatoins/);
});

test('without a policy the server reads and plans, and spends nothing', async (context) => {
  const { operator, cwd, env } = await walletOperator(context);
  const { shown, consent } = person(true);
  for (const more of [{}, { PEAQOS_POLICY: 'missing.json' }]) {
    const server = await connect(context, { cwd, env: { ...env, ...more }, consent });
    const { plan_id } = await succeed(server.call('activate', urls));
    const refused = await server.call('confirm_plan', { plan_id });
    assert.equal(refused.error.code, 'NO_POLICY');
    assert.equal(refused.exit_code, 3);
  }
  assert.deepEqual(shown, []);
  assert.equal(await transactionCount(world, operator.address), 0);
});
