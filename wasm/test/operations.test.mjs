// The typed operations in Node: results, errors, progress, lent hosts.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, PeaqosError, run } from '@peaqos/core';
import { newOperator, startWorld, transactionCount } from '../../tests/support/world.mjs';

const world = await startWorld();
const request = { docUrl: 'https://example.com/docs', dataApi: 'https://example.com/events' };

/** A host that keeps its files and output in memory. */
function memoryHost(env) {
  const files = new Map();
  const output = { out: '', err: '' };
  return {
    env,
    files,
    output,
    readFile(path) {
      if (!files.has(path)) throw Object.assign(new Error(path), { failure: 'missing' });
      return files.get(path);
    },
    async appendFile(path, bytes) {
      files.set(path, Buffer.concat([files.get(path) ?? Buffer.of(), bytes]));
    },
    write: (stream, text) => void (output[stream] += text),
  };
}

const rejection = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('it did not reject');
};

test('a life through operations', async () => {
  const operator = await newOperator(world);
  const host = memoryHost(operator.env);
  const client = createClient(host);

  const me = await client.whoami();
  assert.deepEqual([me.address, me.wallet, me.chainId, me.network], [operator.address, null, 31338, 'devnet']);
  assert.equal(me.contracts.identityRegistry.toLowerCase(), world.addresses.IdentityRegistry.toLowerCase());

  const seen = [];
  const machine = await client.activate(request, { onProgress: (progress) => seen.push(progress) });
  assert.equal(machine.machineDid, operator.did);
  assert.deepEqual(
    seen.filter(({ state }) => state === 'confirmed').map(({ step, steps, name }) => [step, steps, name]),
    [
      [4, 6, 'register'],
      [5, 6, 'mint'],
      [6, 6, 'machine_did'],
    ],
  );
  assert.equal(host.files.get('peaqos.log').toString().trim().split('\n').length, 6);
  assert.deepEqual(await client.activate(request), machine);
  assert.equal(await transactionCount(world, operator.address), 3);

  const rawData = new Uint8Array([1, 2, 3]);
  const event = await client.submitEvent({
    machineId: machine.machineId,
    type: 'revenue',
    value: 10n ** 20n,
    ts: 1776945600,
    rawData,
  });
  assert.match(event.txHash, /^0x[0-9a-f]{64}$/);
  assert.equal(event.dataHash, '0xf1885eda54b7a053318cd41e2093220dab15d65381b1157a3633a83bfd5c9239'); // keccak-256 of 010203
  assert.equal((await client.queryMcr(operator.did)).event_count, 1);
  assert.equal((await client.queryMachine(operator.did)).peaqos.machine_id, machine.machineId);
});

test('errors say kind, code, message and hint', async () => {
  const { env, did } = await newOperator(world);
  const client = createClient(memoryHost(env));
  for (const [attempt, kind, code, message] of [
    [() => client.activate({ docUrl: 'https://example.com' }), 'input', 'MISSING_FIELD', /dataApi/],
    [() => client.activate({ ...request, visiblity: 'public' }), 'input', 'UNKNOWN_FIELD', /visiblity/],
    [() => client.activate({ ...request, visibility: 'secret' }), 'input', 'BAD_FIELD', /visibility/],
    [() => client.submitEvent({ machineId: 1.5, type: 'revenue', value: 1, ts: 1 }), 'input', 'BAD_FIELD', /machineId/],
    [
      () => client.submitEvent({ machineId: 10 ** 9, type: 'revenue', value: 1, ts: 1 }),
      'network',
      'MachineNotFound',
      /no machine has this ID/,
    ],
    [() => client.queryMcr(did), 'network', 'NOT_FOUND', /not known/],
    [() => createClient(memoryHost({})).whoami(), 'configuration', 'MISSING_PEAQOS_PRIVATE_KEY', /PEAQOS_PRIVATE_KEY/],
    [
      () => createClient(memoryHost({ ...env, PEAQOS_RPC_URL: 'http://127.0.0.1:9' })).whoami(),
      'network',
      'CONNECTION_REFUSED',
      /refused/,
    ],
  ]) {
    const error = await rejection(attempt());
    assert.ok(error instanceof PeaqosError && error instanceof Error, String(error));
    assert.deepEqual([error.name, error.kind, error.code], ['PeaqosError', kind, code]);
    assert.match(error.message, message);
    assert.equal(typeof error.hint, 'string');
    assert.ok(!JSON.stringify(error).includes(env.PEAQOS_PRIVATE_KEY.slice(2)));
  }
});

