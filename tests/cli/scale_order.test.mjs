// scale order: free orders, handoffs, payments by hand and by a given transaction; status, list, received, dispute.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { getAddress } from 'viem';
import { SELLERS } from '../../devnet/src/services/orchestration/catalogue.mjs';
import { run, start, testBoth } from '../support/commands.mjs';
import { asked, file, newBuyer, ordersOf, payByHand, tokensOf } from '../support/market.mjs';
import { journal, startWorld } from '../support/world.mjs';

const world = await startWorld();
const { market } = world.control;

const HASH = /0x[0-9a-f]{64}/;
const idOf = (stdout) => /Order ID: {2}(\S+)/.exec(stdout)[1];
const orderRows = (cwd) => journal(cwd).filter(({ step }) => step.startsWith('order'));

/** Runs with standard input. */
async function answering(command, words, options, input) {
  const { child, done } = start(command, words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  return done;
}

testBoth('a free order is made and executed in two steps', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  file(
    options.cwd,
    'input.json',
    '{ "snake_key": 1.00, "camelKey": 12345678901234567890123, "nul": null, "emp": {} }\n',
  );
  const since = market.requests.length;
  const { code, stdout, stderr } = await run(
    command,
    words('svc_block', '--input', 'input.json', '--operation', 'summarize', '--yes'),
    options,
  );
  assert.equal(code, 0, stderr);
  const id = idOf(stdout);
  assert.equal(
    stdout,
    `Order executed.

  Order ID:  ${id}
  Service:   block-summary
  Status:    delivered
  Payment:   not_required

  Confirm delivery: peaqos scale order received ${id}
`,
  );
  assert.equal(stderr, '[1/2] Creating order...\n[2/2] Executing order...\n');
  assert.deepEqual(asked(world, since), ['E9', 'E16']);
  // The input goes out as it was written: no key, digit or null of it is touched.
  const input = '{ "snake_key": 1.00, "camelKey": 12345678901234567890123, "nul": null, "emp": {} }';
  for (const { body, headers } of market.requests.slice(since)) {
    assert.ok(body.includes(input), body);
    assert.equal(headers['x-api-key'], undefined);
  }
  assert.deepEqual(
    orderRows(options.cwd).map(({ status, order_id }) => [status, order_id]),
    [
      ['pending', undefined],
      ['pending', id],
      ['confirmed', id],
    ],
  );
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('a finished order does not keep an equal one from being made', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  for (let n = 1; n <= 2; ++n) {
    assert.equal((await run(command, words('svc_block', '--yes'), options)).code, 0);
    assert.equal((await ordersOf(world, machine)).length, n);
  }
});

testBoth('a handoff says where to go', async (command, context) => {
  const { words, ...options } = await newBuyer(world, context);
  const { code, stdout, stderr } = await run(command, words('svc_price_desk', '-y'), options);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Order placed \(external handoff\)\.\n/);
  assert.match(stdout, / {2}Status: {4}handoff\n/);
  assert.match(stdout, / {2}Handoff: {3}Open the desk → https:\/\/desk\.example\.com\/quotes\n/);
  assert.match(stdout, new RegExp(`\n  peaqos scale order received ${idOf(stdout)}\n$`));
});

testBoth('declining leaves the order open, says so, and the same command goes on', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  const declined = await answering(command, words('svc_block'), options, 'no\n');
  assert.equal(declined.code, 0);
  assert.equal(declined.stdout, '');
  const [order] = await ordersOf(world, machine);
  assert.match(declined.stderr, new RegExp(`\nOrder summary:\n\n  Order ID:  ${order.id}\n`));
  assert.match(declined.stderr, /Proceed with order execution\? \[y\/N\]: /);
  assert.match(
    declined.stderr,
    new RegExp(`Aborted\\. Order ${order.id} stays open\\.\n.*\n.*order status ${order.id}\n$`),
  );

  const again = await answering(command, words('svc_block'), options, 'y\n');
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, new RegExp(`^Continuing order ${order.id} of an earlier run`));
  assert.equal(idOf(again.stdout), order.id);
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('who is asked and cannot answer is told of the order', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  const { code, stderr } = await answering(command, words('svc_block'), options, '');
  assert.equal(code, 1);
  const [order] = await ordersOf(world, machine);
  assert.match(stderr, new RegExp(`Order ${order.id} stays open`));
  assert.match(stderr, /Error: there is no answer to [^\n]*--yes/);
});

