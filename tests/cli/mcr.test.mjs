// The MCR API: what it says of machines, and what becomes of its faults.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import http from 'node:http';
import { after } from 'node:test';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();
const machine = await newOperator(world);
{
  const place = { cwd: scratch({ after }), env: machine.env };
  const id = machineIdOf(await run('peaqos', activate, place));
  await run('peaqos', revenue(id, '--currency', 'HKD'), place);
}
const stranger = 'did:peaq:0x00000000000000000000000000000000000000Aa';
const env = { PEAQOS_MCR_API_URL: world.urls.mcr };

const queries = [
  ['qualify', 'mcr'],
  ['show', 'machine'],
];

for (const query of queries) {
  testBoth(`${query.join(' ')} needs neither key nor node`, async (command, context) => {
    const outcome = await run(command, [...query, machine.did], { cwd: scratch(context), env });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(outcome.stderr, '');
    assert.match(outcome.stdout, new RegExp(machine.did));
  });

  testBoth(`${query.join(' ')} --json prints one JSON document`, async (command, context) => {
    const outcome = await run(command, [...query, machine.did, '--json'], { cwd: scratch(context), env });
    const answer = JSON.parse(outcome.stdout);
    assert.equal((answer.peaqos ?? answer).did, machine.did);
  });

  testBoth(`${query.join(' ')} of an unknown machine`, async (command, context) => {
    const outcome = await run(command, [...query, stranger], { cwd: scratch(context), env });
    assert.equal(outcome.code, 2, outcome.stderr);
    assert.match(outcome.stderr, /^Error: [^\n]*0x0+Aa is not known to the MCR API[^\n]*\n$/);
  });

  testBoth(`${query.join(' ')} while the API is down`, async (command, context) => {
    world.control.setMcrDown(true);
    try {
      const outcome = await run(command, [...query, machine.did], { cwd: scratch(context), env });
      assert.equal(outcome.code, 2);
      assert.match(outcome.stderr, /^Error: the MCR API is unavailable: [^\n]+\n$/);
    } finally {
      world.control.setMcrDown(false);
    }
  });
}

testBoth('a rating from stale exchange rates says so', async (command, context) => {
  const ask = () => run(command, ['qualify', 'mcr', machine.did], { cwd: scratch(context), env });
  assert.match((await ask()).stdout, /FX Degraded: +no/);
  world.control.setFxStale(true);
  try {
    assert.match((await ask()).stdout, /FX Degraded: +yes/);
  } finally {
    world.control.setFxStale(false);
  }
});

async function serve(context, status, body, type = 'application/json') {
  const seen = [];
  const server = http.createServer((request, response) => {
    seen.push(request.url);
    response.writeHead(status, { 'content-type': type, location: `${world.urls.mcr}/` }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${server.address().port}`, seen };
}

for (const [what, status, body, says] of [
  ['HTML', 200, '<html>', /JSON/],
  ['an empty body', 200, '', /JSON/],
  ['a list', 200, '[]', /./],
  ['an object without the members', 200, '{}', /./],
  ['a number where a text belongs', 200, JSON.stringify({ did: 5 }), /./],
  ['a rating of control characters', 200, JSON.stringify({ did: 'x', mcr: '\u001b[31mA' }), /./],
  ['a redirect', 302, '', /302/],
  ['a client error with a reason', 418, '{"detail":"short and stout"}', /418[^\n]*short and stout/],
]) {
  testBoth(`an MCR API that answers ${what}`, async (command, context) => {
    for (const query of queries) {
      const { url, seen } = await serve(context, status, body);
      const outcome = await run(command, [...query, machine.did], {
        cwd: scratch(context),
        env: { PEAQOS_MCR_API_URL: `${url}///` },
      });
      assert.equal(outcome.code, 2, outcome.stdout + outcome.stderr);
      assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
      assert.match(outcome.stderr, says);
      assert.ok(!outcome.stderr.includes('\u001b'));
      assert.equal(seen.length, 1);
      assert.ok(!seen[0].startsWith('//'), seen[0]);
    }
  });
}

testBoth('numbers keep all their digits', async (command, context) => {
  const answer = await (await fetch(`${world.urls.mcr}/mcr/${machine.did}`)).text();
  const { url } = await serve(
    context,
    200,
    answer.replace(/"event_count": ?\d+/, '"event_count": 123456789012345678901234567890'),
  );
  const outcome = await run(command, ['qualify', 'mcr', machine.did, '--json'], {
    cwd: scratch(context),
    env: { PEAQOS_MCR_API_URL: url },
  });
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stdout, /"event_count": 123456789012345678901234567890/);
});

testBoth(
  'ratings of several machines come in their order, one that is not known among them',
  async (command, context) => {
    const place = { cwd: scratch(context), env };
    const words = ['qualify', 'mcr', machine.did, stranger, machine.did];
    const lines = await run(command, [...words, '--json'], place);
    assert.equal(lines.code, 2);
    assert.match(lines.stderr, /^Error: 1 of 3 ratings could not be read\. Check [^\n]+\n$/);
    const ratings = lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      ratings.map(({ did, error }) => [did, error?.code]),
      [
        [machine.did, undefined],
        [stranger, 'NOT_FOUND'],
        [machine.did, undefined],
      ],
    );
    const text = await run(command, words, place);
    const [head, , ...rows] = text.stdout.trimEnd().split('\n');
    assert.match(head, /^Machine +Rating +Score +Bond +Events$/);
    assert.deepEqual(
      rows.map((row) => row.split(/\s+/)[0]),
      [machine.did, stranger, machine.did],
    );
    assert.equal(text.code, 2);
  },
);

testBoth('DIDs are read from standard input; a bad one is refused before any request', async (command, context) => {
  const place = { cwd: scratch(context), env, stdio: ['pipe', 'pipe', 'pipe'] };
  const fed = (input) => {
    const { child, done } = start(command, ['qualify', 'mcr', '--json', '-'], place);
    child.stdin.end(input);
    return done;
  };
  const good = await fed(`${machine.did}\r\n\n${machine.did}\n`.repeat(20));
  assert.deepEqual([good.code, good.stderr], [0, '']);
  assert.equal(good.stdout.trim().split('\n').length, 40);
  const bad = await fed(`${machine.did}\ndid:peaq:0x12\n`);
  assert.deepEqual([bad.code, JSON.parse(bad.stdout).error.kind], [1, 'input']);
  const empty = await fed('');
  assert.deepEqual([empty.code, empty.stdout, empty.stderr], [0, '', '']);
});
