// A real HTTP server in front of all services of a world. It tells one request from the next, and spoils one of them.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import http from 'node:http';

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const callsOf = (body) => [parsed(body) ?? []].flat();

/** What a request is, whatever its attempt: a repetition differs in the ids of its calls only. */
const signature = (path, body) => path + body.replace(/"id":\d+/g, '');

/** A request in words: "chain eth_chainId and 13 more", "station /faucet/fund". */
function nameOf(service, path, calls) {
  if (service !== 'chain') return `${service} ${path.replace(/did:peaq:\w+/, 'DID')}`;
  return `chain ${calls[0].method}${calls.length > 1 ? ` and ${calls.length - 1} more` : ''}`;
}

/**
 * Starts it. `fault` meets the request at position `at` in every attempt: fault.spoil(exchange) answers, or, with
 * fault.gone, the server is gone before the request comes. An exchange is {world, calls, forward(), answer(status, text),
 * response, kill()}. Gives {env, requests, secret, stop()}: env are the variables that lead here, with a secret in each
 * URL; requests are {service, name, calls, text}, text being what was answered.
 */
export async function startSpoiler(world, { at = -1, fault, kill } = {}) {
  const targets = { chain: world.rpcUrl, mcr: world.urls.mcr, station: world.urls.gasStation };
  const requests = [];
  let last;

  const meet = (service, path, body) => {
    const seen = signature(service + path, body);
    if (seen !== last) {
      const calls = callsOf(body);
      requests.push({ service, name: nameOf(service, path, calls), calls });
    }
    last = seen;
    return requests.at(-1);
  };

  const server = http.createServer(async (request, response) => {
    const [, service, , ...rest] = request.url.split('/');
    const path = rest.length ? `/${rest.join('/')}` : '';
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const met = meet(service, path, body);
    const forward = async () => {
      const reply = await fetch(targets[service] + path, {
        method: request.method,
        headers: { 'content-type': 'application/json' },
        body: body || undefined,
      });
      return { status: reply.status, text: await reply.text() };
    };
    const answer = (status, text) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    try {
      if (fault?.spoil && requests.length - 1 === at)
        return await fault.spoil({ world, calls: callsOf(body), forward, answer, response, kill });
      const { status, text } = await forward();
      met.text = text;
      // A receipt that is not there yet is asked for again: the same request goes on.
      if (fault?.gone && requests.length === at && !/"result":null/.test(text)) {
        server.close();
        response.setHeader('connection', 'close');
      }
      return answer(status, text);
    } catch {
      return response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const secret = randomBytes(16).toString('hex');
  const url = (service) => `http://127.0.0.1:${server.address().port}/${service}/${secret}`;
  const env = {
    PEAQOS_RPC_URL: url('chain'),
    PEAQOS_MCR_API_URL: url('mcr'),
    PEAQOS_GAS_STATION_URL: url('station'),
  };
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  if (fault?.gone && at === 0) await stop();
  return { env, requests, secret, stop };
}
