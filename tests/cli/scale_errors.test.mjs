// What becomes of the market's refusals and faults: one clear line, its exit code, and nothing secret in it.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import http from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { commands, run, scratch, testBoth } from '../support/commands.mjs';
import { file, marketEnv, newBuyer } from '../support/market.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();
const env = marketEnv(world);
const { market } = world.control;
const peakMemory = fileURLToPath(new URL('../bench/peak_memory.py', import.meta.url));

// What each code must tell, beside the server's own words.
const codes = {
  AUTH_REQUIRED: /PEAQOS_ORCH_API_KEY/,
  AUTH_INVALID: /PEAQOS_ORCH_API_KEY/,
  AGENT_AUTH_REQUIRED: /--pairing-token-file/,
  AGENT_AUTH_INVALID: /peaqos scale agent pair/,
  AGENT_AUTH_EXPIRED: /expired.*peaqos scale agent pair/,
  VALIDATION_ERROR: /invalid/,
  NOT_FOUND: /not know/,
  MACHINE_NOT_FOUND: /peaqos scale machine list/,
  MACHINE_NOT_ACTIVE: /not active/,
  MACHINE_NOT_ACTIVATED: /peaqos activate/,
  MACHINE_IDENTITY_EXISTS: /belongs to another machine/,
  MACHINE_IDENTITY_IMMUTABLE: /cannot be changed/,
  MACHINE_IDENTITY_PROOF_REQUIRED: /must be signed/,
  MACHINE_IDENTITY_PROOF_INVALID: /controller/,
  MACHINE_IDENTITY_PROOF_EXPIRED: /new challenge/,
  PEAQOS_IDENTITY_UNAVAILABLE: /could not be verified/,
  AGENT_PAIRING_REQUIRED: /peaqos scale agent pair/,
  AGENT_PAIRING_INACTIVE: /'active'/,
  AGENT_PAIRING_UNAVAILABLE: /not active/,
  AGENT_PAIRING_PROOF_REQUIRED: /must sign/,
  AGENT_PAIRING_PROOF_INVALID: /not the agent's/,
  AGENT_PAIRING_PROOF_EXPIRED: /new challenge/,
  AGENT_POLICY_DENIED: /policy/,
  AGENT_SPEND_LIMIT_EXCEEDED: /--per-tx-limit/,
  AGENT_DAILY_LIMIT_EXCEEDED: /--daily-limit/,
  QUOTE_EXPIRED: /peaqos scale search/,
  ORDER_CLOSED: /closed/,
  ORDER_NOT_DELIVERED: /not delivered/,
  EXECUTION_UNSUPPORTED: /cannot be executed/,
  PAYMENT_REQUIRED: /must be paid/,
  PAYMENT_RPC_REQUIRED: /PEAQOS_RPC_URL/,
  PAYMENT_RPC_ERROR: /could not be verified/,
  PAYMENT_NOT_MINED: /not mined yet/,
  PAYMENT_TX_FAILED: /failed on its chain/,
  PAYMENT_TRANSFER_NOT_FOUND: /no such payment/,
  WEIRD_CODE: /Orchestration error: WEIRD_CODE/,
};

testBoth('each code of the API is told in our words, with the server’s behind them', async (command, context) => {
  const cwd = scratch(context);
  for (const [code, expected] of Object.entries(codes)) {
    market.fail('E5', { code, message: 'because of the weather', status: 400 }, { times: 1 });
    const { code: exit, stdout, stderr } = await run(command, ['scale', 'machine', 'list'], { cwd, env });
    assert.equal(exit, 2, code);
    assert.equal(stdout, '');
    assert.match(stderr, /^Error: [^\n]+ — because of the weather(\. [^\n]+)?\n$/);
    assert.match(stderr, expected);
  }
});

// Every request of every command, with an endpoint that refuses it.
const endpoints = {
  E4: ['scale', 'machine', 'status', 'mach_1'],
  E8: ['scale', 'search', '--machine-id', 'M', '--service-type', 't', '--pairing-token-file', 'agent.token'],
  E10: ['scale', 'order', 'status', 'ord_1'],
  E12: ['scale', 'order', 'list', '--machine-id', 'M'],
  E17: ['scale', 'order', 'received', 'ord_1', '--pairing-token-file', 'agent.token'],
  E18: ['scale', 'order', 'dispute', 'ord_1', '--reason', 'r', '-y', '--pairing-token-file', 'agent.token'],
};

