// Activation of a machine by its operator: two keys, each for its own writes.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFunctionResult, encodeFunctionData, hexToString, parseAbi, stringToHex } from 'viem';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { hasMethod, startMeddler, withoutPolls } from '../support/meddler.mjs';
import { sendAs } from '../support/send_as.mjs';
import { activate, journal, newOperator, startWorld, story, transactionCount, urls } from '../support/world.mjs';

const world = await startWorld();
const abi = parseAbi([
  'function readAttribute(address,bytes) view returns ((bytes name, bytes value, uint32 validity, uint256 created))',
]);

async function attribute(account, name) {
  const data = encodeFunctionData({ abi, functionName: 'readAttribute', args: [account, stringToHex(name)] });
  try {
    const result = await world.rpc('eth_call', [{ to: world.addresses.Did, data }, 'latest']);
    return hexToString(decodeFunctionResult({ abi, functionName: 'readAttribute', data: result }).value);
  } catch {
    return undefined;
  }
}

/** A registered operator, a machine with money, and the machine's key in a file. */
async function pair(command, context, { registered = true, machineBalance = 10n ** 18n } = {}) {
  const operator = await newOperator(world);
  const machine = await newOperator(world, { balance: machineBalance });
  const place = { cwd: scratch(context), env: operator.env };
  if (registered) assert.equal((await run(command, activate, place)).code, 0);
  writeFileSync(join(place.cwd, 'machine.key'), `${machine.key}\n`, { mode: 0o600 });
  return {
    operator,
    machine,
    place,
    words: ['activate', '--for', machine.address, '--machine-key', 'machine.key', ...urls],
  };
}

testBoth('an operator activates machines, which are merged into its list', async (command, context) => {
  const { operator, machine, place, words } = await pair(command, context);
  const fresh = await run(command, words, place);
  assert.equal(fresh.code, 0, fresh.stderr);
  const id = /Machine ID:\s+(\d+)/.exec(fresh.stdout)[1];
  const token = /Token ID:\s+(\d+)/.exec(fresh.stdout)[1];
  assert.equal(
    fresh.stdout,
    `\nMachine activated successfully (proxy-managed).\n  Machine Address:  ${machine.address}\n  Machine ID:       ${id}\n  Token ID:         ${token}\n  Machine DID:      ${machine.did}\n  Operator DID:     ${operator.did}\n`,
  );
  assert.match(fresh.stderr, new RegExp(`Registered machine ${machine.address} under proxy\\. machine_id=${id}`));
  assert.match(fresh.stderr, /Wrote 6 machine DID attributes[^]*Wrote 1 proxy DID attribute /);
  assert.equal(await attribute(machine.address, 'operator'), operator.did);
  assert.equal(await attribute(operator.address, 'machines'), `[${id}]`);
  assert.deepEqual(
    [await transactionCount(world, operator.address), await transactionCount(world, machine.address)],
    [3 + 3, 1],
  );
  assert.deepEqual(story(place.cwd).slice(-8), [
    'register pending', 'register confirmed', 'mint_nft pending', 'mint_nft confirmed',
    'machine_did pending', 'machine_did confirmed', 'proxy_did pending', 'proxy_did confirmed',
  ]); // prettier-ignore

  const again = await run(
    command,
    words.map((word) => (word === machine.address ? word.toLowerCase() : word)),
    place,
  );
  assert.equal(again.code, 0, again.stderr);
  assert.equal(again.stdout, fresh.stdout);
  assert.equal(await transactionCount(world, operator.address), 6);

  const second = await newOperator(world);
  writeFileSync(join(place.cwd, 'second.key'), second.key, { mode: 0o600 });
  const outcome = await run(
    command,
    ['activate', '--for', second.address, '--machine-key', 'second.key', ...urls],
    place,
  );
  assert.equal(outcome.code, 0, outcome.stderr);
  const secondId = /Machine ID:\s+(\d+)/.exec(outcome.stdout)[1];
  assert.equal(await attribute(operator.address, 'machines'), `[${id}, ${secondId}]`);
  const row = journal(place.cwd).at(-1);
  assert.deepEqual([row.step, row.status, row.machine_ids.join()], ['proxy_did', 'confirmed', `${id},${secondId}`]);
});

