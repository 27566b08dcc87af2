// Requests without a whole answer: each failure has its code and words, the same over both hosts.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { assertAnswered, assertFailed, PROMPT, testBoth } from './probe.mjs';
import { closedPort, startRaw, startSaying, startServer } from './server.mjs';

testBoth('nothing listens: CONNECTION_REFUSED', async (send, context) => {
  const port = await closedPort(context);
  const [byAddress, byName] = await send([
    { url: `http://127.0.0.1:${port}/x` },
    { url: `https://localhost:${port}`, replayable: true },
  ]);
  assert.equal(
    assertFailed(byAddress, 'CONNECTION_REFUSED'),
    `could not connect to http://127.0.0.1:${port}/…: connection refused`,
  );
  assertFailed(byName, 'CONNECTION_REFUSED');
});

testBoth('no way to the address: TRANSPORT_FAILED', async (send) => {
  const [outcome] = await send([{ url: 'http://255.255.255.255/' }]); // no TCP goes to a broadcast address
  assert.equal(assertFailed(outcome, 'TRANSPORT_FAILED'), 'could not reach http://255.255.255.255/: no route to it');
});

testBoth('an unknown name: NAME_NOT_RESOLVED', async (send) => {
  const [outcome] = await send([{ url: 'http://nobody.invalid/x' }]);
  assert.equal(
    assertFailed(outcome, 'NAME_NOT_RESOLVED'),
    'could not connect to http://nobody.invalid/…: its name is not known',
  );
});

testBoth('the deadline runs out before the head of an answer: TIMEOUT', async (send, context) => {
  const silent = await startRaw(context, (socket) => socket.resume());
  const outcomes = await send([
    { url: silent.url, timeoutMs: 300 },
    { url: silent.url, timeoutMs: 1000, replayable: true },
  ]);
  assert.equal(assertFailed(outcomes[0], 'TIMEOUT'), `${silent.url} did not answer within 300 ms`);
  assert.equal(assertFailed(outcomes[1], 'TIMEOUT'), `${silent.url} did not answer within 1 s`);
});

