// A policy file bounds what every command signs: at once and in turn, whatever it is asked to say yes to.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { newBuyer, ordersOf } from '../support/market.mjs';
import { newWallet } from '../support/wallets.mjs';
import {
  activate,
  eventCount,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();

/** Writes the policy of a folder. */
function allow(cwd, rules, mode = 0o600) {
  const path = join(cwd, 'peaqos-policy.json');
  writeFileSync(path, typeof rules === 'string' ? rules : JSON.stringify({ version: 1, ...rules }));
  chmodSync(path, mode);
  return path;
}

/** An operator with an active machine in a folder without a policy: {cwd, env, address, machine}. */
async function newActive(command, context) {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const done = await run(command, activate, { cwd, env: operator.env });
  assert.equal(done.code, 0, done.stderr);
  return { ...operator, cwd, machine: machineIdOf(done) };
}

testBoth('a refusal names the rule and the file, and nothing is signed', async (command, context) => {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const path = allow(cwd, { amounts: { PEAQ: { perTransaction: '0.5' } } });
  const { code, stderr, stdout } = await run(command, [...activate, '--json'], { cwd, env: operator.env });
  assert.equal(code, 1, stderr);
  assert.ok(
    stderr.endsWith(
      `Error: the policy '${path}' refuses it: amounts.PEAQ.perTransaction is 0.5 PEAQ, and this spends 1 PEAQ. ` +
        'At most 0.5 PEAQ at once is allowed\n',
    ),
    stderr,
  );
  const { error } = JSON.parse(stdout);
  assert.deepEqual([error.code, error.kind, error.sent], ['POLICY_REFUSED', 'input', 'nothing']);
  assert.equal(await transactionCount(world, operator.address), 0);
});

testBoth('eight events at once cannot exceed the sum of their fees together', async (command, context) => {
  const { cwd, env, machine, address } = await newActive(command, context);
  const before = await transactionCount(world, address);
  // What one event may cost: the highest fee that its row counts with, and once it is mined its real one.
  allow(cwd, { fees: { PEAQ: { perTransaction: '0.000000000000000001' } } });
  const probe = await run(command, revenue(machine), { cwd, env });
  const most = /may cost ([0-9.]+) PEAQ/.exec(probe.stderr)?.[1];
  assert.ok(most, probe.stderr);
  allow(cwd, { fees: { PEAQ: { perDay: '1' } } });
  const shown = JSON.parse((await run(command, ['policy', 'show', '--json'], { cwd, env })).stdout);
  const spent = shown.limits[0].spent;
  const wei = (text) => {
    const [whole, part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(18, '0'));
  };
  const text = (amount) => `${amount / 10n ** 18n}.${String(amount % 10n ** 18n).padStart(18, '0')}`;
  const sum = wei(spent) + wei(most) * 3n;
  allow(cwd, { fees: { PEAQ: { perDay: text(sum) } } });
  const runs = [];
  for (let i = 0; i < 8; ++i) {
    const words = revenue(machine, '--idempotency-key', `at-once-${i}`);
    runs.push(run(command, words, { cwd, env }));
  }
  const ends = await Promise.all(runs);
  const refused = ends.filter(({ code, stderr }) => code === 1 && /fees\.PEAQ\.perDay is/.test(stderr));
  const done = ends.filter(({ code }) => code === 0);
  assert.equal(done.length + refused.length, 8, ends.map(({ stderr }) => stderr).join('\n'));
  assert.ok(done.length >= 1 && refused.length >= 1, `${done.length} done, ${refused.length} refused`);
  assert.equal(await transactionCount(world, address), before + done.length);
  const paid = journal(cwd).reduce((total, row) => total + BigInt(row.fee_wei ?? 0), 0n);
  assert.ok(paid <= sum, `${paid} of ${sum} wei`);
  assert.equal(await eventCount(world, machine), done.length);
});

testBoth('a bond is an amount, and a day has room for so many', async (command, context) => {
  const cwd = scratch(context);
  allow(cwd, { amounts: { PEAQ: { perDay: '2' } } });
  for (const expected of [0, 0, 1]) {
    const operator = await newOperator(world);
    const { code, stderr } = await run(command, activate, { cwd, env: operator.env });
    assert.equal(code, expected, stderr);
    if (expected === 1)
      assert.match(
        stderr,
        /amounts\.PEAQ\.perDay is 2 PEAQ, 2 PEAQ of it spent.*0 PEAQ is allowed now, 1 PEAQ from \S+Z on/,
      );
  }
});

testBoth('operations, contracts and machines', async (command, context) => {
  const { cwd, env, machine, address } = await newActive(command, context);
  const sent = await transactionCount(world, address);
  const other = '0x00000000000000000000000000000000000000e1';
  for (const [rules, problem] of [
    [{ operations: ['activate'] }, "operations does not name 'qualify event'"],
    [{ contracts: [other] }, `contracts does not name ${world.addresses.EventRegistry}`],
    [{ machines: ['999999'] }, `machines does not name ${machine}`],
    [{ fees: { ETH: {} } }, 'fees does not name PEAQ'],
  ]) {
    allow(cwd, rules);
    const { code, stderr } = await run(command, revenue(machine), { cwd, env });
    assert.equal(code, 1, stderr);
    assert.ok(stderr.toLowerCase().includes(problem.toLowerCase()), stderr);
  }
  assert.equal(await transactionCount(world, address), sent);
  allow(cwd, {
    operations: ['qualify event'],
    contracts: [world.addresses.EventRegistry],
    recipients: [],
    machines: [machine],
    amounts: {},
    fees: { PEAQ: { perDay: '1' } },
  });
  const { code, stderr } = await run(command, revenue(machine), { cwd, env });
  assert.equal(code, 0, stderr);
});

testBoth('an order is paid within the policy, and -y is no person', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  const options = {
    cwd: buyer.cwd,
    env: { ...buyer.env, ...(await newWallet(buyer.cwd, buyer.agent.key)), PEAQOS_RPC_URL: world.rpcUrl },
  };
  const order = buyer.words('svc_price_signed', '-y');
  allow(buyer.cwd, { amounts: {} });
  const unnamed = await run(command, order, options);
  assert.equal(unnamed.code, 1, unnamed.stderr);
  const [, token, chain] = /amounts does not name the token (0x\w+) on chain (\d+)/.exec(unnamed.stderr) ?? [];
  assert.ok(token, unnamed.stderr);
  const usd = (limits) => ({
    amounts: { USD: { ...limits, tokens: [{ chain: Number(chain), address: token, decimals: 6 }] } },
  });
  allow(buyer.cwd, usd({ askAbove: '0.01' }));
  const alone = await run(command, order, options);
  assert.equal(alone.code, 1, alone.stderr);
  assert.match(alone.stderr, /above amounts\.USD\.askAbove of 0\.01 USD, and nobody is there to agree/);
  allow(buyer.cwd, { ...usd({ perDay: '3' }), recipients: [token] });
  const elsewhere = await run(command, order, options);
  assert.match(elsewhere.stderr, /recipients does not name 0x/);
  allow(buyer.cwd, { ...usd({ perDay: '3' }), machines: ['another'] });
  assert.match((await run(command, order, options)).stderr, /machines does not name /);
  assert.equal(await transactionCount(world, buyer.agent.address), 0);
  allow(buyer.cwd, {
    ...usd({ perDay: '3', askAbove: '3' }),
    machines: [buyer.machine.id],
    operations: ['scale order'],
  });
  const paid = await run(command, order, options);
  assert.equal(paid.code, 0, paid.stderr);
  assert.equal((await ordersOf(world, buyer.machine)).length, 1, 'each rerun went on with the same order');
  const { limits } = JSON.parse((await run(command, ['policy', 'show', '--json'], options)).stdout);
  assert.equal(limits[0].rule, 'amounts.USD.perDay');
  assert.ok(Number(limits[0].spent) > 0, limits[0].spent);
});

