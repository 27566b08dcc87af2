// The server behind `peaqos console`: the site's files for anyone on this machine, all else for browsers that presented
// this start's token.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createFiles } from './files.mjs';
import { createGuard } from './guard.mjs';
import { openInBrowser } from './open_in_browser.mjs';
import { readBody } from './read_body.mjs';
import { createRelay } from './relay.mjs';
import { Watcher } from './watcher.mjs';
import { createWebhook } from './webhook.mjs';

const loopback = ['127.0.0.1', '::1'];

function listen(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ host, port, ipv6Only: host === '::1' }, () => resolve(server.address().port));
  });
}

const mostKnown = 64 << 20; // bytes of what a page knows of its fleet

function watch(settings, call) {
  const post = createWebhook(settings);
  const world = { call, clock: Date.now, random: Math.random, timers: globalThis };
  const watcher = new Watcher(world, (news) => void post(news));
  setInterval(() => watcher.tick(), 1000).unref();
  return watcher;
}

const failures = { EADDRINUSE: 'taken', EACCES: 'denied' };

// Both addresses, or the one that this machine has.
async function listenOnLoopback(handle, port) {
  const servers = [];
  try {
    for (const host of loopback) {
      const server = http.createServer(handle);
      try {
        port = await listen(server, host, port);
        servers.push(server);
      } catch (error) {
        const absent = host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code);
        if (!absent) throw Object.assign(error, { failure: failures[error.code] ?? 'denied' });
      }
    }
    return { servers, port };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

// Resolves to true when the user presses Enter; never where there is no terminal.
function enterPressed() {
  if (!process.stdin.isTTY) return new Promise(() => {});
  return new Promise((resolve) => process.stdin.resume().once('data', () => resolve(true)));
}

/** Serves the folder `site`; resolves to {port, admit(token), open(url), served()}. Rejects with an error whose `failure` says why. */
export async function serve({ port: wanted, settings, endpoints, webhook, webhookSecret, call }, site) {
  const files = createFiles(site, JSON.parse(readFileSync(`${site}.json`)));
  const relay = createRelay(endpoints);
  const watcher = webhook ? watch({ url: webhook, secret: webhookSecret }, call) : undefined;
  let guard;

  const posts = {
    '/session': async (request, response) => guard.admit(await readBody(request, 1024), request, response),
    '/settings': guarded((request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(settings),
    ),
    '/relay': guarded(relay),
    '/watch': guarded(async (request, response) => {
      if (!watcher) return response.writeHead(204).end(); // not an error: the page's console would show one
      watcher.heard(JSON.parse(await readBody(request, mostKnown)));
      return response.writeHead(202).end();
    }),
  };
  function guarded(action) {
    return (request, response) => (guard.knows(request) ? action(request, response) : guard.refuse(response, 401));
  }

  async function handle(request, response) {
    for (const [name, value] of Object.entries(files.headers)) response.setHeader(name, value);
    try {
      const refusal = guard.check(request);
      if (refusal) return guard.refuse(response, refusal);
      if (request.method === 'POST' && request.url in posts) return await posts[request.url](request, response);
      return files.answer(request, response);
    } catch {
      if (response.headersSent) return response.destroy();
      return guard.refuse(response, 400);
    }
  }

  const { servers, port } = await listenOnLoopback(handle, wanted);
  guard = createGuard({ port });
  const ended = Promise.all(servers.map((server) => new Promise((resolve) => server.once('close', resolve))));
  return {
    port,
    admit: (token) => guard.expect(token),
    open: openInBrowser,
    served: () => Promise.race([ended.then(() => false), enterPressed()]),
  };
}
