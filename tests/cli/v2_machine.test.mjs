// Commands that look after a machine of generation 2: what they show, what they change, and what they do when run again.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { newMachine2, newOperator2, operatorWithMachine2, read2 } from '../support/machines2.mjs';
import { journal, startWorld, story, transactionCount } from '../support/world.mjs';

const world = await startWorld({ generations: [2] });
const control = world.control.generation2;
const nobody = `0x${'0'.repeat(40)}`;
const other = '0x2222222222222222222222222222222222222222';
const unknown = '37222119991172734666417834614057038604272620479060376051357544533066358509356';

const errorOf = ({ stdout }) => JSON.parse(stdout).error;

/** Runs a change with -y --json: its result. */
async function change(command, words, { env, cwd }, code = 0) {
  const outcome = await run(command, ['machine', ...words, '-y', '--json'], { env, cwd });
  assert.equal(outcome.code, code, outcome.stderr);
  return JSON.parse(outcome.stdout);
}

async function placeOf(context, options) {
  const operator = await operatorWithMachine2(world, options);
  return { ...operator, cwd: scratch(context) };
}

testBoth('machine id needs no node, and is what the chain computes', async (command, context) => {
  const words = ['machine', 'id', '--machine-type', 'Sensor', '--credential-subject-hex', '0xdeadbeef'];
  const outcome = await run(command, [...words, '--json'], { cwd: scratch(context) });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(
    JSON.parse(outcome.stdout).machine_id,
    '6797059852626571897596538631639987226658599017392690144141920250617808126524',
  );
  const blank = await run(command, [...words.slice(0, 3), ' Sensor', ...words.slice(4)], { cwd: scratch(context) });
  assert.equal(blank.code, 1);
  assert.match(blank.stderr, /^Error: --machine-type begins or ends with a blank[^\n]+\n$/);
});

testBoth('machine status shows the chain without a key', async (command, context) => {
  const { id, env, address, cwd } = await placeOf(context);
  const keyless = { ...env, PEAQOS_PRIVATE_KEY: '' };
  const outcome = await run(command, ['machine', 'status', id, '--json'], { env: keyless, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  const state = JSON.parse(outcome.stdout);
  assert.equal(state.machine_id, id);
  assert.equal(state.owner, address);
  assert.equal(state.did_document.id, `did:peaq:${id}`);
  assert.deepEqual(
    [state.subscription.status, state.subscription.tier, state.subscription.tier_name],
    ['active', '0', 'entry'],
  );
  assert.deepEqual(state.pause_flags, { general: false, technical: false, operator: false, subscription: false });
  assert.equal(state.is_available, true);
  const text = await run(command, ['machine', 'status', `did:peaq:${id}`], { env: keyless, cwd });
  assert.match(text.stdout, /Tier: +entry \(0\)\n/);
  const several = await run(command, ['machine', 'status', id, unknown, '--json'], { env: keyless, cwd });
  assert.equal(several.code, 2);
  assert.deepEqual(
    several.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error?.code),
    [undefined, 'MACHINE_NOT_FOUND'],
  );
});

testBoth('what is no machine is said so', async (command, context) => {
  const { env } = await newOperator2(world);
  const place = { env, cwd: scratch(context) };
  for (const [id, code, exit] of [
    ['007', 'BAD_MACHINE_ID', 1],
    ['0x12', 'BAD_MACHINE_ID', 1],
    [unknown, 'MACHINE_NOT_FOUND', 2],
  ]) {
    for (const words of [
      ['machine', 'status', id],
      ['machine', 'suspend', id, '-y'],
    ]) {
      const outcome = await run(command, [...words, '--json'], place);
      assert.equal(outcome.code, exit, outcome.stderr);
      assert.equal(errorOf(outcome).code, code);
      assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
    }
  }
});

testBoth('a machine that left for another chain is not missing', async (command, context) => {
  const { id, env, cwd } = await placeOf(context);
  await control.moveAway(BigInt(id));
  const outcome = await run(command, ['machine', 'status', id, '--json'], { env, cwd });
  assert.equal(outcome.code, 2);
  assert.equal(errorOf(outcome).code, 'MACHINE_HOMED_ELSEWHERE');
});

// Defect 3 of the reference: an earlier row decides about a later wish.
testBoth('suspend, resume and suspend again each do what they say', async (command, context) => {
  const place = await placeOf(context);
  const { id, address, cwd } = place;
  for (const [verb, paused] of [
    ['suspend', true],
    ['resume', false],
    ['suspend', true],
  ]) {
    const result = await change(command, [verb, id], place);
    assert.deepEqual([result.status, result.error_code, result.action], ['confirmed', 'CONFIRMED', `${verb}_machine`]);
    assert.equal(await read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(id)), paused);
    const again = await change(command, [verb, id], place);
    assert.deepEqual([again.error_code, again.transaction_hash], ['ALREADY_CONFIRMED', undefined]);
  }
  assert.equal(await transactionCount(world, address), 3 + 3); // two approvals and an activation before
  assert.deepEqual(story(cwd), Array(3).fill(['machine_action pending', 'machine_action confirmed']).flat());
  const rows = journal(cwd);
  assert.deepEqual([rows[0].action, rows[0].machine_id, rows[0].deployment], ['suspend_machine', id, 'devnet']);
});