testBoth('a file that is wrong, open to others or not there stops every signature', async (command, context) => {
  const { cwd, env, machine, address } = await newActive(command, context);
  const sent = await transactionCount(world, address);
  const event = revenue(machine);
  const cases = [
    [
      () => allow(cwd, '{"version": 1, "amounts": {"PEAQ": {"perDay": "1", "perDay": "9"}}}'),
      /amounts\.PEAQ\.perDay is there twice/,
    ],
    [() => allow(cwd, { amount: {} }), /policy '.*peaqos-policy\.json': amount is not known\. Use version, operations/],
    [() => allow(cwd, { hours: { from: 6, to: '22:00' } }), /hours\.from is not a text/],
    [() => allow(cwd, {}, 0o666), /others than its owner can change the policy/],
  ];
  for (const [prepare, problem] of cases) {
    prepare();
    for (const words of [event, ['policy', 'check'], ['policy', 'show'], ['policy', 'test', ...event]]) {
      const { code, stderr, stdout } = await run(command, words, { cwd, env });
      assert.deepEqual([code, stdout], [3, ''], stderr);
      assert.match(stderr, problem);
    }
  }
  allow(cwd, {});
  const missing = await run(command, event, { cwd, env: { ...env, PEAQOS_POLICY: 'elsewhere.json' } });
  assert.equal(missing.code, 3, missing.stderr);
  assert.match(missing.stderr, /policy 'elsewhere\.json': there is no such file/);
  mkdirSync(join(cwd, 'elsewhere.json'));
  assert.equal((await run(command, event, { cwd, env: { ...env, PEAQOS_POLICY: 'elsewhere.json' } })).code, 3);
  assert.equal(
    (await run(command, ['whoami'], { cwd, env: { ...env, PEAQOS_POLICY: 'x' } })).code,
    0,
    'who reads needs none',
  );
  assert.equal(await transactionCount(world, address), sent);
});

