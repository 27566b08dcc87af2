// Outputs that take nothing: a full disk, a closed stream, a reader that has gone. What was done is said, and a secret
// that is shown once is not lost.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { marketEnv, newKey, newMachine } from '../support/market.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

/** Runs a command with a stream that can never be written. */
async function runFull(command, words, options, stream = 'stdout') {
  const full = openSync('/dev/full', 'w');
  try {
    const stdio = stream === 'stdout' ? ['ignore', full, 'pipe'] : ['ignore', 'pipe', full];
    return await run(command, words, { ...options, stdio });
  } finally {
    closeSync(full);
  }
}

testBoth('an event whose result cannot be written is said to be sent, with its hash', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const machine = machineIdOf(await run(command, activate, place));
  for (const words of [revenue(machine), revenue(machine, '--json')]) {
    const before = await transactionCount(world, operator.address);
    const outcome = await runFull(command, words, place);
    assert.equal(outcome.code, 2, outcome.stderr);
    assert.match(
      outcome.stderr,
      /^Error: the result could not be written to standard output: the disk is full; sent before that: 0x/m,
    );
    const [hash] = /0x[0-9a-f]{64}/.exec(outcome.stderr);
    assert.equal((await world.rpc('eth_getTransactionReceipt', [hash])).status, '0x1');
    assert.equal(await transactionCount(world, operator.address), before + 1);
    await world.rpc('evm_increaseTime', [10]);
  }
});

testBoth('an event is said to be sent when the reader has gone', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const machine = machineIdOf(await run(command, activate, place));
  const { child, done } = start(command, revenue(machine), place);
  child.stdout.destroy();
  const outcome = await done;
  assert.equal(outcome.code, 2, outcome.stderr);
  assert.match(
    outcome.stderr,
    /its reader has gone; sent before that: 0x[0-9a-f]{64}\. It is done all the same: the event is submitted/,
  );
});

testBoth('a full output of what changes nothing is one line, exit 1', async (command, context) => {
  const env = { HOME: scratch(context) };
  for (const words of [['--help'], ['--version'], ['wallet', 'list'], ['wallet', 'list', '--json'], ['man']]) {
    const outcome = await runFull(command, words, { env });
    assert.equal(outcome.code, 1);
    assert.equal(
      outcome.stderr,
      'Error: the result could not be written to standard output: the disk is full. Run the command again with another output\n',
    );
  }
});

testBoth('a wallet that was made is named when its result is lost', async (command, context) => {
  const home = scratch(context);
  const env = { HOME: home, OWS_PASSPHRASE: 'correct horse battery staple' };
  const outcome = await runFull(command, ['wallet', 'create', 'w'], { env });
  assert.equal(outcome.code, 1);
  const [, id] = /done all the same: wallet 'w' is made; peaqos wallet show (\S+) shows it/.exec(outcome.stderr);
  assert.deepEqual(readdirSync(join(home, '.ows/wallets')), [`${id}.json`]);
});

testBoth('a full standard error stops nothing, and hides no exit code', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const done = await runFull(command, ['-v', ...activate], place, 'stderr');
  assert.equal(done.code, 0);
  assert.match(done.stdout, /Machine activated/);
  assert.equal((await runFull(command, ['nope'], place, 'stderr')).code, 1);
  const failed = await runFull(command, ['whoami', '--json'], { cwd: scratch(context) }, 'stderr');
  assert.equal(failed.code, 3);
  assert.equal(JSON.parse(failed.stdout).error.code, 'MISSING_PEAQOS_PRIVATE_KEY');
});

test('no stream is ever taken for a file: closed ones', (context) => {
  const home = scratch(context);
  const env = { PATH: process.env.PATH, HOME: home, OWS_PASSPHRASE: 'correct horse battery staple' };
  for (const [command, words] of Object.entries(commands)) {
    for (const closed of ['>&-', '2>&-', '>&- 2>&-', '<&- >&- 2>&-']) {
      const name = `${command}-${closed.length}`;
      const script = `"$@" ${closed}; code=$?; exit $code`;
      const outcome = spawnSync('bash', ['-c', script, 'bash', ...words, 'wallet', 'create', name], {
        encoding: 'utf8',
        env,
        cwd: home,
      });
      assert.ok([0, 1].includes(outcome.status), `${name}: ${outcome.status} ${outcome.stderr}`);
      assert.doesNotMatch(outcome.stderr, /\n {4}at /);
    }
  }
  for (const file of readdirSync(join(home, '.ows/wallets')))
    assert.doesNotThrow(() => JSON.parse(readFileSync(join(home, '.ows/wallets', file), 'utf8')), file);
  assert.equal(readdirSync(join(home, '.ows/wallets')).length, 8);
});

testBoth('a pairing token that cannot be printed is kept in a private file', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const cwd = scratch(context);
  const pipe = join(cwd, 'signature');
  execFileSync('mkfifo', [pipe]);
  const full = openSync('/dev/full', 'w');
  const words = ['--machine-id', machine.id, '--agent-address', agent.address, '--agent-provider', 'teneo'];
  const { child, done } = start(
    command,
    ['scale', 'agent', 'pair', ...words, '--agent-role', 'buyer', '--agent-signature-file', pipe, '--json'],
    { cwd, env: marketEnv(world), stdio: ['ignore', full, 'pipe'] },
  );
  let shown = '';
  child.stderr.on('data', async (part) => {
    shown += part;
    const [, message] = /key:\n\n {2}([\s\S]*?)\n\nAgent address: /.exec(shown) ?? [];
    if (!message) return;
    shown = '';
    const signature = await agent.signMessage({ message });
    execFileSync('sh', ['-c', `echo ${signature} > "${pipe}"`]);
  });
  const outcome = await done;
  closeSync(full);
  assert.equal(outcome.code, 1, outcome.stderr);
  const [, path] = /its token is kept in (\S+agent-\S+\.token)$/m.exec(outcome.stderr);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const token = readFileSync(path, 'utf8');
  assert.match(token, /^\S{16,}\n$/);
  assert.ok(!outcome.stderr.includes(token.trim()));
});
