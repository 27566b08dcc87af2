// init: the wizard, its answers, and the file that it writes.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
// anvil's first test account
const key = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const event = '0x00000000000000000000000000000000000000Aa';

async function answer(command, words, lines, options) {
  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}).end(lines.map((line) => `${line}\n`).join(''));
  return done;
}

const settings = (cwd) =>
  Object.fromEntries(
    readFileSync(join(cwd, '.env'), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const order = [
  'PEAQOS_PRIVATE_KEY', 'PEAQOS_RPC_URL', 'PEAQOS_MCR_API_URL', 'PEAQOS_NETWORK', 'PEAQOS_GAS_STATION_URL',
  'PEAQOS_ORCHESTRATION_URL', 'PEAQOS_ORCH_API_KEY', 'IDENTITY_REGISTRY_ADDRESS', 'IDENTITY_STAKING_ADDRESS',
  'EVENT_REGISTRY_ADDRESS', 'MACHINE_NFT_ADDRESS', 'DID_REGISTRY_ADDRESS', 'BATCH_PRECOMPILE_ADDRESS',
]; // prettier-ignore

testBoth('the wizard asks on stderr, writes a private file, and shows who signs', async (command, context) => {
  const cwd = scratch(context);
  const { env } = { env: world.env() };
  const contracts = Object.fromEntries(Object.entries(env).filter(([name]) => name.endsWith('_ADDRESS')));
  const lines = ['devnet', 'paste', key, env.PEAQOS_RPC_URL, '', '', env.EVENT_REGISTRY_ADDRESS, '', 'orch key "1" #x'];
  const outcome = await answer(command, ['init'], lines, { cwd, env: contracts });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(
    outcome.stdout,
    new RegExp(`^ {2}Config: \\.env written to ${join(realpathSync(cwd), '.env')}\n {2}Address : {2}0xf39Fd6e5`),
  );
  assert.equal(statSync(join(cwd, '.env')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(cwd), ['.env']);
  const written = settings(cwd);
  assert.deepEqual(Object.keys(written), order);
  assert.equal(written.PEAQOS_PRIVATE_KEY, key);
  assert.equal(written.PEAQOS_ORCH_API_KEY, '"orch key \\"1\\" #x"');
  assert.equal(written.IDENTITY_REGISTRY_ADDRESS, env.IDENTITY_REGISTRY_ADDRESS);
  assert.ok(!outcome.stderr.includes(key.slice(2)) && !outcome.stdout.includes(key.slice(2)));
  assert.ok(!outcome.stderr.includes('orch key'));
  // The file alone is enough for the next command.
  assert.equal((await run(command, ['whoami'], { cwd })).code, 0);
});

const chosen = (written) =>
  Object.keys(written).filter((name) => name.endsWith('_ADDRESS') || name === 'PEAQOS_DEPLOYMENT_ID');

testBoth(
  'no contract is written that nobody chose, so that the chain says the generation',
  async (command, context) => {
    for (const network of ['mainnet', 'testnet']) {
      const cwd = scratch(context);
      const outcome = await answer(
        command,
        ['init'],
        [network, 'paste', key, 'http://127.0.0.1:9/', '', '', '', '', ''],
        { cwd },
      );
      assert.equal(outcome.code, 0, outcome.stderr);
      assert.match(
        outcome.stderr,
        /\n\n {2}Running whoami to verify\.\.\.\nWarning: verification failed: could not connect to http:\/\/127\.0\.0\.1:9\/: connection refused\. Check the URL and that the server is running\n$/,
      );
      assert.deepEqual(chosen(settings(cwd)), []);
    }
    // On a chain that has the second generation a newcomer works with that one.
    const newcomer = scratch(context);
    const lines = ['devnet', 'paste', key, world.rpcUrl, '', '', '', '', ''];
    const outcome = await answer(command, ['init'], lines, { cwd: newcomer });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(chosen(settings(newcomer)), []);
    const me = await run(command, ['whoami', '--json'], { cwd: newcomer });
    assert.equal(JSON.parse(me.stdout).deployment.generation, 2, me.stdout);
    // Whoever names a contract, or a deployment, means it.
    const named = scratch(context);
    lines[6] = event;
    assert.equal((await answer(command, ['init'], lines, { cwd: named })).code, 0);
    assert.deepEqual(chosen(settings(named)), ['EVENT_REGISTRY_ADDRESS']);
    const env = { ...world.env({ generation: 2 }), PEAQOS_PRIVATE_KEY: key };
    const second = scratch(context);
    assert.equal((await run(command, ['init', '--non-interactive'], { cwd: second, env })).code, 0);
    assert.deepEqual(chosen(settings(second)), ['PEAQOS_DEPLOYMENT_ID']);
    const wrong = await run(command, ['init', '--non-interactive', '--force'], {
      cwd: second,
      env: { ...env, PEAQOS_DEPLOYMENT_ID: 'moon' },
    });
    assert.equal(wrong.code, 3);
  },
);

testBoth('a wrong answer is asked again, three times at most', async (command, context) => {
  const cwd = scratch(context);
  const lines = ['moon', 'devnet', 'steal', 'paste', '0x12', key, 'ftp://x', world.rpcUrl, '', '', event, '', ''];
  const outcome = await answer(command, ['init'], lines, { cwd, env: world.env() });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(settings(cwd).EVENT_REGISTRY_ADDRESS, event);

  const place = scratch(context);
  const wrong = await answer(command, ['init'], ['moon', 'mars', 'venus', 'mainnet', 'paste', key], { cwd: place });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Error: 'Network [^\n]+ was answered wrongly 3 times: 'venus' is no network[^\n]*\n$/);
  assert.deepEqual(readdirSync(place), []);
});

testBoth('the end of input writes nothing and names another way', async (command, context) => {
  for (const lines of [
    [],
    ['devnet'],
    ['devnet', 'paste'],
    ['devnet', 'paste', key],
    ['devnet', 'generate', world.rpcUrl],
  ]) {
    const cwd = scratch(context);
    const outcome = await answer(command, ['init'], lines, { cwd });
    assert.equal(outcome.code, 1, outcome.stderr);
    assert.match(outcome.stderr, /Error: there is no answer to '[^\n]+'\. Run peaqos init --non-interactive [^\n]+\n$/);
    assert.deepEqual(readdirSync(cwd), []);
  }
});

testBoth('a generated key is shown once and is the one in the file', async (command, context) => {
  const cwd = scratch(context);
  const outcome = await answer(command, ['-q', 'init'], ['devnet', 'generate', world.rpcUrl, '', '', event, '', ''], {
    cwd,
    env: world.env(),
  });
  assert.equal(outcome.code, 0, outcome.stderr);
  const shown = /Key: +(0x[0-9a-f]{64})/.exec(outcome.stderr)[1];
  assert.equal(settings(cwd).PEAQOS_PRIVATE_KEY, shown);
  assert.ok(!outcome.stdout.includes(shown));
});

testBoth('--non-interactive takes the environment and asks nothing', async (command, context) => {
  const cwd = scratch(context);
  const env = { ...world.env(), PEAQOS_ORCHESTRATION_URL: 'https://orchestration.example', PEAQOS_ORCH_API_KEY: 'k-1' };
  const outcome = await run(command, ['init', '--non-interactive'], { cwd, env });
  assert.equal(outcome.code, 0, outcome.stderr);
  const written = settings(cwd);
  for (const [name, value] of Object.entries(env)) {
    if (order.includes(name)) assert.equal(written[name], value, name);
  }
  for (const [name, value, code] of [
    ['PEAQOS_PRIVATE_KEY', '', 3],
    ['PEAQOS_PRIVATE_KEY', '0x12', 3],
    ['PEAQOS_NETWORK', 'moon', 3],
    ['PEAQOS_RPC_URL', 'ftp://x', 3],
    ['EVENT_REGISTRY_ADDRESS', 'x y', 3],
  ]) {
    const place = scratch(context);
    const refused = await run(command, ['init', '--non-interactive'], { cwd: place, env: { ...env, [name]: value } });
    assert.equal(refused.code, code, refused.stderr);
    assert.match(refused.stderr, new RegExp(`^Error: [^\\n]*${name}[^\\n]*\\n$`));
    assert.deepEqual(readdirSync(place), []);
  }
});

testBoth('an existing .env is replaced only when that is wanted', async (command, context) => {
  const cwd = scratch(context);
  const before = 'MINE=1\n';
  writeFileSync(join(cwd, '.env'), before, { mode: 0o644 });
  for (const lines of [[''], ['n'], ['no'], ['maybe', 'what', 'hm'], []]) {
    const outcome = await answer(command, ['init'], lines, { cwd });
    assert.equal(outcome.code, 1, outcome.stderr);
    assert.equal(readFileSync(join(cwd, '.env'), 'utf8'), before);
  }
  const env = world.env();
  const refused = await run(command, ['init', '--non-interactive'], { cwd, env });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /\.env exists already[^\n]*--force/);
  assert.equal((await run(command, ['init', '--non-interactive', '--force'], { cwd, env })).code, 0);
  assert.equal(statSync(join(cwd, '.env')).mode & 0o777, 0o600);
  assert.equal(
    (await answer(command, ['init'], ['y', 'devnet', 'paste', key, world.rpcUrl, '', '', event, '', ''], { cwd, env }))
      .code,
    0,
  );
});

testBoth('nothing of an existing .env leaks into a new one', async (command, context) => {
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), `PEAQOS_GAS_STATION_URL=https://leak.example\n`);
  const outcome = await answer(
    command,
    ['init', '--force'],
    ['devnet', 'paste', key, world.rpcUrl, '', '', event, '', ''],
    { cwd, env: {} },
  );
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(settings(cwd).PEAQOS_GAS_STATION_URL, '');
});

testBoth('a folder that cannot be written', async (command, context) => {
  const cwd = scratch(context);
  const outcome = await run(command, ['init', '--non-interactive'], { cwd: '/proc/self', env: world.env() });
  assert.equal(outcome.code, 1, outcome.stderr);
  assert.match(outcome.stderr, /^Error: file '\.env': [^\n]+\n$/);
  assert.deepEqual(readdirSync(cwd), []);
});
