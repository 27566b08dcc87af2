// Real servers on free ports of this machine, which remember what reached them and end with their test.
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

async function listen(context, server, scheme, { host = '127.0.0.1', port = 0 } = {}) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // a client that goes away is what many tests are about
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      for (const socket of sockets) socket.destroy();
    });
  context.after(stop);
  const address = `${host.includes(':') ? `[${host}]` : host}:${server.address().port}`;
  return { port: server.address().port, address, url: `${scheme}://${address}`, stop };
}

/** Request headers in lower case and alphabetical order, without those that depend on the port or the connection. */
function settled(rawHeaders) {
  const pairs = [];
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push([rawHeaders[i].toLowerCase(), rawHeaders[i + 1]]);
  return pairs.filter(([name]) => !['host', 'connection', 'proxy-connection'].includes(name)).sort();
}

/**
 * An HTTP server, or HTTPS with `tls` = {key, cert}. `answer(request, response, body, connection)` may be asynchronous;
 * connections count from 1. Gives {url, port, address, requests, connections(), stop()}.
 */
export async function startServer(context, answer = (_, response) => response.end('ok'), { tls, ...where } = {}) {
  const requests = [];
  let connections = 0;
  const server = (tls ? https : http).createServer({ ...tls, keepAliveTimeout: 60_000 }, async (request, response) => {
    response.sendDate = false;
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return; // cut off
    }
    const body = Buffer.concat(parts);
    const { method, url, rawHeaders, socket } = request;
    requests.push({ method, url, headers: settled(rawHeaders), body, connection: socket.number });
    await answer(request, response, body, socket.number);
  });
  server.on(tls ? 'secureConnection' : 'connection', (socket) => (socket.number = ++connections));
  server.on('tlsClientError', () => {});
  server.on('clientError', (_, socket) => socket.destroy());
  return {
    ...(await listen(context, server, tls ? 'https' : 'http', where)),
    requests,
    connections: () => connections,
  };
}

/** A server without any protocol: `talk(socket, connection)`. Gives {url, port, address, connections(), stop()}. */
export async function startRaw(context, talk, where) {
  let connections = 0;
  const server = net.createServer((socket) => talk(socket, ++connections));
  return { ...(await listen(context, server, 'http', where)), connections: () => connections };
}

/** A server that reads one request head, then says these bytes and ends its side, or resets when there are none. */
export const startSaying = (context, text) =>
  startRaw(context, (socket) => {
    socket.once('data', () => (text === null ? socket.resetAndDestroy() : socket.end(text)));
  });

/** A port that nothing listens on. */
export async function closedPort(context) {
  const { port, stop } = await startRaw(context, () => {});
  await stop();
  return port;
}

/**
 * A forwarding proxy: absolute URLs and CONNECT. `refuse` is a status that it answers everything with, `grant` the one
 * that opens a tunnel. Remembers each request as {method, target, authorization, connection}.
 */
export async function startProxy(context, { refuse, grant = 200, ...where } = {}) {
  const requests = [];
  let connections = 0;
  const remember = ({ method, url, headers, socket }) =>
    requests.push({ method, target: url, authorization: headers['proxy-authorization'], connection: socket.number });

  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    remember(request);
    response.sendDate = false;
    if (refuse) return response.writeHead(refuse).end('refused by the proxy');
    const headers = { ...request.headers };
    for (const name of ['proxy-authorization', 'connection', 'proxy-connection']) delete headers[name];
    const onward = http.request(request.url, { method: request.method, headers, agent: false }, (answer) => {
      delete answer.headers.connection;
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    remember(request);
    if (refuse) return socket.end(`HTTP/1.1 ${refuse} Refused\r\nContent-Length: 0\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = net.connect(Number(port), hostname.replace(/^\[|\]$/g, ''), () => {
      socket.write(`HTTP/1.1 ${grant} Connection established\r\n\r\n`);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  server.on('connection', (socket) => (socket.number = ++connections));
  return { ...(await listen(context, server, 'http', where)), requests, connections: () => connections };
}
