// The process itself: installations that are broken, too little memory, signals, a working directory that is gone. Never
// a stack trace; one line, and the right exit code.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import { activate, newOperator, startWorld, story } from '../support/world.mjs';

const world = await startWorld(); // first: the tests that run a process to its end keep this one from hearing the node
const dist = dirname(commands.peaqos[1]);

/** A copy of the installed command, and a function that runs it. */
function installation(context) {
  const folder = scratch(context);
  for (const name of ['peaqos.cjs', 'command.cjs', 'console.cjs', 'peaqos.wasm', 'web.json'])
    cpSync(join(dist, name), join(folder, name));
  symlinkSync(join(dist, 'web'), join(folder, 'web'));
  return {
    folder,
    run: (words, options = [], env = {}) =>
      spawnSync(process.execPath, [...options, join(folder, 'peaqos.cjs'), ...words], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...env },
      }),
  };
}

function assertOneLine({ status, stdout, stderr }, code, says) {
  assert.equal(status, code, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^Error: [^\n]+\n$/);
  assert.match(stderr, says);
}

for (const [what, damage, says] of [
  ['no module', (folder) => rmSync(join(folder, 'peaqos.wasm')), /peaqos\.wasm is missing or damaged/],
  ['a module that was cut', (folder) => truncateSync(join(folder, 'peaqos.wasm'), 1000), /peaqos\.wasm is missing/],
  ['an empty module', (folder) => truncateSync(join(folder, 'peaqos.wasm'), 0), /peaqos\.wasm is missing/],
  ['another module', (folder) => writeFileSync(join(folder, 'peaqos.wasm'), '\0asm\x01\0\0\0'), /peaqos\.wasm/],
  ['no program', (folder) => rmSync(join(folder, 'command.cjs')), /command\.cjs is missing or damaged/],
  ['a program that was cut', (folder) => truncateSync(join(folder, 'command.cjs'), 5000), /command\.cjs is missing/],
]) {
  test(`an installation with ${what} says so`, (context) => {
    const installed = installation(context);
    damage(installed.folder);
    assertOneLine(installed.run(['--version']), 3, says);
    const { status, stdout } = installed.run(['wallet', 'list', '--json']);
    const { error } = JSON.parse(stdout);
    assert.deepEqual(
      [status, error.code, error.kind, error.sent],
      [3, 'BROKEN_INSTALLATION', 'configuration', 'nothing'],
    );
  });
}

test('an installation without its console says so', (context) => {
  for (const name of ['console.cjs', 'web']) {
    const installed = installation(context);
    rmSync(join(installed.folder, name));
    const outcome = installed.run(['console', '--no-open', '--port', '0']);
    assertOneLine(outcome, 3, new RegExp(`${name} is missing or damaged`));
  }
});

test('an old Node.js is refused', (context) => {
  const installed = installation(context);
  const preload = join(installed.folder, 'old.cjs');
  writeFileSync(
    preload,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '14.21.3' } });",
  );
  assertOneLine(installed.run(['--version'], ['-r', preload]), 3, /needs Node\.js 20 or later, and this is 14\.21\.3/);
});

test('the first file is written for every Node.js there was', () => {
  const source = readFileSync(join(dist, 'peaqos.cjs'), 'utf8').replaceAll(/^ *\/\/.*$/gm, '');
  assert.doesNotMatch(source, /=>|`|\b(const|let|class|async)\b|\?\?|\?\./);
});

test('a Node.js without WebAssembly is refused', (context) => {
  const outcome = installation(context).run(['--version'], ['--jitless']);
  outcome.stderr = outcome.stderr.replace(/^Warning: .*\n/, ''); // V8's own
  assertOneLine(outcome, 3, /without WebAssembly.*--jitless/);
});

test('too little address space is said', () => {
  const [program, path] = commands.peaqos;
  const outcome = spawnSync('bash', ['-c', 'ulimit -v 4000000; exec "$@"', 'bash', program, path, '--version'], {
    encoding: 'utf8',
  });
  assertOneLine(outcome, 3, /not enough address space.*ulimit -v/);
});

test('what nobody foresaw is one line without its own words', (context) => {
  const installed = installation(context);
  for (const [name, text] of Object.entries({
    rejection: "Promise.reject(new TypeError('a secret'))",
    thrown: "setImmediate(() => { throw new TypeError('a secret') })",
    nothing: 'Promise.reject(undefined)',
  })) {
    const preload = join(installed.folder, `${name}.cjs`);
    writeFileSync(preload, `setTimeout(() => { ${text} }, 100);`);
    const outcome = installed.run(['console', '--no-open', '--port', '0'], ['-r', preload]);
    assert.equal(outcome.status, 2);
    assert.match(outcome.stderr, /^Error: something unforeseen went wrong[^\n]*peaqos\.log[^\n]*\n$/);
    assert.doesNotMatch(outcome.stderr, /secret/);
  }
});

testBoth('a working directory that is gone stops nothing that does not need it', async (command, context) => {
  const cwd = join(scratch(context), 'gone');
  mkdirSync(cwd);
  const [program, ...first] = commands[command];
  const go = (...words) =>
    spawnSync('bash', ['-c', 'cd "$0" && rmdir "$0" && exec "$@"', cwd, program, ...first, ...words], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: dirname(cwd) },
    });
  for (const [words, code] of [
    [['--version'], 0],
    [['wallet', 'list'], 0],
    [['whoami'], 3],
    [['doctor'], undefined],
  ]) {
    mkdirSync(cwd, { recursive: true });
    const { status, stderr } = go(...words);
    if (code !== undefined) assert.equal(status, code, stderr);
    assert.doesNotMatch(stderr, /\n {4}at |uv_cwd/);
    assert.ok(stderr.split('\n').length <= 3, stderr);
  }
  assert.throws(() => rmdirSync(cwd));
});

async function signalled(command, words, { cwd, env }, signal, when = () => true) {
  let started;
  const meddler = await startMeddler(world.rpcUrl, async (calls) => {
    if (!when(calls)) return false;
    started.child.kill(signal);
    return new Promise(() => {}); // never answers: only the signal can end the wait
  });
  try {
    started = start(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    return await started.done;
  } finally {
    await meddler.stop();
  }
}

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
]) {
  testBoth(`${signal} ends a wait with ${code} and no word`, async (command, context) => {
    const { env } = await newOperator(world);
    const outcome = await signalled(command, ['whoami'], { cwd: scratch(context), env }, signal);
    assert.deepEqual(outcome, { code, signal: null, stdout: '', stderr: '' });
  });
}

testBoth('SIGTERM while a receipt is awaited loses nothing', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const receipt = (calls) => hasMethod(calls, 'eth_getTransactionReceipt');
  const outcome = await signalled(command, activate, place, 'SIGTERM', receipt);
  assert.equal(outcome.code, 143);
  assert.doesNotMatch(outcome.stderr, /\n {4}at /);
  assert.deepEqual(story(place.cwd), ['register pending']);
  const again = await run(command, activate, place);
  assert.equal(again.code, 0, again.stderr);
});

test('a SIGHUP that is ignored stays so', () => {
  const [program] = commands['peaqos-native'];
  const script = 'trap "" HUP; "$0" wallet create w & pid=$!; sleep 1; kill -HUP $pid; wait $pid; echo "exit $?"';
  // It waits for its passphrase on a terminal that is none: the end of input ends it, not the signal.
  const out = execFileSync('bash', ['-c', `exec 3< <(sleep 3); ${script.replace('w &', 'w <&3 &')}`, program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.match(out, /exit 1\n$/);
});
