// --plan: what every command that writes would do, while nothing is sent and no file is written.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { asked, newBuyer, ordersOf } from '../support/market.mjs';
import { newWallet } from '../support/wallets.mjs';
import { activate, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const { market } = world.control;

/** Everything in a folder: paths, and what files hold. */
function contentOf(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .map((name) => [name, statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name), 'latin1') : null]);
}

const schemas = new Map();
async function checkOf(path) {
  if (!schemas.has(path)) {
    const { stdout } = await run('peaqos-native', ['--json-schema', ...path.split(' ')]);
    const { definitions } = JSON.parse(stdout);
    const ajv = new Ajv({ allErrors: true, schemaId: 'auto' });
    schemas.set(path, { ajv, check: ajv.compile(definitions.plan) });
  }
  return schemas.get(path);
}

/** Runs a command with --plan twice, as JSON and as text; asserts that nothing has changed. */
async function planOf(command, path, words, options) {
  const home = options.env.HOME ?? options.cwd;
  const before = [contentOf(options.cwd), contentOf(home), await world.rpc('eth_blockNumber', [])];
  const since = market.requests.length;
  const { code, stdout, stderr } = await run(command, [...words, '--plan', '--json'], options);
  assert.equal(code, 0, stderr);
  const value = JSON.parse(stdout);
  const { ajv, check } = await checkOf(path);
  assert.ok(check(value), ajv.errorsText(check.errors));
  assert.equal(value.plan.command, path);
  const text = await run(command, [...words, '--plan'], options);
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, new RegExp(`^Plan of 'peaqos ${path}'; nothing was sent\\.\\n`));
  assert.deepEqual([contentOf(options.cwd), contentOf(home), await world.rpc('eth_blockNumber', [])], before);
  for (const { method } of market.requests.slice(since)) assert.equal(method, 'GET');
  return { ...value.plan, text: text.stdout };
}

/** The transactions that an account has sent since a nonce. */
async function sentBy(address, nonce) {
  const found = [];
  const head = Number(await world.rpc('eth_blockNumber', []));
  for (let number = 0; number <= head; ++number) {
    const block = await world.rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, true]);
    found.push(...block.transactions);
  }
  return found.filter(({ from, nonce: its }) => from === address.toLowerCase() && Number(its) >= nonce);
}

/** Asserts that what was sent is what was planned. */
async function assertSent(plan, address, nonce) {
  const sent = await sentBy(address, nonce);
  assert.deepEqual(
    sent.map(({ to, value }) => [to, BigInt(value)]),
    plan.transactions.map(({ to, value }) => [to.toLowerCase(), BigInt(value)]),
  );
  let fees = 0n;
  for (const { hash } of sent) {
    const { gasUsed, effectiveGasPrice } = await world.rpc('eth_getTransactionReceipt', [hash]);
    fees += BigInt(gasUsed) * BigInt(effectiveGasPrice);
  }
  assert.ok(fees <= BigInt(plan.sums.PEAQ.max_fee), `${fees} paid, ${plan.sums.PEAQ.max_fee} planned at most`);
}

testBoth('activate: the steps that are left, with their bond', async (command, context) => {
  const operator = await newOperator(world);
  const options = { cwd: scratch(context), env: operator.env };
  const plan = await planOf(command, 'activate', activate, options);
  assert.equal(plan.chain_id, world.chainId);
  assert.equal(plan.signer, operator.address);
  assert.deepEqual(
    plan.transactions.map(({ step, contract, function: called, value }) => [step, contract, called, value]),
    [
      ['register', 'IdentityRegistry', 'register()', `1${'0'.repeat(18)}`],
      ['mint_nft', 'MachineNFT', 'mint(uint256,address)', '0'],
      ['machine_did', 'Batch precompile', 'batchAll(address[],uint256[],bytes[],uint64[])', '0'],
    ],
  );
  assert.deepEqual(plan.transactions[1].arguments, [
    { name: 'machineId', value: null },
    { name: 'to', value: operator.address },
  ]);
  assert.ok(plan.transactions[2].arguments.some(({ value }) => value === 'https://example.com/docs'));
  assert.match(plan.text, /\n {2}PEAQ: 1\.0+ PEAQ and fees of about /);
  const done = await run(command, activate, options);
  assert.equal(done.code, 0, done.stderr);
  await assertSent(plan, operator.address, 0);
  const rest = await planOf(command, 'activate', activate, options);
  assert.deepEqual([rest.transactions, rest.sums], [[], {}]);
  assert.match(rest.text, /\nNo transaction would be sent\.\n/);
});

testBoth('activate: money that is missing is told', async (command, context) => {
  const operator = await newOperator(world, { balance: 0n });
  const options = { cwd: scratch(context), env: operator.env };
  const plan = await planOf(command, 'activate', activate, options);
  const shortfall = plan.reads.find(({ name }) => name === 'shortfall');
  assert.equal(shortfall.subject, operator.address);
  assert.ok(BigInt(shortfall.value) > 10n ** 18n);
  assert.deepEqual(
    plan.actions.map(({ name }) => name),
    ['two_factor', 'fund'],
  );
});

