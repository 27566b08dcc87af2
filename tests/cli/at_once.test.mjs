// Two runs at once in one folder: one waits for the other, and equal ones do once what both were asked for.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createClient } from '@peaqos/core';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { newBuyer, ordersOf } from '../support/market.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { newWallet } from '../support/wallets.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const names = Object.keys(commands);
const theOther = (command) => names[(names.indexOf(command) + 1) % names.length];
const waiting = /Another peaqos is doing the same with \S+peaqos\.log; waiting for it\n/;

/** A node that keeps its first request until let(): {url, asked, let, stop}; asked resolves once it has come. */
async function slowNode() {
  let let_;
  let ask;
  const letting = new Promise((resolve) => (let_ = resolve));
  const asked = new Promise((resolve) => (ask = resolve));
  const node = await startMeddler(world.rpcUrl, async () => {
    ask();
    await letting;
    return false;
  });
  return { url: node.url, asked, let: let_, stop: () => node.stop() };
}

/** Resolves once a run has said on stderr what matches. */
const said = ({ child, done }, words) =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (part) => words.test((text += part)) && resolve());
    done.then(({ stderr }) => reject(new Error(`it ended without these words: ${stderr}`)), reject);
  });

/**
 * Starts the words twice: the second run once the first has the folder to itself, and `then` once that one waits. Gives
 * how both ended.
 */
async function twice(command, words, { cwd, env }, then) {
  const node = await slowNode();
  try {
    const first = start(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: node.url } });
    await node.asked;
    const second = start(theOther(command), words, { cwd, env: { ...env, PEAQOS_RPC_URL: world.rpcUrl } });
    await said(second, waiting);
    await then(first, node);
    return await Promise.all([first.done, second.done]);
  } finally {
    node.let();
    await node.stop();
  }
}

const letGo = async (first, node) => node.let();
const kill = async (first) => first.child.kill('SIGKILL');

async function walletBuyer(context) {
  const buyer = await newBuyer(world, context, { dollars: '3' });
  return { ...buyer, env: { ...buyer.env, ...(await newWallet(buyer.cwd, buyer.agent.key)) } };
}

const order = (buyer) => buyer.words('svc_price_signed', '-y');
const noLocks = (cwd) =>
  assert.deepEqual(
    readdirSync(cwd).filter((name) => name.includes('lock')),
    [],
  );

testBoth('two equal orders at once are one order and one payment', async (command, context) => {
  const buyer = await walletBuyer(context);
  const ends = await twice(command, order(buyer), buyer, letGo);
  for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
  const orders = await ordersOf(world, buyer.machine);
  assert.equal(orders.length, 1);
  for (const { stdout } of ends) assert.match(stdout, new RegExp(`Order ID: +${orders[0].id}\n`));
  assert.match(ends[1].stdout, /^Order was executed by an earlier run\.\n/);
  assert.equal(await transactionCount(world, buyer.agent.address), 1);
  noLocks(buyer.cwd);
  // What is asked for afterwards is a purchase of its own.
  const next = await run(command, order(buyer), { ...buyer, env: { ...buyer.env, PEAQOS_RPC_URL: world.rpcUrl } });
  assert.equal(next.code, 0, next.stderr);
  assert.equal((await ordersOf(world, buyer.machine)).length, 2);
});

testBoth('an order whose run is killed while another waits is continued by that one', async (command, context) => {
  const buyer = await walletBuyer(context);
  const [first, second] = await twice(command, order(buyer), buyer, kill);
  assert.equal(first.signal, 'SIGKILL');
  assert.equal(second.code, 0, second.stderr);
  const orders = await ordersOf(world, buyer.machine);
  assert.deepEqual(
    orders.map(({ status }) => status),
    ['delivered'],
  );
  assert.equal(await transactionCount(world, buyer.agent.address), 1);
  noLocks(buyer.cwd);
});

test('of three that wait for one, each takes its order for its own', async (context) => {
  const buyer = await walletBuyer(context);
  const others = [];
  const ends = await twice('peaqos', order(buyer), buyer, async (first, node) => {
    const options = { ...buyer, env: { ...buyer.env, PEAQOS_RPC_URL: world.rpcUrl } };
    others.push(...names.map((command) => start(command, order(buyer), options)));
    await Promise.all(others.map((other) => said(other, waiting)));
    node.let();
  });
  ends.push(...(await Promise.all(others.map(({ done }) => done))));
  assert.equal(ends.length, 4);
  for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
  assert.equal((await ordersOf(world, buyer.machine)).length, 1);
  assert.equal(await transactionCount(world, buyer.agent.address), 1);
  noLocks(buyer.cwd);
});

testBoth('two equal activations and two equal events at once are one each', async (command, context) => {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  const ends = await twice(command, activate, { cwd, env: operator.env }, letGo);
  for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
  assert.match(ends[1].stderr, /Already minted/);
  const sent = await transactionCount(world, operator.address);
  const event = revenue(machineIdOf(ends[0]));
  const events = await twice(command, event, { cwd, env: operator.env }, letGo);
  for (const { code, stderr } of events) assert.equal(code, 0, stderr);
  assert.equal(events[1].stdout, events[0].stdout);
  assert.equal(await transactionCount(world, operator.address), sent + 1);
});

testBoth(
  'who would wait too long ends, and says what to do; who only reads does not wait',
  async (command, context) => {
    const { env } = await newOperator(world);
    const cwd = scratch(context);
    const node = await slowNode();
    try {
      const first = start(command, activate, { cwd, env: { ...env, PEAQOS_RPC_URL: node.url } });
      await node.asked;
      assert.equal((await run(theOther(command), ['whoami'], { cwd, env })).code, 0);
      const second = await run(theOther(command), activate, { cwd, env: { ...env, PEAQOS_RECEIPT_TIMEOUT: '1' } });
      assert.equal(second.code, 2);
      assert.match(
        second.stderr,
        /Error: another peaqos is doing the same with \S+peaqos\.log, and does not end\. Wait for it or end it, then run the command again\n$/,
      );
      node.let();
      assert.equal((await first.done).code, 0);
    } finally {
      node.let();
      await node.stop();
    }
  },
);

test('a folder that can hold no lock is warned of', async () => {
  const { env } = await newOperator(world);
  const failing = (failure) => () => Promise.reject(Object.assign(new Error(failure), { failure }));
  const rows = [];
  const client = createClient({
    env,
    readFile: failing('missing'),
    fileSize: failing('missing'),
    readFilePart: failing('missing'),
    appendFile: (path, bytes) => void rows.push(bytes),
    lockFile: failing('denied'),
  });
  const warnings = [];
  const onProgress = ({ name, state, text }) => name === 'intent_lock' && warnings.push(`${state}: ${text}`);
  await client.activate({ docUrl: 'https://example.com/d', dataApi: 'https://example.com/a' }, { onProgress });
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /^warning: the folder of \S+ cannot be locked \(permission denied\): run nothing else/);
  assert.ok(rows.length > 0);
});
