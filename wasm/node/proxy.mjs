// Requests through a forwarding proxy: absolute URLs for http, a CONNECT tunnel for https (RFC 9110, section 9.3.6).
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { basic } from './basic.mjs';
import { proxyError, tunnelProblem } from './failure.mjs';

function parse(proxy) {
  if (!URL.canParse(proxy)) throw proxyError('its name is not known');
  return new URL(proxy);
}

const authorization = (proxy) => (proxy.username ? { 'proxy-authorization': basic(proxy) } : {});

const address = (proxy) => ({ hostname: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || 80 });

// Options of node:http that send the request for `url`, whose path is written as `path`, to the proxy.
export function forwarded(url, path, proxyText) {
  const proxy = parse(proxyText);
  return { ...address(proxy), path: `http://${url.host}${path}`, headers: { host: url.host, ...authorization(proxy) } };
}

export class TunnelAgent extends https.Agent {
  #proxy;

  constructor(proxy, options) {
    super(options);
    this.#proxy = parse(proxy);
  }

  // `onTunnel` is an option of the request: it gets what to destroy when the request ends before its tunnel is open.
  createConnection(options, done) {
    const target = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    const tunnel = http.request({
      ...address(this.#proxy),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorization(this.#proxy) },
      agent: false,
    });
    options.onTunnel?.(tunnel);
    tunnel.on('connect', (answer, socket) => {
      if (Math.floor(answer.statusCode / 100) === 2) return done(null, tls.connect({ ...options, socket }));
      socket.destroy();
      done(proxyError(`it answered ${answer.statusCode}`));
    });
    tunnel.on('error', (error) => done(proxyError(tunnelProblem(error))));
    tunnel.end();
  }
}
