// scale agent pair and scale search: an agent gets its token, and finds services with it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { asked, file, marketEnv, newBuyer, newKey, newMachine } from '../support/market.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const env = marketEnv(world);
const { market } = world.control;

const CHALLENGE = /key:\n\n {2}([\s\S]*?)\n\nAgent address: /;

const pair = (machine, agent, ...more) => [
  ...['scale', 'agent', 'pair', '--machine-id', machine.id, '--agent-address', agent.address],
  ...['--agent-provider', 'teneo', '--agent-role', 'machine-market-buyer', ...more],
];

/** Runs a command with input, and gives the challenge that it shows to `sign`. */
async function signing(command, words, options, sign) {
  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let shown = '';
  let signed = false;
  child.stderr.on('data', (part) => {
    shown += part;
    const [, message] = CHALLENGE.exec(shown) ?? [];
    if (message && !signed) {
      signed = true;
      sign(message, child.stdin);
    }
  });
  return done;
}

testBoth('an agent signs by a pipe and gets its token once, as JSON', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const cwd = scratch(context);
  const pipe = join(cwd, 'signature');
  execFileSync('mkfifo', [pipe]);
  const since = market.requests.length;
  const limits = ['--per-tx-limit', '5', '--daily-limit', '20.50', '--currency', 'USD', '--allowed-skills', 'a, b'];
  const words = pair(machine, agent, '--agent-signature-file', pipe, ...limits, '--json');
  const { code, stdout, stderr } = await signing(command, words, { cwd, env }, async (message) => {
    const signature = await agent.signMessage({ message });
    execFileSync('sh', ['-c', `echo ${signature} > "${pipe}"`]);
  });
  assert.equal(code, 0, stderr);
  const pairing = JSON.parse(stdout);
  assert.equal(typeof pairing.pairing_token, 'string');
  assert.ok(!stderr.includes(pairing.pairing_token));
  assert.deepEqual(pairing.delegation_policy.allowed_skill_keys, ['a', 'b']);
  assert.deepEqual(asked(world, since), ['E6', 'E7']);
  assert.ok(market.requests[since + 1].body.includes('"perTransactionLimit":5,"dailySpendLimit":20.50'));
});

testBoth('an agent pastes its signature, and is asked before it is paired', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const words = pair(machine, agent, '--per-tx-limit', '5', '--currency', 'USD');
  const { code, stdout, stderr } = await signing(
    command,
    words,
    { cwd: scratch(context), env },
    async (message, stdin) => stdin.end(`${await agent.signMessage({ message })}\nyes\n`),
  );
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^\[1\/3\] Requesting pairing challenge\.\.\.\n\[2\/3\] Waiting for agent signature\.\.\.\n/);
  assert.match(stderr, /Confirm pairing\? \[y\/N\]: /);
  assert.match(stdout, /^\nAgent paired successfully\.\n\n {2}Pairing ID: {7}pair_/);
  assert.match(stdout, / {2}Per-tx limit: {5}\$5\.00\n {2}Daily limit: {6}—\n/);
  assert.match(stdout, /\n\n {2}!! Pairing token \(shown once — store securely\):\n {2}\S+\n$/);
});

testBoth('a key signs without anybody, and gives a pairing a new token', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const options = { cwd: scratch(context), env };
  file(options.cwd, 'agent.key', `${agent.key}\n`);
  const roles = ['--agent-provider', 'teneo', '--agent-role', 'machine-market-buyer'];
  const key = ['--agent-key-file', 'agent.key', '--json'];
  const since = market.requests.length;
  const paired = await run(
    command,
    ['scale', 'agent', 'pair', '--machine-id', machine.id, ...roles, ...key, '--per-tx-limit', '5'],
    options,
  );
  assert.equal(paired.code, 0, paired.stderr);
  const first = JSON.parse(paired.stdout);
  assert.equal(first.agent_address, agent.address);
  const refresh = ['scale', 'agent', 'refresh', first.id, '--machine-id', machine.id, ...roles];
  const renewed = await run(command, [...refresh, ...key], options);
  assert.equal(renewed.code, 0, renewed.stderr);
  const second = JSON.parse(renewed.stdout);
  assert.equal(second.id, first.id);
  assert.equal(second.delegation_policy.per_transaction_limit, 5);
  assert.notEqual(second.pairing_token, first.pairing_token);
  assert.ok(!renewed.stderr.includes(second.pairing_token) && !renewed.stderr.includes(agent.key.slice(2)));
  assert.deepEqual(asked(world, since).slice(0, 3), ['E6', 'E7', 'E6']);
  // The old token has ended.
  const search = [
    'scale',
    'search',
    '--machine-id',
    machine.id,
    '--service-type',
    'oracle.price-feed',
    '--agent-pairing-id',
    first.id,
  ];
  for (const [token, code] of [
    [first.pairing_token, 2],
    [second.pairing_token, 0],
  ]) {
    file(options.cwd, 'token', `${token}\n`);
    const found = await run(command, [...search, '--pairing-token-file', 'token'], options);
    assert.equal(found.code, code, found.stderr);
  }
  const text = await run(command, [...refresh, '--agent-key-file', 'agent.key'], options);
  assert.match(text.stdout, /^\nThe pairing has a new token; the old one has ended\.\n/);
});