for (const [endpoint, words] of Object.entries(endpoints)) {
  testBoth(`a refusal of ${endpoint} ends ${words.slice(1, 3).join(' ')} with 2`, async (command, context) => {
    const { machine, ...options } = await newBuyer(world, context);
    market.fail(
      endpoint,
      { code: 'VALIDATION_ERROR', message: 'no', details: { field: 'x', n: [1, null] } },
      { times: 1 },
    );
    const given = words.map((word) => (word === 'M' ? machine.id : word));
    const { code, stderr } = await run(command, given, options);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /Error: [^\n]+: \{"field":"x","n":\[1,null\]\}[^\n]*\n$/);
  });
}

for (const endpoint of ['E9', 'E11', 'E13', 'E14', 'E16']) {
  testBoth(`a refusal of ${endpoint} within an order says where it stands`, async (command, context) => {
    const { words, ...options } = await newBuyer(world, context);
    const given = [
      '--payment-tx-hash',
      `0x${'ab'.repeat(32)}`,
      '--payment-chain',
      'eip155:31338',
      '--payment-token',
      'USDC',
    ];
    const word = endpoint === 'E16' ? words('svc_block', '-y') : words('svc_price_signed', '-y', ...given);
    market.fail(endpoint, { code: 'AGENT_PAIRING_INACTIVE', message: 'paused', status: 409 }, { times: 1 });
    const { code, stdout, stderr } = await run(command, word, options);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    if (endpoint === 'E9') {
      assert.match(stderr, /^Error: the pairing is not active — paused\. [^\n]+\n$/);
    } else {
      assert.match(stderr, /Error: order '\S+' was created but [a-z ]+ failed\n {2}Current status: \S+\n/);
      assert.match(stderr, /\n {2}AGENT_PAIRING_INACTIVE: the pairing is not active — paused\n/);
      assert.match(stderr, /\n {2}Check: peaqos scale order status \S+\n$/);
    }
  });
}

