// Forwarding proxies: which requests go through them, how, and what happens when they fail.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { makeCertificates } from './certificates.mjs';
import { assertAnswered, assertFailed, PROMPT, testBoth } from './probe.mjs';
import { closedPort, startProxy, startRaw, startSaying, startServer } from './server.mjs';

const { authority, good } = await makeCertificates();
const trusting = { SSL_CERT_FILE: authority };
const get = (url) => ({ url, replayable: true });
const post = (url) => ({ method: 'POST', url, bodyHex: '7b7d' });
const targets = (proxy) => proxy.requests.map(({ method, target }) => `${method} ${target}`);

testBoth('http_proxy gets the requests with their whole URL', async (send, context) => {
  const server = await startServer(context);
  const proxy = await startProxy(context);
  const outcomes = await send(
    [get(`${server.url}/x?q=1#fragment`), post(server.url), { ...get(server.url), headers: [['x-api-key', 'k']] }],
    { http_proxy: proxy.url },
  );
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.deepEqual(targets(proxy), [`GET ${server.url}/x?q=1`, `POST ${server.url}/`, `GET ${server.url}/`]);
  assert.equal(server.requests[1].body.toString(), '{}');
  return server.requests.map(({ url, headers }) => ({ url, headers }));
});

testBoth('HTTP_PROXY in capitals is ignored, since CGI sets it from a header', async (send, context) => {
  const server = await startServer(context);
  const proxy = await startProxy(context);
  const [outcome] = await send([get(server.url)], {
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    https_proxy: proxy.url,
  });
  assertAnswered(outcome, 200, 'ok');
  assert.equal(proxy.connections(), 0);
});

for (const name of ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']) {
  testBoth(`${name} gives tunnels to https servers`, async (send, context) => {
    const server = await startServer(context, undefined, { tls: good });
    const proxy = await startProxy(context);
    const outcomes = await send([get(`${server.url}/x`), post(server.url), get(server.url)], {
      ...trusting,
      [name]: proxy.url,
    });
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
    assert.deepEqual(targets(proxy), Array(2).fill(`CONNECT ${server.address}`));
    assert.deepEqual(
      server.requests.map(({ connection }) => connection),
      [1, 2, 1],
      'a tunnel is kept as any connection',
    );
  });
}

testBoth('all_proxy serves http as well, and may lack its scheme', async (send, context) => {
  const server = await startServer(context);
  const proxy = await startProxy(context);
  for (const value of [proxy.url, proxy.address]) {
    const [outcome] = await send([get(`${server.url}/x`)], { ALL_PROXY: value });
    assertAnswered(outcome, 200, 'ok');
  }
  assert.deepEqual(targets(proxy), Array(2).fill(`GET ${server.url}/x`));
});

// [NO_PROXY, host of the URL, reached directly]
const exceptions = [
  ['127.0.0.1', '127.0.0.1', true],
  ['other.example,127.0.0.1', '127.0.0.1', true],
  ['127.0.0.0/8', '127.0.0.1', true],
  ['10.0.0.0/8', '127.0.0.1', false],
  ['127.0.0.1:<port>', '127.0.0.1', true],
  ['127.0.0.1:1', '127.0.0.1', false],
  ['localhost', 'localhost', true],
  ['.localhost', 'localhost', true],
  ['host', 'localhost', false],
  ['other.example', 'localhost', false],
  ['*', 'localhost', true],
  ['', 'localhost', false],
];

for (const [list, host, direct] of exceptions) {
  testBoth(
    `NO_PROXY='${list}': ${host} is reached ${direct ? 'directly' : 'through the proxy'}`,
    async (send, context) => {
      const server = await startServer(context);
      const proxy = await startProxy(context);
      const no = list.replace('<port>', server.port);
      const [outcome] = await send([get(`http://${host}:${server.port}/`)], { http_proxy: proxy.url, NO_PROXY: no });
      assertAnswered(outcome, 200, 'ok');
      assert.equal(proxy.connections(), direct ? 0 : 1);
    },
  );
}

testBoth('a name behind a suffix of NO_PROXY is not even asked of the proxy', async (send, context) => {
  const proxy = await startProxy(context);
  const [outcome] = await send([get('http://api.nobody.invalid/')], {
    http_proxy: proxy.url,
    NO_PROXY: 'nobody.invalid',
  });
  assertFailed(outcome, 'NAME_NOT_RESOLVED');
  assert.equal(proxy.connections(), 0);
});

testBoth('names are resolved by the proxy', async (send, context) => {
  const proxy = await startProxy(context, { refuse: 502 });
  const env = { http_proxy: proxy.url, https_proxy: proxy.url };
  const [plain, tunnelled] = await send([get('http://nobody.invalid/'), get('https://nobody.invalid/')], env);
  assertAnswered(plain, 502);
  assert.equal(
    assertFailed(tunnelled, 'PROXY_FAILED'),
    'the proxy on the way to https://nobody.invalid/ failed: it answered 502',
  );
  assert.deepEqual(targets(proxy), ['GET http://nobody.invalid/', 'CONNECT nobody.invalid:443']);
});

