// A budget is a ceiling: terms above it are not paid unless a person agrees.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, testBoth } from '../support/commands.mjs';
import { newBuyer, ordersOf, tokensOf } from '../support/market.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { newWallet } from '../support/wallets.mjs';
import { startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

async function newPayer(context) {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  const wallet = await newWallet(buyer.cwd, buyer.agent.key);
  return { ...buyer, env: { ...buyer.env, ...wallet, PEAQOS_RPC_URL: world.rpcUrl } };
}

const budget = (amount, currency = 'USD') => ['--budget-amount', amount, '--budget-currency', currency];

async function paysNothing({ agent }) {
  assert.equal(await transactionCount(world, agent.address), 0);
  assert.equal(await tokensOf(world, agent.address), 3_000_000n);
}

/** Orders through an API that knows of no budget, and whose answers go through `change`. */
async function order(command, buyer, budgetWords, change = (text) => text) {
  const api = await startMeddler(buyer.env.PEAQOS_ORCHESTRATION_URL, async (calls, forward, response) => {
    const { url, method, headers, body } = api.requests.at(-1);
    const parsed = body ? JSON.parse(body) : {};
    delete parsed.budget;
    const answer = await fetch(buyer.env.PEAQOS_ORCHESTRATION_URL + url, {
      method,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => /^(x-|content-type)/.test(name))),
      body: body ? JSON.stringify(parsed) : undefined,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(change(await answer.text()));
    return true;
  });
  try {
    const env = { ...buyer.env, PEAQOS_ORCHESTRATION_URL: api.url };
    return await run(command, buyer.words('svc_price_signed', '-y', ...budgetWords), { ...buyer, env });
  } finally {
    await api.stop();
  }
}

testBoth('a price above the budget is not paid, and the order is named', async (command, context) => {
  const buyer = await newPayer(context);
  const { code, stderr } = await order(command, buyer, budget('1.49'));
  assert.equal(code, 1, stderr);
  assert.match(stderr, /the payment of 1\.50? USD is above the budget of 1\.49 USD\. Nothing was paid/);
  const [{ id }] = await ordersOf(world, buyer.machine);
  assert.match(stderr, new RegExp(id));
  assert.match(stderr, /Raise the budget, or run without (-y|--yes)/);
  await paysNothing(buyer);
});

testBoth('a budget in another currency does not cover a payment', async (command, context) => {
  const buyer = await newPayer(context);
  const { code, stderr } = await order(command, buyer, budget('5', 'EUR'));
  assert.equal(code, 1, stderr);
  assert.match(stderr, /the payment is in USD, and the budget in EUR\. Nothing was paid/);
  await paysNothing(buyer);
});

testBoth('units above the budget are not paid, whatever price is named beside them', async (command, context) => {
  const buyer = await newPayer(context);
  let changed = 0;
  const dearer = (text) =>
    text.replaceAll(/("raw_?[aA]mount":)"?1500000"?/g, (_, name) => {
      changed += 1;
      return `${name}"2900000"`;
    });
  const { code, stderr } = await order(command, buyer, budget('1.5'), dearer);
  assert.ok(changed > 0, `the terms were changed on their way: ${stderr}`);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /the transfer of 2\.9 USDC is above the budget of 1\.5 USD\. Nothing was paid/);
  await paysNothing(buyer);
});

testBoth('a budget that reaches does not stand in the way', async (command, context) => {
  const buyer = await newPayer(context);
  const { code, stderr } = await order(command, buyer, budget('1.5'));
  assert.equal(code, 0, stderr);
  assert.equal(await tokensOf(world, buyer.agent.address), 1_500_000n);
});
