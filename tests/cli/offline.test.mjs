// An event that is prepared, signed without a network, and sent.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, run, scratch, testBoth } from '../support/commands.mjs';
import {
  activate,
  eventCount,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  story,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();

/** An operator with an active machine and a prepared event in `event.json`: {cwd, env, address, machine, sent}. */
async function newPrepared(command, context, ...more) {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const done = await run(command, activate, { cwd, env: operator.env });
  assert.equal(done.code, 0, done.stderr);
  const machine = machineIdOf(done);
  const sent = await transactionCount(world, operator.address);
  const words = revenue(machine, '--unsigned', 'event.json', ...more);
  const prepared = await run(command, words, { cwd, env: operator.env });
  assert.equal(prepared.code, 0, prepared.stderr);
  return { ...operator, cwd, machine, sent, prepared };
}

const fileOf = (cwd) => JSON.parse(readFileSync(join(cwd, 'event.json'), 'utf8'));
const change = (cwd, members) => writeFileSync(join(cwd, 'event.json'), JSON.stringify({ ...fileOf(cwd), ...members }));

testBoth('three steps send one event, and each says what its bytes do', async (command, context) => {
  const { cwd, env, address, machine, sent, prepared } = await newPrepared(command, context);
  assert.match(prepared.stdout, /^Written to 'event\.json': neither signed nor sent\.\n/);
  assert.match(prepared.stdout, new RegExp(`Nonce: +${sent}\n`));
  assert.match(prepared.stdout, new RegExp(`machineId: +${machine}\n`));
  assert.equal(statSync(join(cwd, 'event.json')).mode & 0o777, 0o600);
  assert.equal(fileOf(cwd).signed, null);
  const unsignedSend = await run(command, ['send', 'event.json'], { cwd, env });
  assert.equal(unsignedSend.code, 1);
  assert.match(unsignedSend.stderr, /file 'event\.json' is not signed\. Sign it: peaqos sign event\.json/);

  // No address at all answers, and no RPC URL is known: signing needs neither.
  const { PEAQOS_RPC_URL: _, ...alone } = env;
  const nobody = await run(command, ['sign', 'event.json'], { cwd, env: alone });
  assert.equal(nobody.code, 1, nobody.stderr);
  assert.match(nobody.stderr, /Use --yes/);
  assert.equal(fileOf(cwd).signed, null);
  const signed = await run(command, ['sign', 'event.json', '-y'], { cwd, env: alone });
  assert.equal(signed.code, 0, signed.stderr);
  assert.match(signed.stderr, new RegExp(`machineId: +${machine}\n`));
  assert.match(signed.stdout, /^Signed\.\n/);
  const again = await run(command, ['sign', 'event.json', '-y', '--json'], { cwd, env: alone });
  assert.equal(JSON.parse(again.stdout).earlier, true);
  assert.equal(await transactionCount(world, address), sent);

  const { PEAQOS_PRIVATE_KEY: __, ...keyless } = env;
  const done = await run(command, ['send', 'event.json', '--json'], { cwd, env: keyless });
  assert.equal(done.code, 0, done.stderr);
  const result = JSON.parse(done.stdout);
  assert.deepEqual([result.txHash, result.earlier], [JSON.parse(again.stdout).txHash, false]);
  const rerun = JSON.parse((await run(command, ['send', 'event.json', '--json'], { cwd, env: keyless })).stdout);
  assert.deepEqual([rerun.txHash, rerun.earlier], [result.txHash, true]);
  assert.equal(await transactionCount(world, address), sent + 1);
  assert.equal(await eventCount(world, machine), 1);
  assert.deepEqual(story(cwd).slice(-3), ['sign_offline confirmed', 'submit_event pending', 'submit_event confirmed']);
  assert.equal(journal(cwd).at(-2).raw_tx, fileOf(cwd).signed);
});

testBoth('signing works where there is no network', async (command, context) => {
  if (spawnSync('unshare', ['-n', 'true']).status !== 0) {
    context.skip('a network namespace may not be made here (unshare -n)');
    return;
  }
  const { cwd, env, address, sent } = await newPrepared(command, context);
  const [program, ...first] = commands[command];
  const words = ['-n', program, ...first, 'sign', 'event.json', '-y'];
  const alone = spawnSync('unshare', words, { cwd, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  assert.equal(alone.status, 0, alone.stderr);
  const done = await run(command, ['send', 'event.json'], { cwd, env });
  assert.equal(done.code, 0, done.stderr);
  assert.equal(await transactionCount(world, address), sent + 1);
});

testBoth('what the file says beside its bytes convinces nobody', async (command, context) => {
  const { cwd, env, address, machine, sent } = await newPrepared(command, context);
  const whole = fileOf(cwd);
  change(cwd, { forReaders: { arguments: [['machineId', '1']], to: '0x0' } });
  const shown = await run(command, ['sign', 'event.json'], { cwd, env });
  assert.match(shown.stderr, new RegExp(`machineId: +${machine}\n`));
  const cases = [
    [
      { unsigned: whole.unsigned.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) },
      1,
      /no unsigned transaction|neither an event nor a change of a machine/,
    ],
    [{ unsigned: whole.unsigned.slice(0, -2) }, 1, /holds no unsigned transaction/],
    [
      { from: '0x00000000000000000000000000000000000000e1' },
      3,
      /is to be signed by 0x0+e1, and the configured signer is /,
    ],
    [{ signed: '0x02' }, 1, /holds signed bytes that are no transaction/],
    [{ version: 2 }, 1, /is not of version 1/],
    [{ note: '' }, 1, /has an unknown member 'note'/],
    [{ idempotencyKey: 5 }, 1, /'idempotencyKey' that is not a text/],
  ];
  for (const [members, code, problem] of cases) {
    writeFileSync(join(cwd, 'event.json'), JSON.stringify({ ...whole, ...members }));
    const end = await run(command, ['sign', 'event.json', '-y'], { cwd, env });
    assert.deepEqual([end.code, end.stdout], [code, ''], end.stderr);
    assert.match(end.stderr, problem);
  }
  writeFileSync(join(cwd, 'event.json'), JSON.stringify(whole));
  const registry = {
    EVENT_REGISTRY_ADDRESS: world.addresses.MachineNFT ?? '0x00000000000000000000000000000000000000e1',
  };
  const otherContract = await run(command, ['sign', 'event.json', '-y'], { cwd, env: { ...env, ...registry } });
  assert.equal(otherContract.code, 3, otherContract.stderr);
  const otherChain = await run(command, ['sign', 'event.json', '-y'], {
    cwd,
    env: { ...env, PEAQOS_NETWORK: 'mainnet' },
  });
  assert.equal(otherChain.code, 3, otherChain.stderr);
  assert.match(otherChain.stderr, /chain/);
  const taken = await run(command, revenue(machine, '--unsigned', 'event.json'), { cwd, env });
  assert.deepEqual([taken.code, fileOf(cwd)], [1, whole], taken.stderr);
  assert.equal(await transactionCount(world, address), sent);
});

testBoth('signing and sending obey the policy, and a key is used once', async (command, context) => {
  const { cwd, env, address, machine, sent } = await newPrepared(command, context, '--idempotency-key', 'once');
  const policy = (rules) =>
    writeFileSync(join(cwd, 'peaqos-policy.json'), JSON.stringify({ version: 1, ...rules }), { mode: 0o600 });
  policy({ machines: ['999999'] });
  const refused = await run(command, ['sign', 'event.json', '-y'], { cwd, env });
  assert.equal(refused.code, 1, refused.stderr);
  assert.match(refused.stderr, /refuses it: machines does not name/);
  assert.equal(fileOf(cwd).signed, null);
  policy({ fees: { PEAQ: { perDay: '1' } } });
  assert.equal((await run(command, ['sign', 'event.json', '-y'], { cwd, env })).code, 0);
  policy({ machines: ['999999'] });
  assert.match((await run(command, ['send', 'event.json'], { cwd, env })).stderr, /refuses it: machines does not name/);
  assert.equal(await transactionCount(world, address), sent);
  policy({});
  assert.equal((await run(command, ['send', 'event.json'], { cwd, env })).code, 0);
  const known = await run(command, revenue(machine, '--idempotency-key', 'once'), { cwd, env });
  assert.equal(known.code, 0, known.stderr);
  const prepared = await run(command, revenue(machine, '--idempotency-key', 'once', '--unsigned', 'two.json'), {
    cwd,
    env,
  });
  assert.equal(prepared.code, 1);
  assert.match(prepared.stderr, /this idempotency key was used before/);
  assert.equal(await transactionCount(world, address), sent + 1);
});
