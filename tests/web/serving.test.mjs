// `peaqos console`: who may ask it, what it relays, and how it ends.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { run, scratch, start } from '../support/commands.mjs';
import { startServed } from '../support/console.mjs';

// An endpoint that tells what it was asked.
async function startEndpoint() {
  const asked = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(418, { 'x-answer': 'tea', 'set-cookie': 'a=b' }).end(`asked ${request.url}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

// A plain request, with just these headers.
function request(port, { path = '/', method = 'GET', headers = {}, body = '', host = `localhost:${port}` }) {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port, path, method, headers: { host, ...headers } },
      async (answer) => {
        let text = '';
        for await (const part of answer) text += part;
        resolve({ status: answer.statusCode, headers: answer.headers, text });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const endpoint = await startEndpoint();
const settings = `PEAQOS_RPC_URL=${endpoint.url}/rpc/key\nPEAQOS_MCR_API_URL=${endpoint.url}/mcr\nPEAQOS_PRIVATE_KEY=0x${'11'.repeat(32)}\n`;
const served = await startServed({ settings });
const { port, token } = served;
const own = { origin: `http://localhost:${port}` };
const session = (body, headers = own) =>
  request(port, { path: '/session', method: 'POST', headers, body: JSON.stringify(body) });

// The token lets one browser in: its answer is kept.
const admitted = await session({ token });
const cookie = () => admitted.headers['set-cookie'][0].split(';')[0];

const relay = async (target, { method = 'GET', headers = {}, body } = {}) =>
  request(port, {
    path: '/relay',
    method: 'POST',
    headers: { ...own, cookie: cookie(), 'peaqos-method': method, 'peaqos-target': target, ...headers },
    body,
  });

test('the address is one line on stdout, and the files come with a strict policy', async () => {
  assert.match(served.address, /^http:\/\/localhost:\d+\/#token=[0-9a-f]{64}$/);
  const { status, headers, text } = await request(port, {});
  assert.equal(status, 200);
  assert.match(text, /<html data-served /);
  const policy = headers['content-security-policy'];
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  for (const directive of [
    "default-src 'none'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.includes(directive), directive);
  const script = /src="([^"]*)"/.exec(text)[1];
  assert.equal((await request(port, { path: `/${script}` })).headers['content-security-policy'], policy);
});

test('only files of the site are served', async () => {
  for (const path of ['/../peaqos.cjs', '/%2e%2e/peaqos.cjs', '/..%2fpeaqos.cjs', '/assets', '/nope', '//etc/passwd'])
    assert.equal((await request(port, { path })).status, 404, path);
  assert.equal((await request(port, { method: 'PUT', headers: own })).status, 405);
});

test('a foreign Host or Origin is refused, whatever else is right', async () => {
  const known = cookie();
  for (const host of ['example.com', `example.com:${port}`, `127.0.0.1:${port}`, `localhost:${port + 1}`, 'localhost'])
    assert.equal((await request(port, { host, headers: { cookie: known } })).status, 421, host);
  for (const origin of ['http://example.com', 'null', `http://localhost:${port + 1}`, `https://localhost:${port}`]) {
    assert.equal((await session({ token }, { origin })).status, 403, origin);
    assert.equal((await request(port, { headers: { origin } })).status, 403, origin);
  }
  assert.equal((await session({ token }, {})).status, 403); // no Origin: no page of ours
});

test('the token is exchanged, once, for an HttpOnly cookie, without which nothing is told', async () => {
  assert.equal(admitted.status, 204);
  assert.equal((await session({ token })).status, 401, 'the token is used up');
  assert.equal((await session({ token: '' }, { ...own, cookie: cookie() })).status, 204, 'who was let in stays in');
  assert.match(
    admitted.headers['set-cookie'][0],
    new RegExp(`^peaqos-console-${port}=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict$`),
  );
  for (const wrong of ['', 'a', `${token}0`, token.replace(/^./, 'x'), 7, null])
    assert.equal((await session({ token: wrong })).status, 401, String(wrong));
  assert.equal((await request(port, { path: '/session', method: 'POST', headers: own, body: 'no JSON' })).status, 400);
  for (const path of ['/settings', '/relay']) {
    assert.equal((await request(port, { path, method: 'POST', headers: own })).status, 401);
    const headers = { ...own, cookie: `peaqos-console-${port}=${'0'.repeat(64)}` };
    assert.equal((await request(port, { path, method: 'POST', headers })).status, 401);
    assert.equal((await request(port, { path, headers: { cookie: cookie() } })).status, 404);
  }
});

test('the page learns endpoints, never a key', async () => {
  const headers = { ...own, cookie: cookie() };
  const { text } = await request(port, { path: '/settings', method: 'POST', headers });
  assert.equal(text, `PEAQOS_RPC_URL=${endpoint.url}/rpc/key\nPEAQOS_MCR_API_URL=${endpoint.url}/mcr\n`);
});

test('the relay passes a call on to a configured endpoint, and its answer back', async () => {
  const before = endpoint.asked.length;
  const answer = await relay(`${endpoint.url}/mcr/machine?did=did%3Apeaq%3A0x1`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x', 'accept-language': 'en' },
    body: '{"a": 1}',
  });
  assert.equal(answer.status, 418);
  assert.equal(answer.headers['x-answer'], 'tea');
  assert.equal(answer.headers['set-cookie'], undefined);
  assert.equal(answer.text, 'asked /mcr/machine?did=did%3Apeaq%3A0x1');
  const [{ method, headers, body }] = endpoint.asked.slice(before);
  assert.deepEqual([method, body], ['PUT', '{"a": 1}']);
  assert.equal(headers.authorization, 'Bearer x');
  assert.equal(headers['content-type'], 'application/json');
  for (const name of ['cookie', 'origin', 'accept-language', 'peaqos-target'])
    assert.equal(headers[name], undefined, name);
});

test('the relay goes nowhere else', async () => {
  const before = endpoint.asked.length;
  for (const target of [
    `${endpoint.url}/`,
    `${endpoint.url}/rpc`,
    `${endpoint.url}/rpc/keys`,
    `${endpoint.url}/mcr/../admin`,
    `${endpoint.url}/mcr/%2e%2e/admin`,
    `${endpoint.url.replace('http://', 'http://x@')}.example.com/mcr`,
    'http://localhost:1/mcr',
    'file:///etc/passwd',
    'no URL',
    '',
  ]) {
    const { headers, text } = await relay(target);
    assert.equal(headers['peaqos-failure'], 'TRANSPORT_FAILED peaqos console was not started for this URL', target);
    assert.equal(text, '');
  }
  assert.equal(endpoint.asked.length, before);
});

test('the relay reaches the nodes of payment chains, through the proxies of the environment', async (context) => {
  const asked = [];
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('from the proxy');
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.method} ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  context.after(() => proxy.close());
  const url = `http://127.0.0.1:${proxy.address().port}`;
  const behind = await startServed({
    settings: 'PEAQOS_RPC_URL=http://node.example.com/rpc\nPEAQOS_MCR_API_URL=http://127.0.0.1:1/mcr\n',
    env: { HTTPS_PROXY: url, http_proxy: url, NO_PROXY: '127.0.0.1' },
  });
  const origin = { origin: `http://localhost:${behind.port}` };
  const post = (path, more) => request(behind.port, { path, method: 'POST', ...more });
  const admitted = await post('/session', { headers: origin, body: JSON.stringify({ token: behind.token }) });
  const known = { ...origin, cookie: admitted.headers['set-cookie'][0].split(';')[0] };
  const ask = (target) => post('/relay', { headers: { ...known, 'peaqos-target': target } });

  for (const node of [
    'mainnet.base.org',
    'peaq.api.onfinality.io/public',
    'eth.llamarpc.com',
    'arb1.arbitrum.io/rpc',
  ]) {
    const { headers } = await ask(`https://${node}`);
    assert.equal(headers['peaqos-failure'], 'PROXY_FAILED it answered 502', node);
    assert.equal(asked.pop(), `CONNECT ${node.split('/')[0]}:443`);
  }
  assert.equal((await ask('http://node.example.com/rpc')).text, 'from the proxy');
  assert.equal(asked.pop(), 'GET http://node.example.com/rpc');
  assert.match((await ask('http://127.0.0.1:1/mcr/x')).headers['peaqos-failure'], /^CONNECTION_REFUSED/);
  assert.deepEqual(asked, []);
});

test('it listens on loopback alone', async (context) => {
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  if (outside.length === 0) return context.diagnostic('this machine has no other address');
  for (const { address } of outside) {
    const socket = net.connect({ port, host: address });
    const [error] = await once(socket, 'error');
    assert.equal(error.code, 'ECONNREFUSED', address);
  }
});

test('a busy port is an error that names --port', async (context) => {
  const cwd = scratch(context);
  const { code, stdout, stderr } = await run('peaqos', ['console', '--no-open', '--port', String(port)], { cwd });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, new RegExp(`^Error: port ${port} is in use\\. [^\\n]*--port[^\\n]*\\n$`));
});