testBoth('a payment by hand: the whole terms are shown, the hash is asked for', async (command, context) => {
  const { words, agent, ...options } = await newBuyer(world, context, { dollars: '5' });
  const { child, done } = start(command, words('svc_price_signed'), { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let shown = '';
  child.stderr.on('data', (part) => (shown += part));
  child.stdin.write('y\n');
  while (!/Pay to: +0x/.test(shown)) await new Promise((resolve) => setTimeout(resolve, 20));
  const seller = /Pay to: +(0x[0-9a-fA-F]{40})\n/.exec(shown)[1];
  const hash = await payByHand(world, { agent }, seller, '1.5');
  child.stdin.end(`${hash}\n`);
  const { code, stdout, stderr } = await done;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\n\[2\/5\] Creating payment intent\.\.\.\n/);
  assert.match(stderr, /\nPayment required\.\n\n {2}Amount: {4}\$1\.50\n {2}Chain: {5}eip155:31338\n/);
  assert.match(stderr, new RegExp(`  Token:     USDC \\(${getAddress(world.addresses.UsdToken)}\\)\n`));
  assert.match(stderr, new RegExp(`  Pay from:  ${agent.address}\n  Pay to:    ${seller}\n`));
  assert.match(stderr, /\[4\/5\] Recording payment proof\.\.\.\n\[5\/5\] Executing order\.\.\.\n$/);
  assert.match(stdout, /Payment: {3}held\n/);
  const paid = orderRows(options.cwd).filter(({ step }) => step === 'order_payment');
  assert.deepEqual(
    paid.map(({ status, tx_hash }) => [status, tx_hash]),
    [
      ['pending', hash],
      ['confirmed', hash],
    ],
  );
});

testBoth('a given transaction pays, and its proof has the exact amount', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '5' });
  const { words, ...options } = buyer;
  const seller = SELLERS['harbor-data'];
  const hash = await payByHand(world, buyer, seller, '1.5');
  const since = market.requests.length;
  const { code, stdout, stderr } = await run(
    command,
    words(
      'svc_price_signed',
      '--payment-tx-hash',
      hash,
      '--payment-chain',
      'eip155:31338',
      '--payment-token',
      'USDC',
      '--json',
    ),
    options,
  );
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout);
  assert.deepEqual(Object.keys(result), ['order', 'payment', 'execution']);
  assert.equal(result.payment.status, 'held');
  assert.equal(result.execution.status_code, 200);
  assert.deepEqual(asked(world, since), ['E9', 'E11', 'E13', 'E14', 'E16']);
  const proof = JSON.parse(market.requests[since + 3].body);
  assert.deepEqual([proof.tokenDecimals, proof.rawAmount, proof.amount], [6, '1500000', '1.5']);
  assert.equal(proof.transactionHash, hash);
});

testBoth('an escrow is paid to its contract, and locked', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '5' });
  const { words, ...options } = buyer;
  const hash = await payByHand(world, buyer, world.addresses.Escrow, '2');
  const { code, stdout, stderr } = await run(
    command,
    words(
      'svc_price_escrow',
      '--payment-tx-hash',
      hash,
      '--payment-chain',
      'eip155:31338',
      '--payment-token',
      'USDC',
      '-y',
    ),
    options,
  );
  assert.equal(code, 0, stderr);
  assert.match(stderr, new RegExp(`Pay to: +${getAddress(world.addresses.Escrow)} \\(escrow\\)\n`));
  assert.match(stderr, /\[4\/5\] Locking escrow\.\.\.\n/);

  const id = idOf(stdout);
  const received = await run(
    command,
    ['scale', 'order', 'received', id, '--pairing-token-file', 'agent.token'],
    options,
  );
  assert.equal(received.code, 0, received.stderr);
  assert.equal(
    received.stdout,
    `Delivery confirmed.\n\n  Order ID:  ${id}\n  Status:    confirmed\n  Payment:   release_pending\n`,
  );
  await market.settled();
});