testBoth('a change is prepared, signed without a key for the network, and sent', async (command, context) => {
  const place = await placeOf(context);
  const { id, address, cwd, env } = place;
  const sent = await transactionCount(world, address);
  const words = ['machine', 'suspend', id, '--unsigned', 'suspend.json'];
  const prepared = await run(command, words, { cwd, env });
  assert.equal(prepared.code, 0, prepared.stderr);
  assert.match(prepared.stdout, /^Written to 'suspend\.json': neither signed nor sent\.\n/);
  const twice = await run(command, words, { cwd, env });
  assert.equal(twice.code, 1, twice.stderr);
  assert.match(twice.stderr, /suspend\.json/);
  const both = await run(command, [...words, '--dry-run'], { cwd, env });
  assert.match(both.stderr, /--unsigned and --dry-run exclude each other/);

  const { PEAQOS_RPC_URL: _, ...alone } = env;
  const signed = await run(command, ['sign', 'suspend.json', '-y'], { cwd, env: alone });
  assert.equal(signed.code, 0, signed.stderr);
  assert.match(signed.stderr, new RegExp(`machineId: +${id}\n`));
  assert.equal(await read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(id)), false);
  const { PEAQOS_PRIVATE_KEY: __, ...keyless } = env;
  const done = await run(command, ['send', 'suspend.json', '--json'], { cwd, env: keyless });
  assert.equal(done.code, 0, done.stderr);
  assert.equal(await read2(world, 'MachineStateAndSync', 'isOperatorPaused', BigInt(id)), true);
  const rerun = JSON.parse((await run(command, ['send', 'suspend.json', '--json'], { cwd, env: keyless })).stdout);
  assert.deepEqual([rerun.txHash, rerun.earlier], [JSON.parse(done.stdout).txHash, true]);
  assert.equal(await transactionCount(world, address), sent + 1);
  assert.deepEqual(story(cwd), ['sign_offline confirmed', 'machine_action pending', 'machine_action confirmed']);
  const row = journal(cwd).at(-1);
  assert.deepEqual([row.action, row.machine_id, row.deployment], ['suspend_machine', id, 'devnet']);

  // What the chain shows already is nothing to sign.
  const again = await run(command, ['machine', 'suspend', id, '--unsigned', 'again.json'], { cwd, env });
  assert.equal(again.code, 1, again.stderr);
  assert.match(again.stderr, /the chain shows this already/);
  assert.equal(existsSync(join(cwd, 'again.json')), false);
});

testBoth('a prepared approval names its machine, and is for this registry alone', async (command, context) => {
  const { id, cwd, env } = await placeOf(context);
  const prepared = await run(command, ['machine', 'approve', id, other, '--unsigned', 'approve.json'], { cwd, env });
  assert.equal(prepared.code, 0, prepared.stderr);
  const elsewhere = { ...env, PEAQOS_MACHINE_REGISTRY_ADDRESS: other };
  const refused = await run(command, ['sign', 'approve.json', '-y'], { cwd, env: elsewhere });
  assert.equal(refused.code, 3, refused.stderr);
  assert.match(refused.stderr, /and the MachineRegistry is 0x/);
  assert.equal((await run(command, ['sign', 'approve.json', '-y'], { cwd, env })).code, 0);
  const done = await run(command, ['send', 'approve.json'], { cwd, env });
  assert.equal(done.code, 0, done.stderr);
  assert.equal(await read2(world, 'MachineRegistry', 'getApproved', BigInt(id)), other);
  assert.equal(journal(cwd).at(-1).machine_id, id);
});

// Defect 2: a controller that was cleared keeps its rights while the tool says done.
testBoth('setting, clearing and replacing a controller is decided by the chain', async (command, context) => {
  const place = await placeOf(context);
  const controllerOf = () => read2(world, 'MachineRegistry', 'controllerOf', BigInt(place.id));
  await change(command, ['did', 'set-controller', place.id, other], place);
  assert.equal(await controllerOf(), other);
  const cleared = await change(command, ['did', 'clear-controller', place.id], place);
  assert.equal(cleared.error_code, 'CONFIRMED');
  assert.equal(await controllerOf(), nobody);
  assert.equal(cleared.details['Previous controller'], other);
  await change(command, ['did', 'set-controller', place.id, other], place);
  assert.equal(await controllerOf(), other);
  const again = await change(command, ['did', 'set-controller', place.id, other], place);
  assert.equal(again.error_code, 'ALREADY_CONFIRMED');
  const zero = await change(command, ['did', 'set-controller', place.id, nobody], place, 1);
  assert.equal(zero.error.code, 'BAD_FIELD');
});

