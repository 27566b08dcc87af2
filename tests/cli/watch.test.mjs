// peaqos watch: what happens is printed, once, whatever happens to the process and to the chain.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { commands, run, scratch, start, testBoth } from '../support/commands.mjs';
import { operatorWithMachine } from '../support/machines.mjs';
import { operatorWithMachine2 } from '../support/machines2.mjs';
import { newBuyer } from '../support/market.mjs';
import { newOperator, revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const INTERRUPTED = 130;
const SHORT = 50; // milliseconds between two looks of a test
const ajv = new Ajv({ allErrors: true, schemaId: 'auto' });

const schemas = new Map();
async function fits(kind, line) {
  if (!schemas.has(kind)) {
    const { stdout } = await run('peaqos-native', ['--json-schema', 'watch', kind]);
    schemas.set(kind, ajv.compile(JSON.parse(stdout).definitions.result));
  }
  const check = schemas.get(kind);
  assert.ok(check(line), `${JSON.stringify(line)}: ${ajv.errorsText(check.errors)}`);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const linesOf = (text) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** Starts a watch with --json: {lines(), until(count), end(signal)}. */
function follow(command, words, options) {
  const { child, done } = start(command, ['watch', ...words, '--json'], options);
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const lines = () => linesOf(text);
  return {
    lines,
    child,
    done,
    /** Waits for so many lines. */
    async until(count) {
      let ended;
      done.then((outcome) => (ended = outcome));
      while (lines().length < count) {
        assert.equal(ended, undefined, `it ended: ${ended?.stderr}`);
        await pause(SHORT);
      }
      return lines();
    },
    end(signal = 'SIGINT') {
      child.kill(signal);
      return done;
    },
  };
}

async function submit(command, { id, env, cwd }, key) {
  const outcome = await run(command, revenue(id, '--idempotency-key', key), { env, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
}

/** Waits until a cursor file says what a test wants of it. */
async function cursorSays(path, wanted) {
  for (;;) {
    try {
      if (wanted(JSON.parse(readFileSync(path, 'utf8')).state)) return;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    await pause(SHORT);
  }
}

testBoth('events are followed until Ctrl-C', async (command, context) => {
  const machine = await operatorWithMachine(world, context, command);
  const { env, cwd, id } = machine;
  const watch = follow(command, ['events', '--machine-id', id, '--since', '0'], { env, cwd });
  await submit(command, machine, 'a');
  const [line] = await watch.until(1);
  await fits('events', line);
  const { id: _id, block: _block, block_hash, block_time: _time, tx_hash, ...rest } = line;
  assert.match(block_hash, /^0x[0-9a-f]{64}$/);
  assert.match(tx_hash, /^0x[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    type: 'event',
    log_index: 0,
    machine_id: id,
    event_index: '0',
    event_type: 'revenue',
    value: '125',
    currency: 'USD',
    timestamp: 1776945600,
    trust: 'self',
    data_hash: null,
  });
  const { code, stderr } = await watch.end();
  assert.deepEqual([code, stderr], [INTERRUPTED, '']);
});

testBoth('events of generation 2, and of an operator whose machine comes later', async (command, context) => {
  const own = await operatorWithMachine2(world);
  const machine = { ...own, cwd: scratch(context) };
  await submit(command, machine, 'a');
  const options = { env: own.env, cwd: machine.cwd };
  const words = ['watch', 'events', '--since', '0', '--once', '--json'];
  for (const more of [
    ['--machine-id', own.id],
    ['--operator', own.did],
  ]) {
    const outcome = await run(command, [...words, ...more], options);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(
      linesOf(outcome.stdout).map(({ machine_id }) => machine_id),
      [own.id],
    );
  }
});

testBoth('after kill -9 it goes on without loss or repetition', async (command, context) => {
  const machine = await operatorWithMachine(world, context, command);
  const { env, cwd, id } = machine;
  const words = ['events', '--machine-id', id, '--since', '0', '--cursor', 'events.cursor'];
  const cursor = join(cwd, 'events.cursor');
  const seen = [];
  for (let round = 0; round < 3; ++round) {
    await submit(command, machine, `down ${round}`);
    const watch = follow(command, words, { env, cwd });
    await watch.until(1);
    await submit(command, machine, `up ${round}`);
    const [, { block }] = await watch.until(2);
    await cursorSays(cursor, ({ next }) => next > block);
    const { signal } = await watch.end('SIGKILL');
    assert.equal(signal, 'SIGKILL');
    seen.push(...watch.lines());
  }
  assert.deepEqual(
    seen.map(({ event_index }) => event_index),
    ['0', '1', '2', '3', '4', '5'],
  );
  const last = await run(command, ['watch', ...words, '--once', '--json'], { env, cwd });
  assert.deepEqual([last.code, last.stdout, last.stderr], [0, '', '']);
  // What was printed and not recorded comes again, with the id that it had.
  writeFileSync(
    cursor,
    JSON.stringify({ ...JSON.parse(readFileSync(cursor)), state: { next: 0, blocks: [], from: 0, machines: [id] } }),
  );
  const again = await run(command, ['watch', ...words, '--once', '--json'], { env, cwd });
  assert.deepEqual(linesOf(again.stdout), seen);
});

testBoth('a reorganisation takes lines back', async (command, context) => {
  const own = await startWorld({ generations: [1] });
  const machine = await operatorWithMachine(own, context, command);
  const { env, cwd, id } = machine;
  await submit(command, machine, 'a');
  const watch = follow(command, ['events', '--machine-id', id, '--since', '0', '--cursor', 'c'], { env, cwd });
  const [first] = await watch.until(1);
  await own.rpc('anvil_reorg', [1, []]);
  const [, second] = await watch.until(2);
  await fits('events', second);
  assert.deepEqual(second, { id: `retraction:${first.id}`, type: 'retraction', retracts: first.id });
  assert.equal((await watch.end()).code, INTERRUPTED);
});

testBoth('two watches do not share a cursor, and another watch has none of it', async (command, context) => {
  const { env, cwd, id } = await operatorWithMachine(world, context, command);
  const words = ['events', '--machine-id', id, '--cursor', 'c'];
  const watch = follow(command, words, { env, cwd });
  await cursorSays(join(cwd, 'c'), ({ next }) => next > 0);
  const second = await run(command, ['watch', ...words, '--once', '--json'], { env, cwd });
  assert.deepEqual([second.code, JSON.parse(second.stdout).error.code], [2, 'LOCKED']);
  await watch.end();
  const other = ['watch', 'events', '--machine-id', '999', '--cursor', 'c', '--once', '--json'];
  const third = await run(command, other, { env, cwd });
  assert.deepEqual([third.code, JSON.parse(third.stdout).error.code], [1, 'OTHER_CURSOR']);
  writeFileSync(join(cwd, 'bad'), 'not a cursor');
  const fourth = await run(command, ['watch', 'events', '--cursor', 'bad', '--once'], { env, cwd });
  assert.equal(fourth.code, 1);
  assert.match(fourth.stderr, /^Error: the --cursor file 'bad' is not a cursor of this version\. .+\n$/);
  assert.equal(readFileSync(join(cwd, 'bad'), 'utf8'), 'not a cursor');
});

testBoth('a balance is followed', async (command, context) => {
  const { address, env } = await newOperator(world, { balance: 5n });
  const watch = follow(command, ['balance', address], { env, cwd: scratch(context) });
  const [first] = await watch.until(1);
  assert.deepEqual([first.balance, first.before, first.change], ['5', null, null]);
  await world.rpc('anvil_setBalance', [address, '0x3']);
  await world.rpc('evm_mine', []);
  const [, second] = await watch.until(2);
  for (const line of [first, second]) await fits('balance', line);
  assert.deepEqual([second.balance, second.before, second.change], ['3', '5', '-2']);
  assert.equal((await watch.end('SIGTERM')).code, 143);
});

testBoth('machines are followed, also from run to run', async (command, context) => {
  const machine = { ...(await operatorWithMachine2(world)), cwd: scratch(context) };
  const { env, cwd, did } = machine;
  const words = ['watch', 'machines', did, '--cursor', 'c', '--once', '--json'];
  const look = async () => {
    const outcome = await run(command, words, { env, cwd });
    assert.equal(outcome.code, 0, outcome.stderr);
    const lines = linesOf(outcome.stdout);
    for (const line of lines) await fits('machines', line);
    return lines;
  };
  const [first] = await look();
  assert.deepEqual([first.change, first.machine_id, first.event_count], ['initial', machine.id, 0]);
  assert.deepEqual(await look(), []);
  await submit(command, machine, 'a');
  const [second] = await look();
  assert.deepEqual([second.change, second.event_count, second.before.event_count], ['changed', 1, 0]);
  assert.notEqual(second.id, first.id);
  assert.deepEqual(await look(), []);
});

testBoth('orders are followed', async (command, context) => {
  const buyer = await newBuyer(world, context);
  const { env, cwd, machine, words } = buyer;
  const watch = follow(command, ['orders', machine.id], { env, cwd });
  const ordered = await run(command, words('svc_block', '--operation', 'summarize', '--yes'), { env, cwd });
  assert.equal(ordered.code, 0, ordered.stderr);
  const lines = await watch.until(1);
  while (lines.at(-1).status !== 'delivered') lines.splice(0, Infinity, ...(await watch.until(lines.length + 1)));
  for (const line of lines) await fits('orders', line);
  assert.equal(lines.at(-1).machine_id, machine.id);
  assert.equal((await watch.end()).code, INTERRUPTED);
});

/** A receiver of posts that refuses the first: {url, posts}. */
async function startReceiver(context, refusals = 1) {
  const posts = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
      posts.push({ headers: request.headers, method: request.method, body });
      response.writeHead(posts.length <= refusals ? 500 : 204).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/hook`, posts };
}

testBoth('lines are posted, signed, until they are taken', async (command, context) => {
  const machine = await operatorWithMachine(world, context, command);
  const { cwd, id } = machine;
  await submit(command, machine, 'a');
  const { url, posts } = await startReceiver(context);
  const env = { ...machine.env, PEAQOS_WEBHOOK_SECRET: 'top-secret' };
  const words = ['watch', 'events', '--machine-id', id, '--since', '0', '--once', '--json', '--webhook', url];
  const outcome = await run(command, words, { env, cwd });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(posts.length, 2);
  for (const { headers, method, body } of posts) {
    const signed = createHmac('sha256', 'top-secret').update(`${headers['peaqos-timestamp']}.${body}`).digest('hex');
    assert.equal(headers['peaqos-signature'], `sha256=${signed}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(method, 'POST');
    assert.deepEqual(JSON.parse(body), linesOf(outcome.stdout)[0]);
  }
  assert.equal(posts[0].headers['peaqos-delivery'], posts[1].headers['peaqos-delivery']);
  const unsigned = await run(command, words, { env: machine.env, cwd });
  assert.equal(unsigned.code, 3);
  assert.match(unsigned.stderr, /PEAQOS_WEBHOOK_SECRET/);
  assert.equal(posts.length, 2);
});

testBoth('what is wrong is said in one line', async (command, context) => {
  const { env, did } = await newOperator(world);
  const cwd = scratch(context);
  const nowhere = { ...env, PEAQOS_RPC_URL: 'http://127.0.0.1:9', PEAQOS_MCR_API_URL: 'http://127.0.0.1:9' };
  for (const [words, code, settings = env] of [
    [['events', '--machine-id', 'seven'], 1],
    [['events', '--since', '-1'], 1],
    [['events', '--count', '0'], 1],
    [['events', '--operator', 'did:peaq:none'], 1],
    [['balance', 'nobody'], 1],
    [['machines', 'nobody'], 1],
    [['orders', ' '], 1],
    [['orders', 'mach_1'], 3, {}],
    [['orders', 'mach_1'], 2],
    [['events'], 2, nowhere],
    [['balance', did], 2, nowhere],
    [['machines', did], 2, nowhere],
    [['events', '--cursor', '.', '--once'], 1],
  ]) {
    const outcome = await run(command, ['watch', ...words], { env: settings, cwd });
    assert.equal(outcome.code, code, `${words.join(' ')}: ${outcome.stderr}`);
    assert.match(outcome.stderr, /^Error: [^\n]+\n$/, words.join(' '));
    assert.equal(outcome.stdout, '');
    const asJson = await run(command, ['watch', ...words, '--json'], { env: settings, cwd });
    const [{ error }, ...more] = linesOf(asJson.stdout);
    assert.ok(outcome.stderr.startsWith(`Error: ${error.message}`), 'the error is a line as well');
    assert.deepEqual(more, []);
  }
});

/** Runs in a terminal of 10 rows until its output satisfies `enough`; gives the output. */
async function onTerminal(command, words, { cwd, env }, enough) {
  const line = [...commands[command], ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty rows 10 cols 100; exec ${line}`, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  while (!enough(text)) await pause(SHORT);
  child.stdin.write('\x03');
  await closed;
  return text;
}

testBoth('on a terminal it is a table that is drawn anew', async (command, context) => {
  const { address, env } = await newOperator(world, { balance: 5n * 10n ** 18n });
  const place = { env, cwd: scratch(context) };
  let changed = false;
  const text = await onTerminal(command, ['watch', 'balance', address], place, (shown) => {
    if (!changed && shown.includes('5.000000')) {
      changed = true;
      world.rpc('anvil_setBalance', [address, '0x3']).then(() => world.rpc('evm_mine', []));
    }
    return shown.includes('-4.999999');
  });
  const screens = text.split('\x1b[H\x1b[J').slice(1);
  assert.equal(screens.length, 2);
  assert.match(
    screens[1],
    /^Time +Block +Balance +Change +Currency\r\n─+\r\n.+5\.000000 +—.+\r\n.+0\.000000 +-4\.999999/,
  );
});

test('the words for people hold no commands for a terminal', async (context) => {
  const machine = await operatorWithMachine(world, context, 'peaqos-native');
  await submit('peaqos-native', machine, 'a');
  const words = ['watch', 'events', '--machine-id', machine.id, '--since', '0', '--once'];
  const { stdout } = await run('peaqos-native', words, machine);
  assert.match(
    stdout,
    new RegExp(`^\\S+Z {2}\\d+ {2}${machine.id} {2}0 {2}revenue {2}125 {2}USD {2}0x[0-9a-f]{64}\\n$`),
  );
});