for (const refuse of [400, 403, 407, 500, 502]) {
  testBoth(`a proxy that answers ${refuse}: an answer to http, PROXY_FAILED for https`, async (send, context) => {
    const server = await startServer(context, undefined, { tls: good });
    const proxy = await startProxy(context, { refuse });
    const env = { ...trusting, http_proxy: proxy.url, https_proxy: proxy.url };
    const [plain, ...tunnelled] = await send([get('http://127.0.0.1:9/'), get(server.url), post(server.url)], env);
    assertAnswered(plain, refuse, 'refused by the proxy');
    for (const outcome of tunnelled) {
      assert.equal(
        assertFailed(outcome, 'PROXY_FAILED'),
        `the proxy on the way to ${server.url} failed: it answered ${refuse}`,
      );
    }
    assert.equal(server.connections(), 0);
  });
}

testBoth('a proxy that is not there: PROXY_FAILED', async (send, context) => {
  const server = await startServer(context, undefined, { tls: good });
  const port = await closedPort(context);
  const absent = { [`127.0.0.1:${port}`]: 'connection refused', 'proxy.invalid:3128': 'its name is not known' };
  for (const [address, words] of Object.entries(absent)) {
    const env = { ...trusting, ALL_PROXY: `http://${address}` };
    const outcomes = await send([get('http://127.0.0.1:9/x'), get(server.url), post(server.url)], env);
    for (const outcome of outcomes)
      assert.ok(assertFailed(outcome, 'PROXY_FAILED').endsWith(` failed: ${words}`), outcome.message);
  }
  assert.equal(server.connections(), 0);
});

for (const text of ['', 'HTTP/1.1 200 OK\r\nX-Cut', 'HTTP/1.1 502 Bad', 'SSH-2.0-OpenSSH_9.2p1\r\n\r\n']) {
  testBoth(`a proxy that says ${JSON.stringify(text)} and closes: PROXY_FAILED`, async (send, context) => {
    const proxy = await startSaying(context, text);
    const url = 'https://nobody.invalid/';
    const outcomes = await send([get(url), post(url)], { https_proxy: proxy.url });
    for (const outcome of outcomes) {
      assert.equal(assertFailed(outcome, 'PROXY_FAILED'), `the proxy on the way to ${url} failed: it gave no answer`);
    }
  });
}

testBoth('any status of success opens a tunnel (RFC 9110, section 9.3.6)', async (send, context) => {
  const server = await startServer(context, undefined, { tls: good });
  const proxy = await startProxy(context, { grant: 201 });
  const [outcome] = await send([get(server.url)], { ...trusting, https_proxy: proxy.url });
  assertAnswered(outcome, 200, 'ok');
});

testBoth('a proxy without port is asked at port 80', async (send, context) => {
  const server = await startServer(context);
  // Any address in 127.0.0.0/8 is this machine, so that a test beside this one has another.
  const host = ['127', ...Array.from({ length: 3 }, () => 1 + Math.floor(Math.random() * 250))].join('.');
  let proxy;
  try {
    proxy = await startProxy(context, { host, port: 80 });
  } catch (error) {
    return context.skip(`port 80 is not ours: ${error.code}`);
  }
  for (const text of [`http://${host}`, host, `http://${host}:80/`]) {
    const [outcome] = await send([get(server.url)], { http_proxy: text });
    assertAnswered(outcome, 200, 'ok');
  }
  assert.equal(proxy.requests.length, 3);
});

testBoth('a proxy whose address is none: PROXY_FAILED', async (send) => {
  for (const proxy of ['http://256.256.256.256:1', 'http://[:::]:1']) {
    const outcomes = await send([get('http://127.0.0.1:9/'), get('https://127.0.0.1:9/')], { ALL_PROXY: proxy });
    for (const outcome of outcomes) assert.match(assertFailed(outcome, 'PROXY_FAILED'), /: its name is not known$/);
  }
});

testBoth('a proxy that resets: PROXY_FAILED for https, CONNECTION_RESET for http', async (send, context) => {
  const proxy = await startSaying(context, null);
  const outcomes = await send([get('https://nobody.invalid/'), get('http://nobody.invalid/')], {
    ALL_PROXY: proxy.url,
  });
  assertFailed(outcomes[0], 'PROXY_FAILED');
  assertFailed(outcomes[1], 'CONNECTION_RESET');
});

testBoth('a silent proxy does not outlive the deadline: TIMEOUT', async (send, context) => {
  const silent = await startRaw(context, (socket) => socket.resume());
  const started = Date.now();
  const outcomes = await send(
    [
      { url: 'https://nobody.invalid/', timeoutMs: 400 },
      { url: 'http://nobody.invalid/', timeoutMs: 400, replayable: true },
      { together: [{ url: 'https://nobody.invalid/', replayable: true }], cancelAfterMs: 300 },
    ],
    { ALL_PROXY: silent.url },
  );
  assertFailed(outcomes[0], 'TIMEOUT');
  assertFailed(outcomes[1], 'TIMEOUT');
  assertFailed(outcomes[2], 'CANCELLED');
  assert.ok(outcomes.ended - started < 10_000, 'nothing waits for the proxy any longer');
});