test('a signal ends an operation', async () => {
  const { env } = await newOperator(world);
  const controller = new AbortController();
  const host = memoryHost({ ...env, PEAQOS_RECEIPT_TIMEOUT: '60' });
  const onProgress = ({ name, state }) => name === 'transaction' && state === 'submitted' && controller.abort();
  const error = await rejection(createClient(host).activate(request, { signal: controller.signal, onProgress }));
  assert.equal(error.kind, 'interrupted');
  // What was sent is in the log, so the next run finds it.
  assert.equal(
    (await createClient(host).activate(request)).machineDid,
    `did:peaq:${(await createClient(host).whoami()).address}`,
  );
  const done = AbortSignal.abort();
  assert.equal((await rejection(createClient(host).whoami({ signal: done }))).kind, 'interrupted');
});

test('who wants to approve transactions sees each before it is signed', async () => {
  const operator = await newOperator(world);
  const client = createClient(memoryHost(operator.env));
  const asked = [];
  let answer = 'no';
  const options = {
    approve: true,
    onQuestion: (question) => {
      asked.push(question);
      return answer;
    },
  };
  const refused = await rejection(client.activate(request, options));
  assert.deepEqual([refused.kind, refused.code], ['interrupted', 'NOT_APPROVED']);
  assert.equal(await transactionCount(world, operator.address), 0);
  const [
    { name, function: signature, from, to, value_wei: value, fee_wei: fee, balance_wei: balance, chain_id: chain },
  ] = asked.splice(0);
  assert.deepEqual(
    [name, signature, from, to.toLowerCase(), value, chain],
    [
      'approve',
      'register()',
      operator.address,
      world.addresses.IdentityRegistry.toLowerCase(),
      `1${'0'.repeat(18)}`,
      31338,
    ],
  );
  assert.ok(BigInt(fee) > 0n);
  assert.equal(BigInt(balance), BigInt(await world.rpc('eth_getBalance', [operator.address, 'latest'])));

  answer = 'yes';
  const { machineId } = await client.activate(request, options);
  await client.submitEvent({ machineId, type: 'revenue', value: 123, ts: 1776945600 }, options);
  assert.deepEqual(
    asked.map(({ step }) => step),
    ['register', 'mint_nft', 'machine_did', 'submit_event'],
  );
  assert.deepEqual(asked[1].arguments, [
    ['machineId', String(machineId)],
    ['to', operator.address],
  ]);
  assert.ok(asked[2].arguments.some(([what, is]) => what === 'add documentation_url' && is === request.docUrl));
  assert.deepEqual(asked[3].arguments.slice(0, 4), [
    ['machineId', String(machineId)],
    ['eventType', 0],
    ['value', '123'],
    ['currency', 'USD'],
  ]);
});

test('an operator without money enrols in 2FA by callback, then activates a machine', async () => {
  const operator = await newOperator(world, { balance: 0n });
  const host = memoryHost(operator.env);
  const client = createClient(host);
  const asked = [];
  let uri;
  const options = {
    onProgress: ({ name, otpauth_uri }) => name === 'two_factor' && (uri ??= otpauth_uri),
    onQuestion: async (question) => {
      asked.push(question);
      return world.control.totp(operator.address);
    },
  };
  await client.activate(request, options);
  assert.match(uri, /^otpauth:/);
  assert.deepEqual(
    asked.map(({ name, hidden }) => [name, hidden]),
    [['totp', false]],
  );
  await world.rpc('anvil_setBalance', [operator.address, '0xde0b6b3a76400000']);
  const machine = await newOperator(world);
  const managed = await client.activate(
    { ...request, for: machine.address, machineKey: new TextEncoder().encode(machine.key) },
    options,
  );
  assert.deepEqual(
    [managed.machineAddress, managed.machineDid, managed.operatorDid],
    [machine.address, machine.did, operator.did],
  );
  const fleet = await client.queryOperatorMachines(operator.did);
  assert.deepEqual(
    fleet.machines.map(({ machine_id }) => machine_id),
    [managed.machineId],
  );
  const nobody = createClient(memoryHost((await newOperator(world, { balance: 0n })).env));
  assert.equal((await rejection(nobody.activate(request))).code, 'NO_ANSWER');
});

test('operations may run beside each other', async () => {
  const operators = await Promise.all(Array.from({ length: 8 }, () => newOperator(world)));
  const machines = await Promise.all(operators.map(({ env }) => createClient(memoryHost(env)).activate(request)));
  assert.equal(new Set(machines.map(({ machineId }) => machineId)).size, 8);
});

test('run() takes a command line', async () => {
  const { env, address } = await newOperator(world);
  const host = memoryHost(env);
  assert.equal(await run(['whoami'], host), 0);
  assert.ok(host.output.out.includes(address));
  assert.equal(host.output.err, '');
  assert.equal(await run(['nope'], host), 1);
  assert.match(host.output.err, /^Error: /);
});

test('a host that fails is an error, not a crash', async () => {
  const { env } = await newOperator(world);
  const host = {
    ...memoryHost(env),
    appendFile() {
      throw new TypeError('out of order');
    },
  };
  const error = await rejection(createClient(host).activate(request));
  assert.deepEqual([error.kind, error.code], ['input', 'FILE_FAILED']);
});