testBoth('an order that must be paid, with nobody to ask, fails before its intent', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  const since = market.requests.length;
  const { code, stdout, stderr } = await run(command, words('svc_price_signed', '-y'), options);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  const [order] = await ordersOf(world, machine);
  assert.ok(stderr.includes(`Error: order '${order.id}' was created but payment transfer failed\n`), stderr);
  assert.match(
    stderr,
    /\n {2}Current status: payment_pending\n {2}Payment status: payment_pending\n[\s\S]*--payment-tx-hash/,
  );
  assert.match(stderr, new RegExp(`\n  Check: peaqos scale order status ${order.id}\n$`));
  assert.deepEqual(asked(world, since).slice(0, 3), ['E9', 'E11', 'E10']);
});

testBoth('a hash that pays nothing is asked for again by the next run', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '5' });
  const { words, machine, agent, ...options } = buyer;
  const wrong = await payByHand(world, buyer, agent.address, '1');
  const first = await answering(command, words('svc_price_signed'), options, `y\n${wrong}\n`);
  assert.equal(first.code, 2);
  assert.match(first.stderr, /was created but payment proof failed\n[\s\S]*\n {2}PAYMENT_TRANSFER_NOT_FOUND: /);
  const right = await payByHand(world, buyer, SELLERS['harbor-data'], '1.5');
  const second = await answering(command, words('svc_price_signed'), options, `y\n${right}\n`);
  assert.equal(second.code, 0, second.stderr);
  assert.equal((await ordersOf(world, machine)).length, 1);
});

testBoth('the end of input at the question for a hash is 2, since an order exists', async (command, context) => {
  const { words, ...options } = await newBuyer(world, context);
  const { code, stderr } = await answering(command, words('svc_price_signed'), options, 'y\n');
  assert.equal(code, 2);
  assert.match(stderr, /was created but payment transfer failed\n/);
});

testBoth('a service that fails is an error, its result printed', async (command, context) => {
  const { words, ...options } = await newBuyer(world, context);
  file(options.cwd, 'input.json', '{"symbol":"NO/SUCH"}');
  const { code, stdout, stderr } = await run(command, words('svc_price_open', '--input', 'input.json', '-y'), options);
  assert.equal(code, 2, stdout);
  assert.match(stdout, /^Order failed: the service could not do it\.\n/);
  assert.match(stderr, /Error: the service failed: [^\n]+peaqos scale order status /);
});

for (const [what, more, expected] of [
  ['a chain without a hash', ['--payment-chain', 'base'], /--payment-chain needs --payment-tx-hash/],
  ['a token without a hash', ['--payment-token', 'USDC'], /--payment-token needs --payment-tx-hash/],
  ['a hash without a chain', ['--payment-tx-hash', '0xab', '--payment-token', 'USDC'], /needs --payment-chain/],
  ['a hash without a token', ['--payment-tx-hash', '0xab', '--payment-chain', 'base'], /needs --payment-token/],
  ['--skip-payment without a hash', ['--skip-payment'], /--skip-payment needs --payment-tx-hash/],
  ['an input that is a list', ['--input', 'list.json'], /--input file 'list\.json' is a list, not an object/],
  ['an input with a byte order mark', ['--input', 'bom.json'], /'bom\.json' is not JSON/],
  ['credentials that are no JSON', ['--provider-credentials', 'no.json'], /'no\.json' is not JSON/],
  ['a budget that is no number', ['--budget-amount', 'nan'], /--budget-amount/],
  ['a token file that is missing', ['--pairing-token-file', 'nowhere'], /--pairing-token-file file/],
  ['a token file of two lines', ['--pairing-token-file', 'two'], /more than one line/],
  ['a token file without a token', ['--pairing-token-file', 'empty'], /is empty/],
]) {
  testBoth(`an order with ${what} asks the market nothing`, async (command, context) => {
    const { words, ...options } = await newBuyer(world, context);
    for (const [name, content] of Object.entries({
      'list.json': '[1]',
      'bom.json': '\ufeff{}',
      'no.json': 'secret-canary',
      two: 'canary-one\ncanary-two\n',
      empty: ' \n\n',
    }))
      file(options.cwd, name, content);
    const since = market.requests.length;
    const { code, stdout, stderr } = await run(command, words('svc_block', '-y', ...more), options);
    assert.equal(code, 1, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^Error: [^\n]+\n$/);
    assert.match(stderr, expected);
    assert.ok(!stderr.includes('canary'));
    assert.equal(market.requests.length, since);
  });
}