testBoth("activate for another: the machine's address is enough", async (command, context) => {
  const operator = await operatorWithMachine(world, context, command);
  const machine = await newOperator(world);
  const keyFile = join(operator.cwd, 'machine.key');
  writeFileSync(keyFile, machine.key, { mode: 0o600 });
  const words = [...activate, '--for', machine.address];
  const plan = await planOf(command, 'activate', words, operator);
  assert.deepEqual(
    plan.transactions.map(({ step, from }) => [step, from]),
    [
      ['register', operator.address],
      ['mint_nft', operator.address],
      ['machine_did', machine.address],
      ['proxy_did', operator.address],
    ],
  );
});

testBoth('qualify event: the call with its arguments', async (command, context) => {
  const operator = await operatorWithMachine(world, context, command);
  const nonce = await transactionCount(world, operator.address);
  const words = revenue(operator.id, '--idempotency-key', 'a');
  const plan = await planOf(command, 'qualify event', words, operator);
  assert.equal(plan.transactions.length, 1);
  const [{ contract, arguments: given }] = plan.transactions;
  assert.equal(contract, 'EventRegistry');
  assert.deepEqual(given.slice(0, 4), [
    { name: 'machineId', value: operator.id },
    { name: 'eventType', value: 0 },
    { name: 'value', value: '125' },
    { name: 'currency', value: 'USD' },
  ]);
  assert.equal((await run(command, words, operator)).code, 0);
  await assertSent(plan, operator.address, nonce);
  const known = await planOf(command, 'qualify event', words, operator);
  assert.deepEqual(known.transactions, []);
  assert.equal(known.reads[0].name, 'idempotency_key');
  assert.equal(known.reads[0].value.status, 'confirmed');
  const refused = await run(command, [...revenue(999_999), '--plan', '--json'], operator);
  assert.equal(refused.code, 2);
  assert.equal(JSON.parse(refused.stdout).error.sent, 'nothing');
});

testBoth('qualify events: every transaction, and its calls', async (command, context) => {
  const operator = await operatorWithMachine(world, context, command);
  const nonce = await transactionCount(world, operator.address);
  const lines = Array.from({ length: 60 }, (_, index) => ({
    machine_id: Number(operator.id),
    type: 'revenue',
    value: index + 1,
    ts: 1_776_945_600,
  }));
  writeFileSync(join(operator.cwd, 'day.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join('') + 'bad\n');
  const words = ['qualify', 'events', 'day.jsonl', '--batch', '20', '--results', 'results.jsonl'];
  const plan = await planOf(command, 'qualify events', words, operator);
  assert.deepEqual(
    plan.transactions.map(({ calls }) => calls.length),
    [20, 20, 20],
  );
  assert.equal(plan.transactions[2].calls[19].line, 60);
  assert.equal((await run(command, [...words, '-y'], operator)).code, 1);
  await assertSent(plan, operator.address, nonce);
});

testBoth('scale order: a new one, and one that was left open', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '20' });
  const env = { ...buyer.env, PEAQOS_RPC_URL: world.rpcUrl, ...(await newWallet(buyer.cwd, buyer.agent.key)) };
  const options = { cwd: buyer.cwd, env };
  const words = buyer.words('svc_price_signed');
  const fresh = await planOf(command, 'scale order', words, options);
  assert.deepEqual(
    fresh.actions.map(({ name }) => name),
    ['place_order', 'pay_order', 'execute_order'],
  );
  assert.equal(fresh.actions[0].facts.body.serviceId, 'svc_price_signed');
  assert.deepEqual(fresh.transactions, []);
  assert.equal((await ordersOf(world, buyer.machine)).length, 0);

  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end('n\n');
  await done;
  assert.equal((await ordersOf(world, buyer.machine)).length, 1);
  const since = market.requests.length;
  const open = await planOf(command, 'scale order', words, options);
  assert.deepEqual(new Set(asked(world, since)).size, 2, 'the order and its payment are read');
  assert.deepEqual(
    open.actions.map(({ name }) => name),
    ['pay_order', 'report_payment', 'execute_order'],
  );
  assert.equal(open.transactions.length, 1);
  const [{ from, function: called, contract }] = open.transactions;
  assert.deepEqual([from, called, contract], [buyer.agent.address, 'transfer(address,uint256)', 'USDC']);
  assert.equal(open.sums.USDC.decimals, 6);
  assert.ok(BigInt(open.sums.USDC.value) > 0n);
  assert.ok(!JSON.stringify(open).includes(buyer.pairing.token));
  const paid = await run(command, [...words, '--yes'], options);
  assert.equal(paid.code, 0, paid.stderr);
  assert.equal((await sentBy(buyer.agent.address, 0)).length, 1);
});

testBoth('wallet delete: the file that would go', async (command, context) => {
  const cwd = scratch(context);
  const { key } = await newOperator(world);
  const env = await newWallet(cwd, key, 'robot-7');
  const plan = await planOf(command, 'wallet delete', ['wallet', 'delete', 'robot-7'], { cwd, env });
  assert.deepEqual([plan.chain_id, plan.signer, plan.transactions], [null, null, []]);
  assert.equal(plan.actions[0].name, 'erase_file');
  assert.ok(statSync(plan.actions[0].facts.path).isFile());
});