testBoth('credentials go to the proxy, and nowhere else', async (send, context) => {
  const plain = await startServer(context);
  const secure = await startServer(context, undefined, { tls: good });
  const proxy = await startProxy(context);
  const steps = [get(plain.url), get(secure.url)];
  for (const [text, decoded] of [
    ['user:s%C3%A9%40same', 'user:sé@same'],
    ['user', 'user:'],
    ['user:100%', 'user:100%'],
  ]) {
    const outcomes = await send(steps, { ...trusting, ALL_PROXY: `http://${text}@${proxy.address}` });
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
    const basic = `Basic ${Buffer.from(decoded).toString('base64')}`;
    assert.deepEqual(
      proxy.requests.splice(0).map(({ authorization }) => authorization),
      [basic, basic],
    );
  }
  for (const { headers } of [...plain.requests, ...secure.requests])
    assert.ok(!headers.some(([name]) => name.includes('authorization')));
});

testBoth('credentials of a proxy are never shown', async (send, context) => {
  const port = await closedPort(context);
  const refusing = await startProxy(context, { refuse: 407 });
  const steps = [get('https://nobody.invalid/'), get('http://nobody.invalid/')];
  for (const proxy of [`127.0.0.1:${port}`, 'proxy.invalid:3128', refusing.address, '[bad']) {
    const outcomes = await send(steps, { ALL_PROXY: `http://carol:sesame@${proxy}` });
    for (const { code, message = '' } of outcomes) assert.doesNotMatch(`${code} ${message}`, /carol|sesame/);
  }
});

testBoth('a proxy that cannot be used is a bad setting', async (send, context) => {
  const server = await startServer(context);
  for (const value of ['socks5://127.0.0.1:1080', 'https://127.0.0.1:1', 'http://', 'http://127.0.0.1:99999']) {
    const [outcome] = await send([get(server.url)], { http_proxy: value });
    assertFailed(outcome, 'BAD_PROXY');
  }
  assert.equal(server.connections(), 0);
});

testBoth('credentials for the server pass a proxy as a header', async (send, context) => {
  const server = await startServer(context);
  const proxy = await startProxy(context);
  const [outcome] = await send([get(`http://user:sesame@${server.address}/x`)], { http_proxy: proxy.url });
  assertAnswered(outcome, 200, 'ok');
  assert.deepEqual(targets(proxy), [`GET ${server.url}/x`]);
  assert.deepEqual(server.requests[0].headers, [
    ['accept-encoding', 'identity'],
    ['authorization', `Basic ${Buffer.from('user:sesame').toString('base64')}`],
  ]);
});

testBoth(
  'connections to a proxy are kept for replayable requests, and do not keep the process',
  async (send, context) => {
    let answered;
    const answer = (_, response) => response.end('ok', () => (answered = Date.now()));
    const plain = await startServer(context, answer);
    const secure = await startServer(context, answer, { tls: good });
    const proxy = await startProxy(context);
    const steps = [
      get(plain.url),
      get(plain.url),
      post(plain.url),
      get(plain.url),
      get(secure.url),
      post(secure.url),
      get(secure.url),
    ];
    const outcomes = await send(steps, { ...trusting, ALL_PROXY: proxy.url });
    for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
    const plainOnes = proxy.requests.filter(({ method }) => method !== 'CONNECT').map(({ connection }) => connection);
    assert.deepEqual(plainOnes, [1, 1, 2, 1]);
    assert.equal(targets(proxy).filter((target) => target.startsWith('CONNECT')).length, 2);
    assert.ok(outcomes.ended - answered < PROMPT);
  },
);

testBoth('replay rules hold behind a proxy', async (send, context) => {
  const secure = await startServer(
    context,
    (request, response) => {
      if (secure.requests.length === 2 || request.method === 'POST') return request.socket.destroy();
      response.end('ok');
    },
    { tls: good },
  );
  const proxy = await startProxy(context);
  const outcomes = await send([get(secure.url), get(secure.url), post(secure.url)], {
    ...trusting,
    https_proxy: proxy.url,
  });
  assertAnswered(outcomes[0], 200, 'ok');
  assertAnswered(outcomes[1], 200, 'ok');
  assertFailed(outcomes[2], 'CONNECTION_RESET');
  assert.deepEqual(
    secure.requests.map(({ method }) => method),
    ['GET', 'GET', 'GET', 'POST'],
  );
});

testBoth('a tunnel leads to IPv6, and a proxy may listen there', async (send, context) => {
  let server, proxy;
  try {
    server = await startServer(context, undefined, { tls: good, host: '::1' });
    proxy = await startProxy(context, { host: '::1' });
  } catch (error) {
    if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) throw error;
    return context.skip('this machine has no ::1');
  }
  const plain = await startServer(context, undefined, { host: '::1' });
  const outcomes = await send([get(server.url), get(plain.url)], { ...trusting, ALL_PROXY: proxy.url });
  for (const outcome of outcomes) assertAnswered(outcome, 200, 'ok');
  assert.deepEqual(targets(proxy), [`CONNECT ${server.address}`, `GET ${plain.url}/`]);
});