testBoth('-q hides the steps, never what is to be paid', async (command, context) => {
  const { words, ...options } = await newBuyer(world, context);
  const free = await run(command, ['-q', ...words('svc_block', '-y')], options);
  assert.deepEqual([free.code, free.stderr], [0, '']);
  const { stderr } = await answering(command, ['-q', ...words('svc_price_signed')], options, 'n\n');
  assert.ok(!stderr.includes('/5]'), stderr);
  assert.match(stderr, /\nPayment required\.\n[\s\S]*Pay to: [\s\S]*Aborted\. Order \S+ stays open\./);
});

testBoth('a token file that others can read is warned of', async (command, context) => {
  const { words, tokenFile, ...options } = await newBuyer(world, context);
  chmodSync(tokenFile, 0o644);
  const { code, stderr } = await run(command, words('svc_block', '-y'), options);
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^Warning: others can read the --pairing-token-file file 'agent\.token'; [^\n]*chmod 600 agent\.token\n/,
  );
});

testBoth('a misspelt subcommand is a service, but is pointed out', async (command, context) => {
  const { env, cwd } = await newBuyer(world, context);
  const { code, stderr } = await run(command, ['scale', 'order', 'lst'], { env, cwd });
  assert.equal(code, 1);
  assert.match(stderr, /Missing option '--machine-id' \(did you mean peaqos scale order list\?\)/);
  assert.equal((await run(command, ['scale', 'order'], { env, cwd })).code, 0);
  assert.equal((await run(command, ['scale', 'order', ''], { env, cwd })).code, 1);
});

testBoth('status shows an order and its payment', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  await run(command, words('svc_price_signed'), options);
  const [order] = await ordersOf(world, machine);
  const { code, stdout, stderr } = await run(command, ['scale', 'order', 'status', order.id], options);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    new RegExp(
      `^\nOrder ${order.id}\n\nOrder status\n\n  Order ID:  ${order.id}\n  Service:   signed-price-feed\n` +
        `  Status:    payment_pending\n  Skill:     signed-price-feed\n  Created:   ${order.createdAt}\n\nPayment\n`,
    ),
  );
  assert.match(
    stdout,
    /Payment status: {2}intent_created\n {2}Amount: +\$1\.50\n {2}Rail: +\S+\n {2}Chain: +eip155:31338\n/,
  );
  const json = JSON.parse((await run(command, ['scale', 'order', 'status', order.id, '--json'], options)).stdout);
  assert.deepEqual(Object.keys(json), ['order', 'payment']);
  assert.equal(json.payment.rail.rail_type, 'wdk-usdt-transfer');
});

testBoth('no payment record is no error', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  await run(command, words('svc_block', '-y'), options);
  const [order] = await ordersOf(world, machine);
  const status = () => run(command, ['scale', 'order', 'status', order.id, '--json'], options);
  assert.equal(JSON.parse((await status()).stdout).payment, null);
  market.set({ noPayment: 'null' });
  try {
    assert.equal(JSON.parse((await status()).stdout).payment, null);
  } finally {
    market.set();
  }
});