// Defect 4: another payload after a confirmed write is "pending".
testBoth('the lists of a DID document are replaced, one after the other', async (command, context) => {
  const place = await placeOf(context);
  const { id, cwd } = place;
  const method = (name) => ({
    id: name,
    methodType: 'EcdsaSecp256k1RecoveryMethod2020',
    controller: place.address,
    publicKeyMultibase: place.address,
  });
  const write = (name, value) => writeFileSync(join(cwd, name), JSON.stringify(value));
  write('two.json', [method('#a'), method('#b')]);
  write('one.json', [method('#c')]);
  write('services.json', [{ id: '#docs', serviceType: 'Documentation', serviceEndpoint: 'https://example.com/ä' }]);
  write('odd.json', [{ id: '#docs', serviceType: 'Documentation' }]);
  await change(command, ['did', 'set-verification-methods', id, '--file', 'two.json'], place);
  await change(command, ['did', 'set-authentication', id, '--index', '1', '--index', '0'], place);
  assert.deepEqual(await read2(world, 'MachineRegistry', 'authenticationOf', BigInt(id)), [1n, 0n]);
  const beyond = await change(command, ['did', 'set-authentication', id, '--index', '2'], place, 1);
  assert.equal(beyond.error.code, 'INVALID_AUTHENTICATION_INDEX');
  const rewrite = await change(command, ['did', 'set-verification-methods', id, '--file', 'one.json'], place, 1);
  assert.equal(rewrite.error.code, 'AUTHENTICATION_REWRITE_REQUIRED');
  await change(command, ['did', 'set-authentication', id, '--clear'], place);
  const other = await change(command, ['did', 'set-verification-methods', id, '--file', 'one.json'], place);
  assert.equal(other.error_code, 'CONFIRMED');
  await change(command, ['did', 'set-services', id, '--file', 'services.json'], place);
  const odd = await change(command, ['did', 'set-services', id, '--file', 'odd.json'], place, 1);
  assert.equal(odd.error.code, 'BAD_DID_DOCUMENT');
  const shown = await run(command, ['machine', 'did', 'show', id, '--json'], { env: place.env, cwd });
  const document = JSON.parse(shown.stdout);
  assert.deepEqual([document.verification_methods.map((entry) => entry.id), document.authentication], [['#c'], []]);
  assert.equal(document.service_endpoints[0].service_endpoint, 'https://example.com/ä');
  const text = await run(command, ['machine', 'did', 'show', id], { env: place.env, cwd });
  assert.match(text.stdout, /Verification method 0\n/);
});

testBoth('approvals are given and taken back', async (command, context) => {
  const place = await placeOf(context);
  await change(command, ['approve', place.id, other], place);
  assert.equal(await read2(world, 'MachineRegistry', 'getApproved', BigInt(place.id)), other);
  await change(command, ['approve', place.id, nobody], place);
  assert.equal(await read2(world, 'MachineRegistry', 'getApproved', BigInt(place.id)), nobody);
  const own = await change(command, ['approve', place.id, place.address], place, 1);
  assert.equal(own.error.code, 'BAD_FIELD');
  const isAllowed = () => read2(world, 'MachineRegistry', 'isApprovedForAll', place.address, other);
  const allowed = await change(command, ['approve-all', other, '--allow'], place);
  assert.deepEqual([allowed.operator, allowed.machine_id], [other, undefined]);
  assert.equal(await isAllowed(), true);
  await change(command, ['approve-all', other, '--revoke'], place);
  assert.equal(await isAllowed(), false);
  const neither = await run(command, ['machine', 'approve-all', other, '-y'], place);
  assert.equal(neither.code, 1);
});

testBoth('a transfer says that the controller stays', async (command, context) => {
  const place = await placeOf(context);
  const preview = await run(command, ['machine', 'transfer', place.id, other, '--dry-run', '--json'], place);
  assert.equal(preview.code, 0, preview.stderr);
  assert.equal(JSON.parse(preview.stdout).status, 'preview');
  assert.match(preview.stderr, /DID controller: +0x\w{40} stays: it can change the DID/);
  assert.equal(await read2(world, 'MachineRegistry', 'ownerOf', BigInt(place.id)), place.address);
  const done = await change(command, ['transfer', place.id, other, '--data-hex', '0x1234'], place);
  assert.match(done.details['DID controller'], / stays: /);
  assert.equal(await read2(world, 'MachineRegistry', 'ownerOf', BigInt(place.id)), other);
  assert.equal((await change(command, ['transfer', place.id, other], place)).error_code, 'ALREADY_CONFIRMED');
  const both = await change(command, ['transfer', place.id, other, '--unsafe', '--data-hex', '0x12'], place, 1);
  assert.equal(both.error.code, 'BAD_FIELD');
});

