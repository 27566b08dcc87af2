// A paid order that is killed between any two of its requests: the next run finds it, and nothing is made or paid twice.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getAddress } from 'viem';
import { SELLERS } from '../../devnet/src/services/orchestration/catalogue.mjs';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { killedAt } from '../support/kill_at.mjs';
import { file, marketEnv, newBuyer, newKey, ordersOf, payByHand, tokensOf } from '../support/market.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { newWallet } from '../support/wallets.mjs';
import { journal, startWorld, story, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const { market } = world.control;
const seller = SELLERS['harbor-data'];

/** A buyer whose agent's key is an OWS wallet, with money for two orders. */
async function newWalletBuyer(context) {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  const env = { ...buyer.env, ...(await newWallet(buyer.cwd, buyer.agent.key)), PEAQOS_RPC_URL: world.rpcUrl };
  return { ...buyer, env };
}

const names = Object.keys(commands);
const endpoints = ['PEAQOS_ORCHESTRATION_URL', 'PEAQOS_RPC_URL'];

/** Kills a run at every request in turn, until one is through before its number comes; looks at what each one left. */
async function killEverywhere(context, when, service, check) {
  const agent = newKey();
  const wallet = await newWallet(scratch(context), agent.key); // unlocked by each run, imported once
  const env = { ...marketEnv(world), ...wallet, PEAQOS_RPC_URL: world.rpcUrl };
  for (let number = 1; ; ++number) {
    const command = names[(number + (when === 'after' ? 1 : 0)) % names.length];
    const buyer = { ...(await newBuyer(world, context, { agent, dollars: '3' })), env };
    const { first, second } = await killedAt(number, when, command, buyer.words(service, '-y'), buyer, endpoints);
    const where = `killed ${when} request ${number} [${command}]: ${second.stderr}`;
    assert.equal(second.code, 0, where);
    const orders = await ordersOf(world, buyer.machine);
    assert.equal(orders.length, 1, where);
    assert.equal(orders[0].status, 'delivered', where);
    assert.equal(await transactionCount(world, agent.address), number, where);
    await check(where);
    if (first.signal !== 'SIGKILL') return number;
  }
}

for (const [when, service, recipient, units] of [
  ['before', 'svc_price_signed', seller, 1_500_000n],
  ['after', 'svc_price_signed', seller, 1_500_000n],
  ['after', 'svc_price_escrow', getAddress(world.addresses.Escrow), 2_000_000n],
])
  test(`${service}, killed ${when} each request`, async (context) => {
    let before = await tokensOf(world, recipient);
    const requests = await killEverywhere(context, when, service, async (where) => {
      const after = await tokensOf(world, recipient);
      assert.equal(after - before, units, where);
      before = after;
    });
    assert.ok(requests > 8, `${requests} requests`);
  });

testBoth('a wallet pays an order: its terms are shown, the transfer is signed once', async (command, context) => {
  const { words, agent, ...options } = await newWalletBuyer(context);
  const before = await tokensOf(world, seller);
  const { code, stdout, stderr } = await run(command, words('svc_price_signed', '-y'), options);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /Payment: {3}held\n/);
  assert.match(
    stderr,
    new RegExp(
      `  Transfer:  1\\.5 USDC\n  Pay from:  ${agent.address}\n  Pay to:    ${seller}\n  Balance:   3, then 1\\.5 USDC\n`,
    ),
  );
  assert.match(stderr, /\[3\/5\] Sending payment\.\.\.\n {6}Signing transfer via OWS \(wallet=buyer, chain=31338\)\n/);
  const [row] = journal(options.cwd).filter(({ step, status }) => step === 'order_payment' && status === 'confirmed');
  assert.match(stderr, new RegExp(`      ${agent.address} → ${seller}  \\$1\\.50\n      Tx: ${row.tx_hash}\n`));
  assert.equal((await tokensOf(world, seller)) - before, 1_500_000n);
  assert.deepEqual(story(options.cwd), [
    'order pending',
    'order pending',
    'order_payment pending',
    'order_payment confirmed',
    'order confirmed',
  ]);
});

testBoth('a wallet that lacks the tokens pays nothing and says what is missing', async (command, context) => {
  const { words, agent, ...options } = await newWalletBuyer(context);
  const service = { id: `svc_dear_${command}`, skillKey: 'dear', providerKey: 'harbor-data', serviceType: 'dear' };
  market.addService({
    ...service,
    operations: ['op'],
    executionMode: 'native',
    integrationStatus: 'native',
    regions: [],
    capabilities: [],
    price: 3.5,
    rail: 'wallet',
    payment: {},
    work: () => ({}),
  });
  const { code, stderr } = await run(command, words(service.id, '-y'), options);
  assert.equal(code, 2);
  assert.match(stderr, new RegExp(`INSUFFICIENT_TOKENS: ${agent.address} holds 3 USDC and needs 3\\.5\\.`));
  assert.equal(await transactionCount(world, agent.address), 0);
});

