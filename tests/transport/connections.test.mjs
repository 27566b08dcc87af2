// Which requests share connections, which are repeated, and that an open connection keeps no process.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { assertAnswered, assertFailed, PROMPT, testBoth } from './probe.mjs';
import { startRaw, startServer } from './server.mjs';

const times = (count, step) => Array.from({ length: count }, () => step);
const get = (url) => ({ url, replayable: true });
const post = (url) => ({ method: 'POST', url, bodyHex: '7b7d' });

testBoth('replayable requests share a connection', async (send, context) => {
  const server = await startServer(context);
  const outcomes = await send([...times(5, get(server.url)), ...times(5, { ...post(server.url), replayable: true })]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.equal(server.connections(), 1);
});

testBoth('requests at once take as many connections, which later ones use again', async (send, context) => {
  const server = await startServer(context, (_, response) => setTimeout(() => response.end('ok'), 300));
  const outcomes = await send([{ together: times(3, get(server.url)) }, { together: times(3, get(server.url)) }]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.equal(outcomes.length, 6);
  assert.equal(server.connections(), 3);
});

testBoth('a request that changes something has a connection of its own', async (send, context) => {
  const server = await startServer(context);
  const outcomes = await send([
    get(server.url),
    post(server.url),
    post(server.url),
    { url: server.url },
    get(server.url),
  ]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.deepEqual(
    server.requests.map(({ connection }) => connection),
    [1, 2, 3, 4, 1],
  );
});

testBoth('a connection that the server closes after its answer is not used again', async (send, context) => {
  const server = await startServer(context, (_, response) =>
    response.writeHead(200, { connection: 'close' }).end('ok'),
  );
  const outcomes = await send([get(server.url), get(server.url)]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.equal(server.connections(), 2);
});

testBoth('a connection that was closed while idle costs nothing', async (send, context) => {
  const server = await startServer(context, (request, response) => {
    response.end('ok');
    setTimeout(() => request.socket.destroy(), 100);
  });
  const outcomes = await send([get(server.url), { sleepMs: 1000 }, get(server.url), post(server.url)]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.equal(server.requests.length, 3);
});

// Answers the first request on each of the first connections and drops them at the second one, after reading it.
const dropsSecond = (context, { connections = 1, reset = false, wait = 0 } = {}) => {
  let onConnection = {};
  return startServer(context, (request, response, _, connection) => {
    onConnection[connection] = (onConnection[connection] ?? 0) + 1;
    if (connection > connections || onConnection[connection] < 2)
      return void setTimeout(() => response.end('ok'), wait);
    if (reset) request.socket.resetAndDestroy();
    else request.socket.destroy();
  });
};

for (const reset of [false, true]) {
  const how = reset ? 'reset' : 'closed';
  testBoth(`a replayable request is repeated once when a reused connection is ${how}`, async (send, context) => {
    const server = await dropsSecond(context, { reset });
    const outcomes = await send([get(server.url), { ...post(server.url), replayable: true }]);
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
    assert.deepEqual(
      server.requests.map(({ method, connection }) => [method, connection]),
      [
        ['GET', 1],
        ['POST', 1],
        ['POST', 2],
      ],
    );
    assert.equal(server.requests[2].body.toString(), '{}');
  });
}

testBoth('a replayable request gets through when every kept connection is dead', async (send, context) => {
  const server = await dropsSecond(context, { connections: 3, wait: 300 });
  const outcomes = await send([{ together: times(3, get(server.url)) }, get(server.url)]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.equal(outcomes.length, 4);
});

testBoth(
  'a large replayable request survives a connection that is closed in the middle of it',
  async (send, context) => {
    let requests = 0;
    const server = await startServer(context, (_, response) => response.end('ok'));
    const raw = await startRaw(context, (socket, connection) => {
      socket.on('data', () => {
        if (connection > 1)
          return void (socket.pipeTo ??= socket.end(
            'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
          ));
        if (++requests === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
      });
    });
    const outcomes = await send([
      get(raw.url),
      { method: 'POST', url: raw.url, replayable: true, bodyLength: 20_000 },
      get(server.url),
    ]);
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  },
);

testBoth('a replayable request on a new connection is not repeated', async (send, context) => {
  const server = await startServer(context, (request) => request.socket.destroy());
  const [outcome] = await send([get(server.url)]);
  assertFailed(outcome, 'CONNECTION_RESET');
  assert.equal(server.requests.length, 1);
});

testBoth('a cut answer on a reused connection is not asked for again', async (send, context) => {
  const server = await startServer(context, (request, response) => {
    if (server.requests.length === 1) return response.end('ok');
    response
      .writeHead(200, { 'content-length': '10' })
      .write('12345', () => setTimeout(() => request.socket.destroy(), 100));
  });
  const outcomes = await send([get(server.url), get(server.url)]);
  assertFailed(outcomes[1], 'CONNECTION_RESET');
  assert.equal(server.requests.length, 2);
});

for (const reset of [false, true]) {
  testBoth(
    `a changing request reaches the server once, even when it is ${reset ? 'reset' : 'dropped'}`,
    async (send, context) => {
      const server = await startServer(context, (request, response) => {
        if (request.method === 'GET') return response.end('ok');
        if (reset) request.socket.resetAndDestroy();
        else request.socket.destroy();
      });
      const outcomes = await send([get(server.url), post(server.url), get(server.url)]);
      assertAnswered(outcomes[0], 200, 'ok');
      assertFailed(outcomes[1], 'CONNECTION_RESET');
      assertAnswered(outcomes[2], 200, 'ok');
      assert.equal(server.requests.filter(({ method }) => method === 'POST').length, 1);
    },
  );
}

testBoth('kept connections do not keep the process', async (send, context) => {
  let answered;
  const server = await startServer(context, (_, response) => {
    response.end('ok', () => (answered = Date.now()));
  });
  const outcomes = await send([{ together: times(4, get(server.url)) }, get(server.url), post(server.url)]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.ok(outcomes.ended - answered < PROMPT);
});

testBoth('IPv6 works, where the machine has it', async (send, context) => {
  let server;
  try {
    server = await startServer(context, undefined, { host: '::1' });
  } catch (error) {
    if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) throw error;
    return context.skip('this machine has no ::1');
  }
  const { port, stop } = await startServer(context, undefined, { host: '::1' });
  await stop();
  const [answer, refused] = await send([get(`${server.url}/x`), get(`http://[::1]:${port}/x`)]);
  assertAnswered(answer, 200, 'ok');
  assert.equal(
    assertFailed(refused, 'CONNECTION_REFUSED'),
    `could not connect to http://[::1]:${port}/…: connection refused`,
  );
});

testBoth('an answer says when its request may have been delivered twice', async (send, context) => {
  const server = await dropsSecond(context);
  const sending = { ...post(server.url), replayable: true };
  const outcomes = await send([get(server.url), sending, sending, post(server.url)]);
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.deepEqual(
    outcomes.map(({ repeated = false }) => repeated),
    [false, true, false, false],
  );
});

testBoth('a request that went out before is a Reset when it cannot go out again', async (send, context) => {
  const server = await startServer(context, (request, response) => {
    if (server.requests.length === 1) return response.end('ok');
    server.stop(); // nothing listens any more when the connection ends
    request.socket.destroy();
  });
  const outcomes = await send([get(server.url), { ...post(server.url), replayable: true }]);
  assertAnswered(outcomes[0], 200, 'ok');
  assertFailed(outcomes[1], 'CONNECTION_RESET');
});
