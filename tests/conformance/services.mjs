// What stands between a command and its world: it keeps what was asked, and can answer in the world's place.
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';

// Headers that say who asks.
const credentialNames = ['authorization', 'cookie', 'x-api-key', 'x-agent-pairing-token'];

/**
 * Starts a server on a free port: {url, seen, stop()}. `handle(request)` gets {method, path, credentials, body, forward()} and
 * gives {status, body, type} to answer with, null to break the connection, or nothing to pass the request on to `target`.
 */
export async function startService(handle, target) {
  const seen = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const given = credentialNames.filter((name) => name in request.headers);
    const credentials = Object.fromEntries(given.map((name) => [name, request.headers[name]]));
    const forward = async () => {
      const answer = await fetch(target + request.url, {
        method: request.method,
        headers: { 'content-type': 'application/json', ...credentials },
        body: body || undefined,
      });
      return { status: answer.status, body: await answer.text() };
    };
    const asked = { method: request.method, path: request.url, credentials, body, forward };
    seen.push(asked);
    try {
      const made = await handle?.(asked);
      const answer = made === undefined ? await forward() : made;
      if (answer === null) return response.destroy();
      const headers = { 'content-type': answer.type ?? 'application/json', ...answer.headers };
      asked.answer = textOf(answer.body);
      return response.writeHead(answer.status ?? 200, headers).end(asked.answer);
    } catch {
      return response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const textOf = (body) => (typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));

export const callsOf = ({ body }) => [JSON.parse(body)].flat();

// ---- Faults of a node: each makes a handler for one run.

const asks = (asked, method, matches = () => true) =>
  callsOf(asked).some((call) => call.method === method && matches(call));

/** The first `times` requests with `method` (whose call `matches`) are answered by `answer`, the others pass. */
export const spoil =
  (method, answer, { matches, times = Infinity, skip = 0 } = {}) =>
  () => {
    let met = 0;
    return async (asked, world) => {
      if (!asks(asked, method, matches && ((call) => matches(call, world)))) return undefined;
      met += 1;
      if (met <= skip || met > skip + times) return undefined;
      return typeof answer === 'function' ? answer(asked, world) : answer;
    };
  };

/** An answer to each call of a request. */
export const rpcAnswer = (member) => (asked) => {
  const answers = callsOf(asked).map(({ id }) => ({ jsonrpc: '2.0', id, ...member }));
  return { body: asked.body.trimStart().startsWith('[') ? answers : answers[0] };
};

/** Like spoil(), but only the matching call's own answer is changed; others of its batch keep theirs. */
export const respond =
  (method, member, { matches = () => true, times = Infinity } = {}) =>
  () => {
    let met = 0;
    return async (asked, world) => {
      if (!asks(asked, method, (call) => matches(call, world)) || met >= times) return undefined;
      met += 1;
      const { status, body } = await asked.forward();
      const answers = [JSON.parse(body)].flat();
      const calls = callsOf(asked);
      const changed = answers.map((answer) => {
        const call = calls.find(({ id }) => id === answer.id);
        const hit = call?.method === method && matches(call, world);
        return hit ? { jsonrpc: '2.0', id: answer.id, ...member } : answer;
      });
      return { status, body: asked.body.trimStart().startsWith('[') ? changed : changed[0] };
    };
  };

// ---- Faults of the Orchestration API.

/** The first `times` requests for an endpoint, 'POST /market/orders/:id/execute' or so, are answered by `answer`. */
export const at = (endpoint, answer, { times = Infinity } = {}) => {
  const [method, path] = endpoint.split(' ');
  const pattern = new RegExp(`^/api/v1${path.replaceAll(/:\w+/g, '[^/?]+')}(\\?|$)`);
  return () => {
    let met = 0;
    return (asked, world) => {
      if (asked.method !== method || !pattern.test(asked.path) || ++met > times) return undefined;
      return typeof answer === 'function' ? answer(asked, world) : answer;
    };
  };
};

/** A refusal, as that API writes it. */
export const refusal = (code, message = 'the server says so', { details, status = 400 } = {}) => ({
  status,
  body: { error: { code, message, details } },
});