/** A server that answers every request alike; gives what the command made of it. */
async function served(command, context, answer, words = ['scale', 'machine', 'list'], changes = {}) {
  const server = http.createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    return await run(command, words, {
      cwd: scratch(context),
      env: { PEAQOS_ORCHESTRATION_URL: url, PEAQOS_ORCH_API_KEY: 'key-canary-4711', PEAQOS_TIMEOUT: '3', ...changes },
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const answers = {
  'HTML with 502': [
    (_, r) => r.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    /BAD_RESPONSE.*HTTP 502/,
  ],
  'HTML with 200': [(_, r) => r.end('<html>key-canary-4711</html>'), /BAD_RESPONSE.*not JSON/],
  'nothing with 204': [(_, r) => r.writeHead(204).end(), /BAD_RESPONSE/],
  'JSON null': [(_, r) => r.end('null'), /BAD_RESPONSE/],
  'an error without an envelope': [(_, r) => r.writeHead(500).end('{"message":"x"}'), /unknown form \(HTTP 500\)/],
  'a redirection': [
    (_, r) => r.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end('{"items":[]}'),
    /BAD_RESPONSE.*HTTP 307/,
  ],
  'a list that is none': [(_, r) => r.end('{"items":{}}'), /has no list 'items'/],
  'an item of another type': [(_, r) => r.end('{"items":[5]}'), /'items' is not a list of objects/],
  'a member of another type': [(_, r) => r.end('{"items":[{"id":5}]}'), /'id' is not a text/],
  'a member too few': [(_, r) => r.end('{"items":[{"id":"m"}]}'), /GET \/machines\).*'displayName' is not there/],
  'a cursor of another type': [(_, r) => r.end('{"items":[],"nextCursor":5}'), /'nextCursor' that is no text/],
  'half an answer': [
    (_, r) => {
      r.writeHead(200, { 'content-length': '100' }).write('{"items"');
      setTimeout(() => r.destroy(), 50);
    },
    /cannot be reached: [^\n]*closed the connection/,
  ],
  'no answer': [(_, r) => r.destroy(), /cannot be reached/],
  'nothing in time': [() => {}, /did not answer within 3 s/],
  'its secrets in an error': [
    (q, r) =>
      r
        .writeHead(400)
        .end(
          JSON.stringify({ error: { code: 'X', message: `bad ${q.headers['x-api-key']}`, details: { apiKey: 'k' } } }),
        ),
    /X — bad \[REDACTED\]/,
  ],
};

for (const [what, [answer, expected]] of Object.entries(answers)) {
  testBoth(`a server that sends ${what}`, async (command, context) => {
    const { code, stdout, stderr } = await served(command, context, answer);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^Error: [^\n]+\n$/);
    assert.match(stderr, expected);
    assert.ok(!stderr.includes('canary'), stderr);
  });
}

testBoth('a list of orders that does not end is given up', async (command, context) => {
  let asked = 0;
  const words = ['scale', 'order', 'list', '--machine-id', 'm', '--json'];
  const loop = (_, response) => response.end(JSON.stringify({ items: [], nextCursor: `c${++asked % 3}` }));
  const { code, stdout, stderr } = await served(command, context, loop, words);
  assert.deepEqual([code, JSON.parse(stdout).error.code], [2, 'ENDLESS_LIST']);
  assert.match(stderr, /does not end: a cursor came back/);
  assert.ok(asked <= 5);
  const end = await served(command, context, (_, response) => response.end('{"items":[],"nextCursor":""}'), words);
  assert.deepEqual([end.code, end.stdout], [0, '[]\n']);
});

testBoth('a page that fails leaves nothing on standard output', async (command, context) => {
  const { machine, ...options } = await newBuyer(world, context);
  market.seedOrders(machine.id, 150);
  const words = ['scale', 'order', 'list', '--machine-id', machine.id, '--json'];
  const page = market.requests.length;
  assert.equal((await run(command, words, options)).code, 0);
  assert.equal(market.requests.length - page, 2);
  let first = true;
  const { code, stdout } = await served(
    command,
    context,
    async (request, response) => {
      if (!first) return response.destroy();
      first = false;
      const { headers, url } = request;
      const answer = await fetch(`${env.PEAQOS_ORCHESTRATION_URL}${url}`, {
        headers: { ...headers, 'x-api-key': env.PEAQOS_ORCH_API_KEY },
      });
      return response.end(await answer.text());
    },
    words,
  );
  assert.deepEqual([code, JSON.parse(stdout).error.code], [2, 'CONNECTION_RESET'], 'the error alone');
});

testBoth('no secret is said, logged or kept', async (command, context) => {
  const { words, pairing, ...options } = await newBuyer(world, context);
  file(options.cwd, 'credentials.json', '{"aethir":{"ak":"canary-ak-4711","sk":"canary-sk-4711"}}');
  const given = words('svc_block', '-y', '--provider-credentials', 'credentials.json');
  const secrets = ['canary', pairing.token, env.PEAQOS_ORCH_API_KEY];
  const runs = [await run(command, ['-v', ...given], options)];
  for (const endpoint of ['E9', 'E16']) {
    const message = `no ${pairing.token} ${env.PEAQOS_ORCH_API_KEY} canary-sk-4711`;
    market.fail(endpoint, { code: 'VALIDATION_ERROR', message, details: { ak: 'canary-ak-4711' } }, { times: 1 });
    runs.push(await run(command, ['-v', ...given], options));
  }
  assert.deepEqual(
    runs.map(({ code }) => code),
    [0, 2, 2],
  );
  const log = readFileSync(join(options.cwd, 'peaqos.log'), 'utf8');
  for (const text of [log, ...runs.map(({ stdout, stderr }) => stdout + stderr)])
    for (const secret of secrets) assert.ok(!text.includes(secret), text);
});

test('ten thousand orders take little more memory than a hundred', async (context) => {
  const peaks = [];
  for (const count of [100, 10_000]) {
    const { machine, cwd, env: its } = await newBuyer(world, context);
    market.seedOrders(machine.id, count);
    const words = [...commands.peaqos, 'scale', 'order', 'list', '--machine-id', machine.id, '--json'];
    const { stdout } = await promisify(execFile)('python3', [peakMemory, ...words], {
      cwd,
      env: { PATH: process.env.PATH, ...its },
    });
    peaks.push(Number(stdout) / 1024);
  }
  assert.ok(peaks[1] - peaks[0] <= 40, `${peaks[0]} MiB, then ${peaks[1]} MiB`);
});
