// HTTPS: whom both hosts trust, and how they say that they do not.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates } from './certificates.mjs';
import { assertAnswered, assertFailed, pattern, PROMPT, testBoth } from './probe.mjs';
import { startProxy, startRaw, startServer } from './server.mjs';

const made = await makeCertificates();
const { authority, good } = made;
const trusting = { SSL_CERT_FILE: authority };
const asHttps = (server) => server.url.replace('http:', 'https:');

testBoth('a private authority is trusted when SSL_CERT_FILE names it', async (send, context) => {
  const server = await startServer(context, (_, response, body) => response.end(body), { tls: good });
  const [byAddress, byName] = await send(
    [
      { method: 'POST', url: server.url, bodyLength: 100_000 },
      { method: 'POST', url: `https://localhost:${server.port}`, bodyHex: '0001' },
    ],
    trusting,
  );
  assertAnswered(byAddress);
  assert.equal(byAddress.bodyLength, 100_000);
  assert.ok(server.requests[0].body.equals(pattern(100_000)));
  assertAnswered(byName, 200, Buffer.from([0, 1]));
});

// [what, certificate, variables, words]
const refused = [
  ['an unknown authority', good, {}, 'unable to get local issuer certificate'],
  ['a self-signed certificate', made.selfSigned, trusting, 'self-signed certificate'],
  ['an expired certificate', made.expired, trusting, 'certificate has expired'],
  ['a certificate for another host', made.otherHost, trusting, 'the certificate is for another host'],
];

for (const [what, tls, env, words] of refused) {
  testBoth(`${what} is refused: TLS_FAILED`, async (send, context) => {
    const server = await startServer(context, undefined, { tls });
    const proxy = await startProxy(context);
    const step = { url: `${server.url}/x`, replayable: true };
    const direct = await send([step, { method: 'POST', url: server.url, bodyHex: '00' }], env);
    const [tunnelled] = await send([step], { ...env, https_proxy: proxy.url });
    assert.equal(assertFailed(direct[0], 'TLS_FAILED'), `no secure connection to ${server.url}/…: ${words}`);
    assertFailed(direct[1], 'TLS_FAILED');
    assert.deepEqual(tunnelled, direct[0]);
    assert.equal(server.requests.length, 0, 'nothing was said over the connection');
  });
}

testBoth('the host of a certificate is checked for names as well', async (send, context) => {
  const server = await startServer(context, undefined, { tls: made.otherHost });
  const [outcome] = await send([{ url: `https://localhost:${server.port}/` }], trusting);
  assertFailed(outcome, 'TLS_FAILED');
});

testBoth('a self-signed certificate is trusted when SSL_CERT_FILE holds it', async (send, context) => {
  const file = join(made.folder, 'self.pem');
  const server = await startServer(context, undefined, { tls: made.selfSigned });
  const [outcome] = await send([{ url: server.url }], { SSL_CERT_FILE: file });
  assertAnswered(outcome, 200, 'ok');
});

testBoth('an empty SSL_CERT_FILE is none', async (send, context) => {
  const server = await startServer(context, undefined, { tls: good });
  const [outcome] = await send([{ url: server.url }], { SSL_CERT_FILE: '' });
  assert.match(assertFailed(outcome, 'TLS_FAILED'), /unable to get local issuer certificate$/);
});

testBoth('an SSL_CERT_FILE that cannot be used is named', async (send, context) => {
  const server = await startServer(context, undefined, { tls: good });
  writeFileSync(join(made.folder, 'empty.pem'), '');
  writeFileSync(join(made.folder, 'text.pem'), 'no certificate');
  for (const file of [
    join(made.folder, 'absent.pem'),
    made.folder,
    join(made.folder, 'empty.pem'),
    join(made.folder, 'text.pem'),
  ]) {
    const outcomes = await send([{ url: server.url }, { url: server.url, replayable: true }], { SSL_CERT_FILE: file });
    for (const outcome of outcomes) {
      assert.equal(
        assertFailed(outcome, 'TLS_FAILED'),
        `no secure connection to ${server.url}: SSL_CERT_FILE holds no certificates`,
      );
    }
  }
  assert.equal(server.connections(), 0);
});

testBoth('a server that does not speak TLS: TLS_FAILED', async (send, context) => {
  const servers = [
    await startServer(context), // HTTP
    await startServer(context, undefined, {
      tls: { ...good, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }, // not for its kind of key
    }),
    await startRaw(context, (socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2p1\r\n'))),
    await startRaw(context, (socket) => socket.once('data', () => socket.end())),
    await startRaw(context, (socket) => socket.once('data', () => socket.resetAndDestroy())),
  ];
  for (const server of servers) {
    const outcomes = await send([{ url: asHttps(server) }, { url: asHttps(server), replayable: true }], trusting);
    for (const outcome of outcomes) {
      assert.equal(
        assertFailed(outcome, 'TLS_FAILED'),
        `no secure connection to ${asHttps(server)}: the handshake failed`,
      );
    }
  }
});

testBoth('the deadline holds for the handshake: TIMEOUT', async (send, context) => {
  const silent = await startRaw(context, (socket) => socket.resume());
  const [outcome] = await send([{ url: asHttps(silent), timeoutMs: 500 }], trusting);
  assertFailed(outcome, 'TIMEOUT');
});

testBoth(
  'a secure connection is kept for replayable requests, and does not keep the process',
  async (send, context) => {
    let answered;
    const server = await startServer(context, (_, response) => response.end('ok', () => (answered = Date.now())), {
      tls: good,
    });
    const get = { url: server.url, replayable: true };
    const outcomes = await send([get, get, { method: 'POST', url: server.url, bodyHex: '00' }, get], trusting);
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [1, 1, 2, 1],
    );
    assert.ok(outcomes.ended - answered < PROMPT);
  },
);

testBoth('replay rules hold over TLS', async (send, context) => {
  const server = await startServer(
    context,
    (request, response) => {
      if (server.requests.length === 2 || request.method === 'POST') return request.socket.destroy();
      response.end('ok');
    },
    { tls: good },
  );
  const get = { url: server.url, replayable: true };
  const outcomes = await send([get, get, { method: 'POST', url: server.url, bodyHex: '00' }], trusting);
  assertAnswered(outcomes[0], 200, 'ok');
  assertAnswered(outcomes[1], 200, 'ok');
  assertFailed(outcomes[2], 'CONNECTION_RESET');
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ['GET', 'GET', 'GET', 'POST'],
  );
});

testBoth('a secure answer that is cut is no answer: CONNECTION_RESET', async (send, context) => {
  const server = await startServer(
    context,
    (request, response) => {
      response
        .writeHead(200, { 'content-length': '10' })
        .write('12345', () => setTimeout(() => request.socket.destroy(), 100));
    },
    { tls: good },
  );
  const [outcome] = await send([{ url: server.url }], trusting);
  assertFailed(outcome, 'CONNECTION_RESET');
});