testBoth("a key that is none, or another account's, is refused before any request", async (command, context) => {
  const agent = newKey();
  const options = { cwd: scratch(context), env };
  file(options.cwd, 'agent.key', `${newKey().key}\n`);
  file(options.cwd, 'no.key', '0x12\n');
  const since = market.requests.length;
  for (const [words, text] of [
    [['--agent-key-file', 'agent.key'], /holds the key of 0x/],
    [['--agent-key-file', 'no.key'], /64 hexadecimal digits/],
    [['--agent-key-file', 'agent.key', '--agent-signature-file', 'sig'], /exclude each other/],
    [['--agent-key-file', 'nowhere.key'], /nowhere\.key/],
  ]) {
    const outcome = await run(command, pair({ id: 'mach_1' }, agent, '-y', ...words), options);
    assert.equal(outcome.code, 1, outcome.stderr);
    assert.match(outcome.stderr, text);
  }
  assert.equal(market.requests.length, since);
});

testBoth('a signature of somebody else is warned of, and refused', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const other = newKey();
  const { code, stderr } = await signing(
    command,
    pair(machine, agent, '-y'),
    { cwd: scratch(context), env },
    async (message, stdin) => stdin.end(`${await other.signMessage({ message })}\n`),
  );
  assert.equal(code, 2);
  assert.match(stderr, new RegExp(`Warning: the signature is one of ${other.address}, not of ${agent.address}`));
  assert.match(stderr, /Error: the signature is not the agent's/);
});

testBoth('pairing says no with exit 0, and --json without a file is refused', async (command, context) => {
  const machine = await newMachine(world);
  const agent = newKey();
  const since = market.requests.length;
  const options = { cwd: scratch(context), env };
  const declined = await signing(command, pair(machine, agent), options, async (message, stdin) =>
    stdin.end(`${await agent.signMessage({ message })}\n\n`),
  );
  assert.deepEqual([declined.code, declined.stdout], [0, '']);
  assert.match(declined.stderr, /Aborted\.\n$/);
  assert.deepEqual(asked(world, since), ['E6']);
  const refused = await run(command, pair(machine, agent, '--json'), options);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--json needs --agent-signature-file/);
  const number = await run(command, pair(machine, agent, '--daily-limit', 'nan'), options);
  assert.equal(number.code, 1);
  assert.equal(market.requests.length, since + 1);
});

testBoth('no key for the platform is a matter of configuration, before any request', async (command, context) => {
  const { PEAQOS_ORCHESTRATION_URL } = env;
  const words = pair({ id: 'mach_1' }, newKey(), '--agent-signature-file', 'sig', '--json');
  const since = market.requests.length;
  const bare = await run(command, words, { cwd: scratch(context), env: {} });
  assert.equal(bare.code, 3);
  assert.match(bare.stderr, /PEAQOS_ORCHESTRATION_URL[^\n]*--orchestration-url\n$/);
  const keyless = await run(command, words, { cwd: scratch(context), env: { PEAQOS_ORCHESTRATION_URL } });
  assert.equal(keyless.code, 3);
  assert.match(keyless.stderr, /PEAQOS_ORCH_API_KEY/);
  for (const url of ['ftp://x', `${PEAQOS_ORCHESTRATION_URL}/?a=b`, `${PEAQOS_ORCHESTRATION_URL}/#f`]) {
    const bad = await run(command, words, { cwd: scratch(context), env: { ...env, PEAQOS_ORCHESTRATION_URL: url } });
    assert.equal(bad.code, 3, url);
    assert.match(bad.stderr, /^Error: [^\n]*PEAQOS_ORCHESTRATION_URL[^\n]+\n$/);
  }
  assert.equal(market.requests.length, since);
});

testBoth('the flags for the market win over the environment', async (command, context) => {
  const flags = ['--orchestration-url', env.PEAQOS_ORCHESTRATION_URL, '--orch-api-key', env.PEAQOS_ORCH_API_KEY];
  const wrong = { PEAQOS_ORCHESTRATION_URL: 'http://127.0.0.1:1', PEAQOS_ORCH_API_KEY: 'no' };
  const { code, stderr } = await run(command, [...flags, 'scale', 'machine', 'list'], {
    cwd: scratch(context),
    env: wrong,
  });
  assert.equal(code, 0, stderr);
});