testBoth('policy test tells what would happen, and does nothing', async (command, context) => {
  const { cwd, env, machine, address } = await newActive(command, context);
  const sent = await transactionCount(world, address);
  const rows = readFileSync(join(cwd, 'peaqos.log'), 'utf8');
  const judge = async (...words) => run(command, ['policy', 'test', '--json', ...words], { cwd, env });
  const without = await judge(...revenue(machine));
  assert.equal(without.code, 0, without.stderr);
  assert.deepEqual(JSON.parse(without.stdout).file, null);
  const path = allow(cwd, { machines: [machine], fees: { PEAQ: { perDay: '1' } } });
  const allowed = JSON.parse((await judge(...revenue(machine))).stdout);
  assert.deepEqual(allowed, {
    file: path,
    verdict: 'allowed',
    transactions: [{ step: 'submit_event', verdict: 'allowed', reason: null, hint: null }],
    note: null,
  });
  allow(cwd, { fees: { PEAQ: { perTransaction: '0' } } });
  const refused = await judge(...revenue(machine));
  assert.equal(refused.code, 1);
  assert.equal(JSON.parse(refused.stdout).verdict, 'refused');
  assert.match(refused.stderr, /^Error: the policy .* refuses it: fees\.PEAQ\.perTransaction is 0 PEAQ/m);
  allow(cwd, { fees: { PEAQ: { askAbove: '0' } } });
  assert.equal(JSON.parse((await judge(...revenue(machine))).stdout).verdict, 'person');
  // A new machine: each of its transactions counts for those behind it.
  const fresh = await newOperator(world);
  allow(cwd, { amounts: { PEAQ: { perTransaction: '0.5' } } });
  const plan = await run(command, ['policy', 'test', ...activate], { cwd, env: fresh.env });
  assert.equal(plan.code, 1, plan.stderr);
  assert.match(plan.stdout, /^register: refused, the policy .*\nmint_nft: allowed\nmachine_did: allowed\n$/);
  allow(cwd, { operations: ['activate'] });
  const order = ['scale', 'order', 'svc', '--machine-id', 'm', '--agent-pairing-id', 'p', '--pairing-token-file', 'x'];
  const ordered = await run(command, ['policy', 'test', ...order], { cwd, env });
  assert.equal(ordered.code, 1, ordered.stderr);
  assert.match(ordered.stdout, /order_payment: refused, .*operations does not name 'scale order'/);
  const reading = await run(command, ['policy', 'test', 'whoami'], { cwd, env });
  assert.deepEqual([reading.code, reading.stdout], [0, 'Note: peaqos whoami signs no transaction\n']);
  assert.equal((await run(command, ['policy', 'test', 'nonsense'], { cwd, env })).code, 1);
  assert.equal(await transactionCount(world, address), sent);
  assert.equal(readFileSync(join(cwd, 'peaqos.log'), 'utf8'), rows);
});

testBoth('the example of the documentation is a policy', async (command, context) => {
  const example = fileURLToPath(new URL('../../docs/peaqos-policy.example.json', import.meta.url));
  const cwd = scratch(context);
  const path = allow(cwd, readFileSync(example, 'utf8'));
  const { code, stdout, stderr } = await run(command, ['policy', 'check'], { cwd });
  assert.deepEqual([code, stdout, stderr], [0, `The policy '${path}' is in order.\n`, '']);
  const page = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8');
  assert.ok(page.includes(readFileSync(example, 'utf8')), 'docs/security.md shows it');
});

testBoth('without a file there is nothing to check', async (command, context) => {
  const cwd = scratch(context);
  const { code, stderr } = await run(command, ['policy', 'check'], { cwd });
  assert.equal(code, 3, stderr);
  const shown = await run(command, ['policy', 'show'], { cwd });
  assert.deepEqual([shown.code, shown.stdout], [0, 'There is no policy: everything is allowed.\n']);
});