testBoth('the deadline runs out within a body that keeps coming: TIMEOUT', async (send, context) => {
  const dripping = await startServer(context, (_, response) => {
    response.writeHead(200, { 'content-length': '1000000' });
    const timer = setInterval(() => response.write('drop'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const [outcome] = await send([{ url: dripping.url, timeoutMs: 500 }]);
  assertFailed(outcome, 'TIMEOUT');
});

testBoth('the deadline of one request is not that of the next', async (send, context) => {
  const server = await startServer(context, (request, response) =>
    setTimeout(() => response.end('late'), request.url === '/slow' ? 3_000 : 0),
  );
  const outcomes = await send([
    { url: `${server.url}/slow`, timeoutMs: 300, replayable: true },
    { url: server.url, replayable: true },
  ]);
  assertFailed(outcomes[0], 'TIMEOUT');
  assertAnswered(outcomes[1], 200, 'late');
});

const wholeHead = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';

// [what, text before the server ends its side; null resets]
const cuts = [
  ['closed without a word', ''],
  ['reset without a word', null],
  ['cut within the status line', 'HTTP/1.1 2'],
  ['cut within the head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['cut before the body', wholeHead],
  ['cut within the body', `${wholeHead}12345`],
  ['cut between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ['cut within a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc'],
  ['cut within the body of an error', 'HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\n12345'],
  ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n'],
];

for (const [what, text] of cuts) {
  testBoth(`no whole answer: CONNECTION_RESET: ${what}`, async (send, context) => {
    const server = await startSaying(context, text);
    const outcomes = await send([
      { url: server.url },
      { method: 'POST', url: server.url, bodyHex: '00' },
      { url: server.url, replayable: true },
    ]);
    for (const outcome of outcomes) {
      assert.equal(
        assertFailed(outcome, 'CONNECTION_RESET'),
        `${server.url} closed the connection before its answer was whole`,
      );
    }
    assert.equal(server.connections(), 3, 'nothing was repeated: no connection was reused');
  });
}

testBoth('a connection that is reset within a body: CONNECTION_RESET', async (send, context) => {
  const server = await startRaw(context, (socket) => {
    socket.once('data', () => socket.write(`${wholeHead}12345`, () => setTimeout(() => socket.resetAndDestroy(), 100)));
  });
  const [outcome] = await send([{ url: server.url }]);
  assertFailed(outcome, 'CONNECTION_RESET');
});

for (const text of [
  'SSH-2.0-OpenSSH_9.2p1 Debian\r\n',
  'HELO there, this is no HTTP at all\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n',
  '{"json": true}\n\n\n',
]) {
  testBoth(`an answer that is not HTTP is said to be none: ${JSON.stringify(text)}`, async (send, context) => {
    const server = await startSaying(context, text);
    const [outcome] = await send([{ url: server.url }]);
    assert.equal(assertFailed(outcome, 'TRANSPORT_FAILED'), `could not reach ${server.url}: the answer is not HTTP`);
  });
}

testBoth('what is no http URL is refused before anything is sent', async (send, context) => {
  const server = await startServer(context);
  const { port } = server;
  const bad = [
    '',
    'x',
    `ftp://127.0.0.1:${port}/`,
    `file:///etc/passwd`,
    'http://',
    'http:///path',
    'http://127.0.0.1:70000/',
    'http://127.0.0.1:0/',
    'http://127.0.0.1:x/',
    `http://127.0.0.1:${port}/a b`,
    `http://127.0.0.1:${port}/\r\nX-Injected: 1`,
    ` http://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}\\@elsewhere.invalid/`,
    'http://[::1/',
    `//127.0.0.1:${port}/`,
    `http://ü.invalid/`,
  ];
  const outcomes = await send(bad.map((url) => ({ url })));
  outcomes.forEach((outcome, i) => assertFailed(outcome, 'BAD_URL', bad[i]));
  assert.equal(server.connections(), 0);
});

testBoth('a host that only looks like an address fails as an error, not as a crash', async (send) => {
  const hosts = ['256.256.256.256', '1.2.3.4.5', '[:::]', '[1.2]', 'xn--a'];
  const outcomes = await send(hosts.map((host) => ({ url: `http://${host}/` })));
  outcomes.forEach((outcome, i) => assertFailed(outcome, hosts[i].startsWith('[') ? 'BAD_URL' : 'NAME_NOT_RESOLVED'));
});

// But for a '?' with nothing behind it: curl 7 drops it, curl 8 does not, and no peaq service has such URLs.
testBoth('a URL reaches the server as it is written', async (send, context) => {
  const server = await startServer(context);
  const paths = ['/a/../b/./c', '/%7Euser/%2e%2e/x', '/x?q=\'"<>|^`{}', '/;a=b,c:d@e', '/a//b', '?only=query', '/#f?g'];
  await send(paths.map((path) => ({ url: server.url + path, replayable: true })));
  return server.requests.map(({ url }) => url);
});

testBoth('credentials in a URL are sent, and never shown', async (send, context) => {
  const server = await startServer(context);
  const port = await closedPort(context);
  const token = 'Tok3nTok3nTok3nTok3nTok3n';
  const [answer, failure] = await send([
    { url: `http://user:s%C3%A9same@127.0.0.1:${server.port}/` },
    { url: `http://user:s%C3%A9same@127.0.0.1:${port}/${token}?key=${token}` },
  ]);
  assertAnswered(answer);
  const basic = `Basic ${Buffer.from('user:sésame').toString('base64')}`;
  assert.deepEqual(server.requests[0].headers, [
    ['accept-encoding', 'identity'],
    ['authorization', basic],
  ]);
  const message = assertFailed(failure, 'CONNECTION_REFUSED');
  assert.equal(message, `could not connect to http://127.0.0.1:${port}/…?…: connection refused`);
});

testBoth('cancelling ends what is under way, at once and for good: CANCELLED', async (send, context) => {
  const silent = await startRaw(context, (socket) => socket.resume());
  const dripping = await startServer(context, (_, response) => {
    response.writeHead(200, { 'content-length': '1000000' });
    const timer = setInterval(() => response.write('drop'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const later = await startServer(context);
  const started = Date.now();
  const requests = [
    { url: silent.url },
    { method: 'POST', url: silent.url, bodyHex: '00' },
    { url: silent.url, replayable: true },
    { url: dripping.url },
  ];
  const outcomes = await send([{ together: requests, cancelAfterMs: 300 }, { url: later.url }]);
  for (const outcome of outcomes) assert.equal(assertFailed(outcome, 'CANCELLED'), 'interrupted');
  assert.equal(later.connections(), 0, 'nothing is sent once the user has given up');
  assert.ok(outcomes.ended - started < 10_000, 'far from the deadline of 30 s');
});

testBoth('an answer that came before the cancelling is kept', async (send, context) => {
  const silent = await startRaw(context, (socket) => socket.resume());
  const server = await startServer(context);
  const outcomes = await send([{ together: [{ url: silent.url }, { url: server.url }], cancelAfterMs: 2_000 }]);
  assertFailed(outcomes[0], 'CANCELLED');
  assertAnswered(outcomes[1], 200, 'ok');
});

testBoth('a process ends promptly after a failure', async (send, context) => {
  let silent;
  const gone = new Promise((resolve, reject) => {
    silent = startRaw(context, (socket) => socket.resume().on('close', () => resolve(Date.now()))).catch(reject);
  });
  const outcomes = await send([{ url: (await silent).url, timeoutMs: 1_500 }]);
  assertFailed(outcomes[0], 'TIMEOUT');
  assert.ok(outcomes.ended - (await gone) < PROMPT, 'nothing is waited for once the connection is closed');
});