testBoth('proxy activation takes at most 16 requests beyond receipt polls', async (command, context) => {
  const { place, words } = await pair(command, context);
  const meddler = await startMeddler(world.rpcUrl);
  try {
    const outcome = await run(command, words, { ...place, env: { ...place.env, PEAQOS_RPC_URL: meddler.url } });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.ok(withoutPolls(meddler.requests).length <= 16, String(withoutPolls(meddler.requests).length));
  } finally {
    await meddler.stop();
  }
});

testBoth('what cannot work is refused before anything is spent', async (command, context) => {
  const { operator, machine, place, words } = await pair(command, context, { registered: false });
  const stranger = await newOperator(world);
  const poor = await newOperator(world, { balance: 0n });
  writeFileSync(join(place.cwd, 'bad.key'), 'not a key', { mode: 0o600 });
  writeFileSync(join(place.cwd, 'stranger.key'), stranger.key, { mode: 0o600 });
  writeFileSync(join(place.cwd, 'operator.key'), operator.key, { mode: 0o600 });
  writeFileSync(join(place.cwd, 'poor.key'), poor.key, { mode: 0o600 });
  const withKey = (address, file) => ['activate', '--for', address, '--machine-key', file, ...urls];
  for (const [line, code, says] of [
    [['activate', '--for', machine.address, ...urls], 1, /--machine-key/],
    [['activate', '--machine-key', 'machine.key', ...urls], 1, /--for/],
    [withKey('0x12', 'machine.key'), 1, /Invalid --for address: '0x12'/],
    [withKey(machine.address, 'absent.key'), 3, /absent\.key/],
    [withKey(machine.address, 'bad.key'), 3, /bad\.key.* is not a private key/],
    [withKey(machine.address, 'stranger.key'), 3, new RegExp(`${stranger.address}, but --for is ${machine.address}`)],
    [withKey(operator.address, 'operator.key'), 1, /--for is the operator's own address/],
    [words, 2, new RegExp(`the operator ${operator.address} is not a registered machine`)],
  ]) {
    const outcome = await run(command, line, place);
    assert.equal(outcome.code, code, outcome.stderr);
    assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
    assert.match(outcome.stderr, says);
    for (const { key } of [operator, machine, stranger]) assert.ok(!outcome.stderr.includes(key.slice(2, 20)));
  }
  assert.equal(await transactionCount(world, operator.address), 0);

  await run(command, activate, place);
  const outcome = await run(command, [...withKey(poor.address, 'poor.key'), '--skip-funding'], place);
  assert.equal(outcome.code, 2);
  assert.match(outcome.stderr, new RegExp(`the machine ${poor.address} holds 0\\.0000 PEAQ and needs`));
  assert.equal(await transactionCount(world, operator.address), 3);
});

testBoth('killed after each broadcast, a proxy activation is continued', async (command, context) => {
  const { operator, machine, place, words } = await pair(command, context);
  for (let kill = 0; kill < 4; ++kill) {
    let child;
    const meddler = await startMeddler(world.rpcUrl, async (calls, forward) => {
      if (!hasMethod(calls, 'eth_sendRawTransaction')) return false;
      await forward();
      child.kill('SIGKILL');
      return true;
    });
    const started = start(command, words, { cwd: place.cwd, env: { ...place.env, PEAQOS_RPC_URL: meddler.url } });
    child = started.child;
    assert.equal((await started.done).signal, 'SIGKILL');
    await meddler.stop();
  }
  const outcome = await run(command, words, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.deepEqual(
    [await transactionCount(world, operator.address), await transactionCount(world, machine.address)],
    [6, 1],
  );
  const settled = journal(place.cwd).find(
    ({ step, status, address }) => step === 'register' && status === 'confirmed' && address === machine.address,
  );
  assert.ok(settled, 'the registration is recorded under the machine');
});

testBoth('a list of machines that cannot be read is left alone', async (command, context) => {
  const { operator, place, words } = await pair(command, context);
  const abi = parseAbi(['function addAttribute(address,bytes,bytes,uint32)']);
  const unreadable = [operator.address, stringToHex('machines'), stringToHex('robots: 1'), 0];
  await sendAs(world, operator.address, 'Did', abi, 'addAttribute', unreadable);
  const before = await transactionCount(world, operator.address);
  const outcome = await run(command, words, place);
  assert.equal(outcome.code, 2);
  assert.match(outcome.stderr, /Error: the operator's DID attribute 'machines' is not a list of machine ids/);
  assert.equal(await transactionCount(world, operator.address), before);
});
