// The MCR API about machines of generation 2, and their part in monetisation.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { newMachine2, newOperator2, operatorWithMachine2 } from '../support/machines2.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const control = world.control.generation2;
const env = { PEAQOS_MCR_API_URL: world.urls.mcr };
const unknown = 'did:peaq:37222119991172734666417834614057038604272620479060376051357544533066358509356';
const errorOf = ({ stdout }) => JSON.parse(stdout).error;

const operator = await operatorWithMachine2(world);
const did = `did:peaq:${operator.id}`;

testBoth('a rating of a decimal DID', async (command, context) => {
  const place = { cwd: scratch(context), env };
  const outcome = await run(command, ['qualify', 'mcr', did, '--json'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const mcr = JSON.parse(outcome.stdout);
  assert.deepEqual([mcr.did, mcr.machine_id, mcr.bond_status, mcr.home_chain], [did, operator.id, 'bonded', 1]);
  const text = await run(command, ['qualify', 'mcr', did], place);
  assert.match(text.stdout, /Home Chain: +1\n/);
});

testBoth('the profile of a decimal DID', async (command, context) => {
  const place = { cwd: scratch(context), env };
  const outcome = await run(command, ['show', 'machine', did, '--json'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const { peaqos } = JSON.parse(outcome.stdout);
  assert.deepEqual([peaqos.owner, peaqos.controller, peaqos.operator], [operator.address, operator.address, null]);
  const text = await run(command, ['show', 'machine', did], place);
  assert.match(text.stdout, /Owner +: +0x/);
  assert.match(text.stdout, /Operator +: +not designated\n/);
});

testBoth('a machine without a rating says why', async (command, context) => {
  const owner = await newOperator2(world);
  const credentialSubject = owner.key;
  const id = String(await control.onboardUnsubscribed(owner.address, { credentialSubject }));
  const outcome = await run(command, ['qualify', 'mcr', `did:peaq:${id}`], { cwd: scratch(context), env });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stdout, /Unrated: +the subscription is not activated\n/);
});

testBoth('an operator has machines of both generations', async (command, context) => {
  const both = await newOperator2(world);
  world.control.addFleet(both.address, 1); // of generation 1
  const second = await newMachine2(world, both.address);
  const words = ['show', 'operator', 'machines', both.did];
  const place = { cwd: scratch(context), env };
  const outcome = await run(command, [...words, '--json'], place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const ids = JSON.parse(outcome.stdout).machines.map((machine) => machine.machine_id);
  assert.deepEqual([ids.length, ids.includes(second), ids.filter((id) => typeof id === 'number').length], [2, true, 1]);
  assert.equal((await run(command, words, place)).code, 0);
});

testBoth('refusals have the codes of the API, and their context', async (command, context) => {
  const place = { cwd: scratch(context), env };
  const missing = await run(command, ['qualify', 'mcr', unknown, '--json'], place);
  assert.deepEqual([missing.code, errorOf(missing).code], [2, 'NOT_FOUND']);
  assert.deepEqual(errorOf(missing).context, {
    operation: 'rating',
    http_status: 404,
    server_code: 'MACHINE_NOT_FOUND',
    home_protocol_chain_id: null,
  });
  const gone = await operatorWithMachine2(world);
  await control.moveAway(BigInt(gone.id));
  const elsewhere = await run(command, ['show', 'machine', `did:peaq:${gone.id}`, '--json'], place);
  assert.deepEqual([elsewhere.code, errorOf(elsewhere).code], [2, 'MACHINE_HOMED_ELSEWHERE']);
  assert.equal(errorOf(elsewhere).context.home_protocol_chain_id, 3);
  for (const text of ['did:peaq:007', 'did:peaq:-1', 'did:peaq:1e3', `did:peaq:${'9'.repeat(78)}`]) {
    const bad = await run(command, ['qualify', 'mcr', text, '--json'], place);
    assert.deepEqual([bad.code, errorOf(bad).code], [1, 'INVALID_DID'], text);
  }
});

async function serve(context, status, body) {
  const server = http.createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => new Promise((resolve) => server.close(resolve)));
  return { PEAQOS_MCR_API_URL: `http://127.0.0.1:${server.address().port}` };
}

testBoth('every status has its code', async (command, context) => {
  for (const [status, body, code] of [
    [400, { detail: 'no' }, 'INVALID_REQUEST'],
    [401, {}, 'UNAUTHORIZED'],
    [403, {}, 'UNAUTHORIZED'],
    [409, { detail: { code: 'X', message: 'y' } }, 'CONFLICT'],
    [500, {}, 'SERVER_ERROR'],
    [503, {}, 'SERVICE_UNAVAILABLE'],
    [418, {}, 'HTTP_ERROR'],
  ]) {
    const outcome = await run(command, ['qualify', 'mcr', did, '--json'], {
      cwd: scratch(context),
      env: await serve(context, status, body),
    });
    assert.deepEqual([outcome.code, errorOf(outcome).code], [2, code], `${status}`);
  }
});

testBoth('an answer about another machine is none', async (command, context) => {
  const rating = await (await fetch(`${world.urls.mcr}/mcr/${did}`)).json();
  for (const change of [{ machine_id: '7' }, { did: unknown }, { machine_id: 7 }, { mcr_score: null }]) {
    const outcome = await run(command, ['qualify', 'mcr', did, '--json'], {
      cwd: scratch(context),
      env: await serve(context, 200, { ...rating, ...change }),
    });
    assert.deepEqual([outcome.code, errorOf(outcome).code], [2, 'BAD_RESPONSE'], JSON.stringify(change));
  }
  const nulls = { ...rating, revenue_trend: null, average_revenue_per_event: null };
  const fine = await run(command, ['qualify', 'mcr', did], {
    cwd: scratch(context),
    env: await serve(context, 200, nulls),
  });
  assert.equal(fine.code, 0, fine.stderr);
});

testBoth('monetisation is chosen by owner or controller, and once', async (command, context) => {
  const owner = await operatorWithMachine2(world);
  const place = { cwd: scratch(context), env: owner.env };
  const ask = async (word, ...more) => {
    const outcome = await run(command, ['monetize', word, owner.id, '--json', ...more], place);
    assert.equal(outcome.code, 0, outcome.stderr);
    return JSON.parse(outcome.stdout);
  };
  assert.equal((await ask('status')).status, 'PENDING');
  assert.equal((await ask('opt-in', '--dry-run')).status, 'PENDING');
  const chosen = await ask('opt-in', '-y');
  assert.deepEqual([chosen.status, chosen.signer, chosen.machine_id], ['OPTED_IN', owner.address, owner.id]);
  assert.deepEqual(await ask('opt-in', '-y'), chosen);
  await new Promise((resolve) => setTimeout(resolve, 1100)); // a later choice has a later second
  assert.equal((await ask('opt-out', '-y')).status, 'OPTED_OUT');
  const text = await run(command, ['monetize', 'status', `did:peaq:${owner.id}`], place);
  assert.match(text.stdout, /Monetisation: +OPTED_OUT\n/);
  const stranger = await newOperator2(world);
  const refused = await run(command, ['monetize', 'opt-in', owner.id, '-y', '--json'], { ...place, env: stranger.env });
  assert.deepEqual([refused.code, errorOf(refused).code], [2, 'UNAUTHORIZED_SIGNER']);
  const silent = await run(command, ['monetize', 'opt-in', owner.id, '--json'], place);
  assert.deepEqual([silent.code, errorOf(silent).code], [1, 'NO_ANSWER']);
});

testBoth('only an API that cannot see the machine is asked again', async (command, context) => {
  const owner = await operatorWithMachine2(world);
  const place = { cwd: scratch(context), env: owner.env };
  const words = ['monetize', 'opt-in', owner.id, '-y', '--json', '--unavailable-retry-delay-seconds', '0'];
  // The first reads of the status pass; only what is signed meets the fault.
  for (const [code, status, exit] of [
    ['STALE_SIGNATURE', 409, 2],
    ['INTERNAL_ERROR', 500, 2],
  ]) {
    world.control.setMonetizationFault({ status, code, times: 1 });
    const outcome = await run(command, words, place);
    world.control.setMonetizationFault(undefined);
    assert.deepEqual([outcome.code, errorOf(outcome).code], [exit, code]);
  }
});

testBoth('an API of another version is not signed for', async (command, context) => {
  const owner = await operatorWithMachine2(world);
  const place = { cwd: scratch(context), env: { ...owner.env, ...(await serve(context, 200, { version: 'other' })) } };
  const outcome = await run(command, ['monetize', 'opt-in', owner.id, '-y', '--json'], place);
  assert.deepEqual([outcome.code, errorOf(outcome).code], [3, 'MONETIZATION_API_INCOMPATIBLE']);
});
