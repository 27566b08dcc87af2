// What goes over the wire and comes back: bodies, headers, statuses.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { assertAnswered, assertFailed, pattern, testBoth } from './probe.mjs';
import { startRaw, startSaying, startServer } from './server.mjs';

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
const echo = (_, response, body) => response.end(body);
const digest = (bytes) => Buffer.from(keccak_256(bytes)).toString('hex');

testBoth('bodies are bytes, both ways', async (send, context) => {
  const server = await startServer(context, echo);
  for (const body of [allBytes, Buffer.alloc(7), Buffer.from('\r\n\r\n')]) {
    const [outcome] = await send([{ method: 'POST', url: server.url, bodyHex: body.toString('hex') }]);
    assertAnswered(outcome, 200, body);
    assert.deepEqual(server.requests.at(-1).body, body);
  }
});

testBoth('a body of 5 MB goes and comes whole', async (send, context) => {
  const server = await startServer(context, echo);
  const body = pattern(5_000_000);
  const [outcome] = await send([{ method: 'POST', url: server.url, bodyLength: body.length }]);
  assertAnswered(outcome);
  assert.ok(server.requests[0].body.equals(body));
  assert.equal(outcome.bodyLength, body.length);
  assert.equal(outcome.keccak256, digest(body));
});

testBoth('what the server sees is what the core said, and no more', async (send, context) => {
  const server = await startServer(context);
  const headers = [
    ['accept', 'application/json'],
    ['X-Api-Key', 'k 1'],
    ['x-empty', ''],
  ];
  await send([
    { url: `${server.url}/path?query=1&b=%20#fragment`, headers, replayable: true },
    { url: server.url },
    { method: 'POST', url: server.url, headers: [['content-type', 'application/json']], bodyHex: '7b7d' },
    { method: 'POST', url: server.url },
    { method: 'PUT', url: server.url, bodyHex: '00' },
    { method: 'PATCH', url: server.url, bodyHex: '00', replayable: true },
    { method: 'DELETE', url: server.url },
  ]);
  for (const { headers: received } of server.requests)
    assert.equal(new Map(received).get('accept-encoding'), 'identity', 'no content coding is asked for');
  const rest = (received) => received.filter(([name]) => name !== 'accept-encoding');
  const seen = server.requests.map(({ method, url, headers: received }) => ({ method, url, headers: rest(received) }));
  assert.deepEqual(seen, [
    {
      method: 'GET',
      url: '/path?query=1&b=%20',
      headers: [
        ['accept', 'application/json'],
        ['x-api-key', 'k 1'],
        ['x-empty', ''],
      ],
    },
    { method: 'GET', url: '/', headers: [] },
    {
      method: 'POST',
      url: '/',
      headers: [
        ['content-length', '2'],
        ['content-type', 'application/json'],
      ],
    },
    { method: 'POST', url: '/', headers: [['content-length', '0']] },
    { method: 'PUT', url: '/', headers: [['content-length', '1']] },
    { method: 'PATCH', url: '/', headers: [['content-length', '1']] },
    { method: 'DELETE', url: '/', headers: [] },
  ]);
});