testBoth('a contract that takes no machines is not given one', async (command, context) => {
  const place = await placeOf(context);
  const refused = await change(command, ['transfer', place.id, world.addresses2.InfoDesk], place, 2);
  assert.equal(refused.error.sent, 'nothing');
  await change(command, ['transfer', place.id, world.addresses2.InfoDesk, '--unsafe'], place);
});

testBoth('nobody but owner and controller changes a machine', async (command, context) => {
  const place = await placeOf(context);
  const stranger = await newOperator2(world);
  const there = { env: stranger.env, cwd: place.cwd };
  for (const [words, code] of [
    [['suspend', place.id], 'NOT_OWNER_OR_CONTROLLER'],
    [['did', 'clear-controller', place.id], 'NOT_MACHINE_OWNER'],
    [['transfer', place.id, other], 'ERC721_INSUFFICIENT_APPROVAL'],
    [['subscription', 'renew', place.id], 'NOT_OWNER_OR_CONTROLLER'],
  ]) {
    const refused = await change(command, words, there, 2);
    assert.equal(refused.error.code, code);
    assert.equal(refused.error.sent, 'nothing');
  }
  assert.equal(await transactionCount(world, stranger.address), 0);
});

testBoth('nothing is signed without consent', async (command, context) => {
  const place = await placeOf(context);
  const before = await transactionCount(world, place.address);
  for (const words of [
    ['suspend', place.id],
    ['subscription', 'renew', place.id],
    ['renew', '--all', '--before', '500d'],
  ]) {
    const outcome = await run(command, ['machine', ...words, '--json'], place);
    assert.equal(outcome.code, 1, outcome.stderr);
    assert.equal(errorOf(outcome).code, 'NO_ANSWER');
  }
  assert.equal(await transactionCount(world, place.address), before);
});

testBoth('a machine that relocates is left alone', async (command, context) => {
  const place = await placeOf(context);
  await control.setRelocating(BigInt(place.id), true);
  const refused = await change(command, ['suspend', place.id], place, 2);
  assert.equal(refused.error.code, 'MACHINE_RELOCATING');
  const renewal = await change(command, ['subscription', 'renew', place.id], place, 2);
  assert.equal(renewal.error.code, 'MACHINE_RELOCATING');
});

testBoth('wrong peers stop every write before anything is signed', async (command, context) => {
  const place = await placeOf(context);
  const before = await transactionCount(world, place.address);
  for (const [address, code] of [
    [other, 'PEER_MISMATCH'],
    [null, 'PEER_UNSET'],
  ]) {
    await control.setPeer('MACHINE_BRIDGE_ADAPTER', address);
    try {
      for (const words of [
        ['suspend', place.id],
        ['subscription', 'renew', place.id],
      ]) {
        const refused = await change(command, words, place, 3);
        assert.equal(refused.error.code, code);
      }
    } finally {
      await control.setPeer('MACHINE_BRIDGE_ADAPTER');
    }
  }
  assert.equal(await transactionCount(world, place.address), before);
});

testBoth('the settings of generation 1 are told apart', async (command, context) => {
  const place = await placeOf(context);
  const env = { ...place.env, PEAQOS_DEPLOYMENT_ID: 'devnet-1' };
  const outcome = await run(command, ['machine', 'status', place.id, '--json'], { env, cwd: place.cwd });
  assert.equal(outcome.code, 3);
  assert.equal(errorOf(outcome).code, 'OTHER_GENERATION');
  assert.match(outcome.stderr, /PEAQOS_DEPLOYMENT_ID=devnet\n/);
});

testBoth('machines of several kinds stand in one list', async (command, context) => {
  const operator = await newOperator2(world);
  const place = { env: operator.env, cwd: scratch(context) };
  const ids = [await newMachine2(world, operator.address), await newMachine2(world, operator.address, { tier: 1 })];
  const all = await run(command, ['machine', 'status', 'all', '--json'], place);
  assert.equal(all.code, 0, all.stderr);
  const states = all.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(states.map(({ machine_id: id }) => id).sort(), [...ids].sort());
  const table = await run(command, ['machine', 'status', 'all'], place);
  assert.match(table.stdout, /^Machine +Subscription +Until +Tier +Available\n/);
  const stranger = await newOperator2(world);
  const nothing = await run(command, ['machine', 'status', 'all', '--operator', stranger.did], place);
  assert.deepEqual([nothing.code, nothing.stdout], [0, 'No machines.\n']);
});