testBoth('a dispute is asked for, raised and shown', async (command, context) => {
  const { words, machine, ...options } = await newBuyer(world, context);
  await run(command, words('svc_block', '-y'), options);
  const [order] = await ordersOf(world, machine);
  file(options.cwd, 'evidence.json', '{"log_url":"https://x","nul":null}');
  const dispute = [
    ...['scale', 'order', 'dispute', order.id, '--reason', ' bad data ', '--pairing-token-file', 'agent.token'],
    ...['--evidence', 'evidence.json'],
  ];
  const since = market.requests.length;
  const declined = await answering(command, dispute, options, '\n');
  assert.equal(declined.code, 0);
  assert.match(declined.stderr, /Raise dispute\? \[y\/N\]: \n?Aborted\.\n$/);
  assert.equal(market.requests.length, since);

  const { code, stdout, stderr } = await run(command, [...dispute, '-y'], options);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `Dispute raised.\n\n  Order ID:  ${order.id}\n  Status:    disputed\n  Reason:    bad data\n`);
  const sent = market.requests.at(-1);
  assert.equal(sent.body, '{"reason":"bad data","evidence":{"log_url":"https://x","nul":null}}');

  const again = await run(command, [...dispute, '-y'], options);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /Error: the order is closed/);
});

testBoth('orders are listed page by page, or all at once as JSON', async (command, context) => {
  const { machine, ...options } = await newBuyer(world, context);
  market.seedOrders(machine.id, 250);
  const list = (...more) =>
    run(command, ['scale', 'order', 'list', '--machine-id', ` ${machine.id} `, ...more], options);
  const since = market.requests.length;
  const page = await list('--limit', '2');
  assert.equal(page.code, 0, page.stderr);
  assert.match(page.stdout, new RegExp(`^\nOrders for ${machine.id}\n\nID +Service +Status +Execution +Created\n─+\n`));
  const [, cursor] = /\n2 orders shown\.\n\nNext page: peaqos [^\n]+ --limit 2 --cursor (\S+)\n$/.exec(page.stdout);
  const next = JSON.parse((await list('--limit', '2', '--cursor', cursor, '--json')).stdout);
  assert.equal(next.items.length, 2);
  assert.equal(typeof next.next_cursor, 'string');
  const before = market.requests.length;
  const all = JSON.parse((await list('--json')).stdout);
  assert.equal(all.length, 250);
  assert.equal(new Set(all.map(({ id }) => id)).size, 250);
  assert.deepEqual(all.slice(2, 4), next.items);
  assert.equal(market.requests.length - before, 3);
  assert.equal(before - since, 2);
  for (const limit of ['0', '501', '-1']) {
    const refused = await list('--limit', limit);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /--limit is '[^']+'\. Give a whole number from 1 to 500\n$/);
  }
  const nobody = await newBuyer(world, context);
  const none = await run(command, ['scale', 'order', 'list', '--machine-id', nobody.machine.id], options);
  assert.equal(none.stdout, '\nNo orders found.\n');
  const empty = await run(command, ['scale', 'order', 'list', '--machine-id', nobody.machine.id, '--json'], options);
  assert.equal(empty.stdout, '[]\n');
});

testBoth('the seller of a paid order gets the money once', async (command, context) => {
  const buyer = await newBuyer(world, context, { dollars: '5' });
  const { words, ...options } = buyer;
  const seller = SELLERS['north-compute'];
  const before = await tokensOf(world, seller);
  const hash = await payByHand(world, buyer, seller, '0.25');
  const paid = [
    ...[
      '--payment-tx-hash',
      hash,
      '--payment-chain',
      'eip155:31338',
      '--payment-token',
      'USDC',
      '--operation',
      'sha256',
    ],
  ];
  file(options.cwd, 'input.json', '{"text":"abc"}');
  const { code, stdout, stderr } = await run(
    command,
    words('svc_digest', '--input', 'input.json', '-y', ...paid),
    options,
  );
  assert.equal(code, 0, stderr + stdout);
  assert.equal((await tokensOf(world, seller)) - before, 250_000n);
  assert.match(hash, HASH);
});