testBoth('headers come back in lower case and trimmed, duplicates each', async (send, context) => {
  const head =
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-MiXed:   Value  \r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX-Empty:\r\nX-Colon: a: b\r\n\r\n';
  const server = await startSaying(context, head);
  const [outcome] = await send([{ url: server.url }]);
  assert.deepEqual(assertAnswered(outcome, 200, ''), [
    ['content-length', '0'],
    ['x-mixed', 'Value'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['x-empty', ''],
    ['x-colon', 'a: b'],
  ]);
});

testBoth('headers of 60 KB are taken', async (send, context) => {
  const value = 'v'.repeat(60_000);
  const server = await startSaying(context, `HTTP/1.1 200 OK\r\nX-Long: ${value}\r\nContent-Length: 2\r\n\r\nok`);
  const [outcome] = await send([{ url: server.url }]);
  assert.deepEqual(assertAnswered(outcome, 200, 'ok')[0], ['x-long', value]);
});

for (const status of [201, 400, 401, 404, 418, 429, 500, 502, 503, 599]) {
  testBoth(`status ${status} is an answer with headers and a body`, async (send, context) => {
    const server = await startServer(context, (_, response) =>
      response.writeHead(status, { 'Retry-After': '7' }).end(`{"status":${status}}`),
    );
    const [outcome] = await send([{ url: server.url, replayable: true }]);
    const headers = assertAnswered(outcome, status, `{"status":${status}}`);
    assert.ok(headers.some(([name, value]) => name === 'retry-after' && value === '7'));
  });
}

testBoth('answers without a body end with their head', async (send, context) => {
  const server = await startServer(context, (request, response) =>
    response.writeHead(Number(request.url.slice(1))).end(),
  );
  const statuses = [200, 204, 304, 404, 500];
  const outcomes = await send(statuses.map((status) => ({ url: `${server.url}/${status}`, replayable: true })));
  outcomes.forEach((outcome, i) => assertAnswered(outcome, statuses[i], ''));
  assert.equal(server.connections(), 1, 'the connection was left in order');
});

testBoth('HEAD has the head of a body that never comes', async (send, context) => {
  const server = await startServer(context, (_, response) =>
    response.writeHead(200, { 'content-length': '1000' }).end(),
  );
  const outcomes = await send([
    { method: 'HEAD', url: server.url, replayable: true, timeoutMs: 20_000 },
    { method: 'HEAD', url: server.url, replayable: true },
  ]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, '');
});

testBoth('a body may come in chunks, with trailers that are no headers', async (send, context) => {
  const server = await startServer(context, async (_, response) => {
    response.writeHead(200, { Trailer: 'X-After' });
    for (let i = 0; i < 5; ++i) {
      response.write(allBytes);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.addTrailers({ 'X-After': 'late' });
    response.end();
  });
  const [outcome] = await send([{ url: server.url }]);
  const headers = assertAnswered(outcome, 200, Buffer.concat(Array(5).fill(allBytes)));
  assert.ok(headers.some(([name]) => name === 'transfer-encoding'));
  assert.ok(!headers.some(([name]) => name === 'x-after'));
});

testBoth('a body may end with its connection', async (send, context) => {
  const bodies = ['HTTP/1.0 200 OK\r\n\r\nuntil the end', 'HTTP/1.1 200\r\nConnection: close\r\n\r\nuntil the end'];
  for (const text of bodies) {
    const server = await startSaying(context, text);
    const [outcome] = await send([{ url: server.url }]);
    assertAnswered(outcome, 200, 'until the end');
  }
});

testBoth('an interim answer is not the answer', async (send, context) => {
  const server = await startSaying(
    context,
    'HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno',
  );
  const [outcome] = await send([{ url: server.url }]);
  assert.deepEqual(assertAnswered(outcome, 404, 'no'), [['content-length', '2']]);
});

testBoth('an answer may come before the request was read', async (send, context) => {
  const server = await startRaw(context, (socket) => {
    socket.once('data', () => {
      socket.end('HTTP/1.1 413 Too large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno');
      socket.resume();
    });
  });
  const [outcome] = await send([{ method: 'POST', url: server.url, bodyLength: 5_000_000 }]);
  assertAnswered(outcome, 413, 'no');
});

for (const status of [301, 302, 303, 307, 308]) {
  testBoth(`a redirect is an answer: ${status}`, async (send, context) => {
    const target = await startServer(context);
    const server = await startServer(context, (_, response) =>
      response.writeHead(status, { Location: target.url }).end('moved'),
    );
    const outcomes = await send([
      { url: server.url, replayable: true },
      { method: 'POST', url: server.url, bodyHex: '00' },
    ]);
    for (const outcome of outcomes) {
      const headers = assertAnswered(outcome, status, 'moved');
      assert.ok(headers.some(([name, value]) => name === 'location' && value === target.url));
    }
    assert.equal(target.connections(), 0);
  });
}

testBoth('an answer of 64 MiB is the largest', async (send, context) => {
  const part = Buffer.alloc(1 << 20, 7);
  const server = await startServer(context, async (request, response) => {
    for (let i = 0; i < 64 && !response.destroyed; ++i) {
      if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    response.end(request.url === '/more' ? 'x' : '');
  });
  const [whole, more, after] = await send([
    { url: server.url },
    { url: `${server.url}/more` },
    { url: `${server.url}/more`, replayable: true },
  ]);
  assertAnswered(whole);
  assert.equal(whole.bodyLength, 64 << 20);
  assert.match(assertFailed(more, 'ANSWER_TOO_LARGE'), /64 MiB$/);
  assertFailed(after, 'ANSWER_TOO_LARGE');
});