testBoth('another account than the payer does not pay', async (command, context) => {
  const { words, env, cwd } = await newWalletBuyer(context);
  const other = { ...env, ...(await newWallet(cwd, `0x${'11'.repeat(32)}`, 'other')) };
  const { code, stderr } = await run(command, words('svc_price_signed', '-y'), { cwd, env: other });
  assert.equal(code, 2);
  assert.match(stderr, /WRONG_PAYER: the order is to be paid by 0x/);
});

testBoth('a node of another chain is not used', async (command, context) => {
  const { words, agent, ...options } = await newWalletBuyer(context);
  const node = await startMeddler(world.rpcUrl, async (calls, forward, response) => {
    if (!calls.some(({ method }) => method === 'eth_chainId')) return false;
    const { text } = await forward();
    response.end(text.replaceAll('0x7a6a', '0x2105'));
    return true;
  });
  try {
    const env = { ...options.env, PEAQOS_RPC_URL: node.url };
    const { code, stderr } = await run(command, words('svc_price_signed', '-y'), { ...options, env });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /NO_PAYMENT_NODE: no node of chain 31338 can be used: [^\n]+ serves chain 8453\. Nothing was sent/,
    );
    assert.equal(await transactionCount(world, agent.address), 0);
  } finally {
    await node.stop();
  }
});

testBoth('declining a payment leaves it unpaid, and the next run pays once', async (command, context) => {
  const { words, agent, machine, ...options } = await newWalletBuyer(context);
  const answered = async (input) => {
    const { child, done } = start(command, words('svc_price_signed'), { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(input);
    return done;
  };
  const declined = await answered('n\n');
  assert.deepEqual([declined.code, declined.stdout], [0, '']);
  assert.match(declined.stderr, /Aborted\. Order \S+ stays open\.\n/);
  assert.equal(await transactionCount(world, agent.address), 0);
  const agreed = await answered('y\n');
  assert.equal(agreed.code, 0, agreed.stderr);
  assert.equal(await transactionCount(world, agent.address), 1);
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('a transaction that was paid by hand is reported once the API is back', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  const { words, machine, ...options } = buyer;
  const hash = await payByHand(world, buyer, seller, '1.5');
  const given = ['--payment-tx-hash', hash, '--payment-chain', 'eip155:31338', '--payment-token', 'USDC', '-y'];
  market.fail('E14', { drop: 'before' }, { times: 1 });
  const first = await run(command, words('svc_price_signed', ...given), options);
  assert.equal(first.code, 2);
  assert.match(first.stderr, /was created but payment proof failed/);
  // The hash is known by now: it need not be given again.
  const second = await run(command, words('svc_price_signed', '-y'), options);
  assert.equal(second.code, 0, second.stderr);
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('an order whose answer was lost is found in the list', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  file(options.cwd, 'input.json', '{"a":1}');
  market.fail('E9', { drop: 'after' }, { times: 1 });
  const first = await run(command, words('svc_block', '-y', '--input', 'input.json'), options);
  assert.equal(first.code, 2);
  assert.match(first.stderr, /whether the order came to be is not known\. Run the same command again/);
  const second = await run(command, words('svc_block', '-y', '--input', 'input.json'), options);
  assert.equal(second.code, 0, second.stderr);
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('an order that was executed while the run died is told of, not repeated', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  market.fail('E16', { drop: 'after' }, { times: 1 });
  const first = await run(command, words('svc_block', '-y'), options);
  assert.equal(first.code, 2);
  const second = await run(command, words('svc_block', '-y', '--json'), options);
  assert.equal(second.code, 0, second.stderr);
  const result = JSON.parse(second.stdout);
  assert.deepEqual([result.order.status, result.execution], ['delivered', null]);
  assert.equal((await ordersOf(world, machine)).length, 1);
  // That one is done: the next purchase is a new one.
  assert.equal((await run(command, words('svc_block', '-y'), options)).code, 0);
  assert.equal((await ordersOf(world, machine)).length, 2);
});

testBoth('an order that was cancelled meanwhile is not continued for ever', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  market.fail('E16', { code: 'PAYMENT_RPC_ERROR', status: 502 }, { times: 1 });
  assert.equal((await run(command, words('svc_block', '-y'), options)).code, 2);
  const [order] = await ordersOf(world, machine);
  market.setOrder(order.id, 'cancelled');
  const second = await run(command, words('svc_block', '-y'), options);
  assert.equal(second.code, 2);
  assert.match(second.stderr, /ORDER_ENDED: an earlier run made this order, and meanwhile it has ended as cancelled/);
  assert.equal((await run(command, words('svc_block', '-y'), options)).code, 0);
});