test('bad ports are refused, and so are bad settings', async (context) => {
  const cwd = scratch(context);
  for (const bad of ['65536', '-1', '1.5', 'x', '']) {
    const { code, stderr } = await run('peaqos', ['console', '--no-open', `--port=${bad}`], { cwd });
    assert.equal(code, 1, bad);
    assert.match(stderr, /--port/);
  }
  writeFileSync(join(cwd, '.env'), 'PEAQOS_RPC_URL=ftp://example.com\n');
  const { code, stderr } = await run('peaqos', ['console', '--no-open', '--port', '0'], { cwd });
  assert.equal(code, 3);
  assert.match(stderr, /PEAQOS_RPC_URL/);
});

test('peaqos-native says that the Node command serves it', async (context) => {
  const { code, stderr } = await run('peaqos-native', ['console'], { cwd: scratch(context) });
  assert.equal(code, 1);
  assert.match(stderr, /^Error: [^\n]*npx peaqos console\n$/);
});

test('Ctrl-C ends it', async (context) => {
  const { child, done } = start('peaqos', ['console', '--no-open', '--port', '0'], { cwd: scratch(context) });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { code, stderr } = await done;
  assert.equal(code, 130);
  assert.equal(stderr, '');
});

test('the browser is given a page of the user alone, and its command line has no token', async (context) => {
  const cwd = scratch(context);
  const opener = join(cwd, 'xdg-open');
  writeFileSync(
    opener,
    '#!/bin/sh\n{ echo "$@"; stat -c %a "$1"; cat "$1"; } > opened.part && mv opened.part opened\n',
    {
      mode: 0o755,
    },
  );
  const env = { PATH: `${cwd}:${process.env.PATH}`, TMPDIR: cwd };
  const { child, done } = start('peaqos', ['console', '--port', '0'], { cwd, env });
  let printed = '';
  child.stdout.on('data', (part) => (printed += part));
  while (!/#token=\w+/.test(printed) || !existsSync(join(cwd, 'opened'))) await setTimeout(20);
  const [words, mode, ...page] = readFileSync(join(cwd, 'opened'), 'utf8').split('\n');
  const url = /http:\S+#token=\w+/.exec(printed)[0];
  assert.match(words, /\/open\.html$/);
  assert.equal(mode, '600');
  assert.ok(page.join('\n').includes(`url=${url}"`));
  child.kill('SIGINT');
  await done;
  assert.deepEqual(
    readdirSync(cwd).filter((name) => name.startsWith('peaqos-console-')),
    [],
  );
});