testBoth('a search is read back and shows how to order', async (command, context) => {
  const { machine, pairing, ...options } = await newBuyer(world, context);
  const since = market.requests.length;
  const search = ['scale', 'search', '--machine-id', machine.id, '--service-type', 'oracle.price-feed'];
  const words = [...search, '--pairing-token-file', 'agent.token', '--agent-pairing-id', pairing.id];
  const { code, stdout, stderr } = await run(
    command,
    [...words, '--budget-amount', '5', '--budget-currency', 'USD', '--native-only', '--max-results', '2'],
    { ...options, env: { PEAQOS_ORCHESTRATION_URL: env.PEAQOS_ORCHESTRATION_URL } },
  );
  assert.equal(code, 0, stderr);
  assert.equal(stderr, 'Searching for "oracle.price-feed" services...\n');
  assert.match(
    stdout,
    /^\nFound 2 matching services\.\n\n# {2}Service ID +Quote ID +Operation +Provider +Score +Execution +Integration\n─+\n/,
  );
  const [, id] = /\nSearch ID: {3}(\S+)\n {2}\[1\] Quote ID: {4}(\S+)\n/.exec(stdout);
  const [, service, quote] = new RegExp(
    `\nNext: peaqos scale order "(\\S+)" \\\\\n  --machine-id ${machine.id} \\\\\n  --agent-pairing-id ${pairing.id} \\\\\n` +
      `  --search-id ${id} \\\\\n  --quote-id (\\S+) \\\\\n  --pairing-token-file agent.token\n$`,
  ).exec(stdout);
  assert.deepEqual(asked(world, since), ['E8', 'E19']);
  assert.deepEqual(JSON.parse(market.requests[since].body), {
    machineId: machine.id,
    serviceType: 'oracle.price-feed',
    agentPairingId: pairing.id,
    maxResults: 2,
    requireNativeExecution: true,
    budget: { amount: 5, currency: 'USD' },
  });
  for (const { headers } of market.requests.slice(since)) {
    assert.equal(headers['x-agent-pairing-token'], pairing.token);
    assert.equal(headers['x-api-key'], undefined);
  }

  const json = JSON.parse((await run(command, [...words, '--json'], options)).stdout);
  assert.deepEqual(Object.keys(json).slice(0, 4), ['id', 'machine_id', 'request_payload', 'normalized_task']);
  assert.ok(json.quotes.some(({ service_id }) => service_id === service));
  assert.ok(quote.length > 0);
});

testBoth('an API that cannot show searches is content with its answer', async (command, context) => {
  const { machine, env: all, ...options } = await newBuyer(world, context);
  market.fail('E19', 'NOT_FOUND', { times: 1 });
  const { code, stdout, stderr } = await run(
    command,
    [
      ...['scale', 'search', '--machine-id', machine.id, '--service-type', 'no.such'],
      ...['--pairing-token-file', 'agent.token'],
    ],
    { ...options, env: all },
  );
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^\nNo matching services found\.\n\nSearch ID: {3}\S+\n\n[^\n]*--native-only[^\n]*--service-type\.\n$/,
  );
});

testBoth('credentials go to the API alone, whatever it says of them', async (command, context) => {
  const { machine, ...options } = await newBuyer(world, context);
  const canary = 'canary-4711-app-key';
  file(
    options.cwd,
    'credentials.json',
    JSON.stringify({ geodnet: { app_id: 'canary-4711-id', app_key: canary }, other: { x: 1 } }),
  );
  const words = [
    ...['scale', 'search', '--machine-id', machine.id, '--service-type', 'positioning.rtk'],
    ...['--pairing-token-file', 'agent.token', '--provider-credentials', 'credentials.json'],
  ];
  const since = market.requests.length;
  const good = await run(command, words, options);
  assert.equal(good.code, 0, good.stderr);
  assert.deepEqual(JSON.parse(market.requests[since].body).providerCredentials, {
    geodnet: { appId: 'canary-4711-id', appKey: canary },
  });
  assert.ok(!(good.stdout + good.stderr).includes('canary'));
  market.fail(
    'E8',
    { code: 'VALIDATION_ERROR', message: `bad value ${canary}`, details: { field: canary, secretThing: 'abc' } },
    { times: 1 },
  );
  const bad = await run(command, words, options);
  assert.equal(bad.code, 2);
  assert.ok(!bad.stderr.includes('canary'), bad.stderr);
  assert.match(bad.stderr, /bad value \[REDACTED\]/);
  assert.match(bad.stderr, /"secretThing":"\[REDACTED\]"/);
});
