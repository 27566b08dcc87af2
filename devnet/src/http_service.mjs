// A small HTTP service on the loopback: routes in, JSON out.
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import { toJson } from './json.mjs';

export class HttpError extends Error {
  constructor(status, detail, body = { detail }) {
    super(detail);
    this.status = status;
    this.body = body;
  }
}

// An answer that is not JSON.
export class Text {
  constructor(text, type) {
    this.text = text;
    this.type = type;
  }
}

// An answer whose status is not 200.
export class Reply {
  constructor(status, value) {
    this.status = status;
    this.value = value;
  }
}

// In place of an answer: the connection closes without one.
export const NO_ANSWER = Symbol('no answer');

// A client may send any text as its target.
function targetOf(text) {
  try {
    const url = new URL(`http://localhost${text}`);
    return { path: decodeURIComponent(url.pathname), query: url.searchParams };
  } catch {
    throw new HttpError(400, 'the request target is malformed');
  }
}

// Starts a server. `handle({method, path, query, headers, body})` returns the JSON to answer with, a Text, a Reply or
// NO_ANSWER, or throws HttpError. Pages of any origin may use it. Returns {url, stop()}.
export async function startHttpService(port, handle) {
  const server = http.createServer(async (request, response) => {
    const answer = (status, value) => {
      if (value instanceof Reply) return answer(value.status, value.value);
      if (value === NO_ANSWER) return response.destroy();
      const text = value instanceof Text ? value : new Text(value && toJson(value), 'application/json');
      response.writeHead(status, {
        'content-type': text.type,
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': '*',
      });
      response.end(text.text ?? '');
    };
    if (request.method === 'OPTIONS') return answer(204);
    try {
      const target = targetOf(request.url);
      const parts = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts).toString();
      const { method, headers } = request;
      answer(200, await handle({ method, ...target, headers, body }));
    } catch (error) {
      if (!(error instanceof HttpError) && server.listening) process.stderr.write(`devnet: ${error.stack}\n`);
      answer(error.status ?? 500, error instanceof HttpError ? error.body : { detail: 'internal error' });
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
