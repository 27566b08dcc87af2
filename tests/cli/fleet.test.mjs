// show operator machines: every page of the list, however long.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, scratch, start, testBoth } from '../support/commands.mjs';

const did = 'did:peaq:0x9Eea000000000000000000000000000000641C00';
const machine = (index) => ({
  did: `did:peaq:0x${index.toString(16).padStart(40, '0')}`,
  machine_id: index,
  mcr_score: index % 101,
  mcr: ['AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'NR', 'Provisioned'][index % 8],
  negative_flag: false,
});

/** An API with `count` machines; `page` makes what it answers for an offset and a limit, and `hold` says when. */
async function serve(context, count, { limit: own = 100, page, hold = (number, go) => go() } = {}) {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(request.url);
    const { searchParams } = new URL(request.url, 'http://localhost');
    const offset = Number(searchParams.get('offset') ?? 0);
    const limit = Number(searchParams.get('limit') ?? own);
    const machines = Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, index) =>
      machine(offset + index + 1),
    );
    const body = { operator_did: did, machines, pagination: { offset, limit, total: count } };
    const number = requests.length;
    hold(number, () =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(page ? page(body, number) : body)),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, env: { PEAQOS_MCR_API_URL: `http://127.0.0.1:${server.address().port}` } };
}

const list = (command, context, { env }, ...more) =>
  run(command, ['show', 'operator', 'machines', did, ...more], { cwd: scratch(context), env });

testBoth('the table has a row for each machine', async (command, context) => {
  const outcome = await list(command, context, await serve(context, 2));
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(
    outcome.stdout,
    `\n  Operator: ${did}\n  Machines: 2\n\npeaqID                  Machine ID  MCR  Rating\n${'─'.repeat(47)}\ndid:peaq:0x0000...0001  1           1    AA\ndid:peaq:0x0000...0002  2           2    A\n\n`,
  );
});

testBoth('an operator without machines', async (command, context) => {
  const outcome = await list(command, context, await serve(context, 0));
  assert.equal(
    outcome.stdout,
    `\n  Operator: ${did}\n  Machines: 0\n\n    No machines registered for this operator.\n\n`,
  );
});

testBoth('every page is read, the first one without parameters', async (command, context) => {
  const api = await serve(context, 250);
  const outcome = await list(command, context, api, '--json');
  assert.equal(outcome.code, 0, outcome.stderr);
  const fleet = JSON.parse(outcome.stdout);
  assert.deepEqual(
    fleet.machines,
    Array.from({ length: 250 }, (_, index) => machine(index + 1)),
  );
  assert.deepEqual(fleet.pagination, { offset: 0, limit: 250, total: 250 });
  const path = `/operator/${did}/machines`;
  assert.deepEqual(api.requests, [path, `${path}?offset=100&limit=100`, `${path}?offset=200&limit=100`]);
});

testBoth('a server that repeats a page is not asked for ever', async (command, context) => {
  const api = await serve(context, 250, { page: (body) => ({ ...body, machines: [machine(1), machine(2)] }) });
  const outcome = await list(command, context, api, '--json');
  assert.equal(JSON.parse(outcome.stdout).machines.length, 2);
  assert.equal(api.requests.length, 2);
});

testBoth('a bad machine on a later page is an error, not a short list', async (command, context) => {
  const api = await serve(context, 250, {
    page: (body, count) => (count < 2 ? body : { ...body, machines: [{ did: 5 }] }),
  });
  const outcome = await list(command, context, api);
  assert.equal(outcome.code, 2);
  assert.equal(outcome.stdout, '');
  assert.match(outcome.stderr, /^Error: [^\n]*did[^\n]*\n$/);
});

testBoth('10,000 machines', async (command, context) => {
  const api = await serve(context, 10_000, { limit: 1000 });
  const outcome = await list(command, context, api, '--json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(JSON.parse(outcome.stdout).machines.length, 10_000);
  assert.equal(api.requests.length, 10);
});

testBoth('pages are fetched side by side, and printed as they come', async (command, context) => {
  const waiting = [];
  let most = 0;
  const api = await serve(context, 2000, {
    hold: (number, go) => {
      if (number === 1) return go();
      waiting.push(go);
      most = Math.max(most, waiting.length);
    },
  });
  const { child, done } = start(command, ['show', 'operator', 'machines', did, '--json'], {
    cwd: scratch(context),
    env: api.env,
  });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  while (waiting.length < 8 || !text.includes(machine(100).did)) await sleep(10);
  assert.ok(!text.includes(machine(101).did), 'the first page is out while the others are awaited');
  let ended = false;
  done.then(() => (ended = true));
  // The last of them is answered first: the order stays that of the list.
  while (!ended) {
    waiting.pop()?.();
    await sleep(1);
  }
  const outcome = await done;
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(most, 8);
  const fleet = {
    operator_did: did,
    machines: Array.from({ length: 2000 }, (_, index) => machine(index + 1)),
    pagination: { offset: 0, limit: 2000, total: 2000 },
  };
  assert.equal(outcome.stdout, `${JSON.stringify(fleet, null, 2)}\n`);
});
