// A real HTTP server between a command and the node: it counts requests and can spoil what passes.
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';

// What belongs to a connection is not passed on.
const OWN = ['host', 'connection', 'content-length', 'transfer-encoding'];
const passedOn = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name)));

/**
 * Starts it before `target`. `meddle(calls, forward, response)` sees each request as its list of JSON-RPC calls and may
 * answer by itself (return true) or change what forward() brings. Gives {url, requests, methods(), stop()}.
 */
export async function startMeddler(target, meddle = () => false) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const parsed = body ? JSON.parse(body) : [];
    const calls = Array.isArray(parsed) ? parsed : [parsed];
    requests.push({ url: request.url, method: request.method, headers: request.headers, body, calls });
    const forward = async () => {
      const answer = await fetch(target + request.url, {
        method: request.method,
        headers: passedOn(request.headers),
        body: body || undefined,
      });
      return { status: answer.status, text: await answer.text() };
    };
    try {
      if (await meddle(calls, forward, response)) return;
      const { status, text } = await forward();
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    methods: () => requests.flatMap(({ calls }) => calls.map(({ method }) => method)),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

export const hasMethod = (calls, method) => calls.some((call) => call.method === method);

/** Requests but those that only look for a receipt. */
export const withoutPolls = (requests) =>
  requests.filter(
    ({ calls }) => !(calls.length > 0 && calls.every(({ method }) => method === 'eth_getTransactionReceipt')),
  );
