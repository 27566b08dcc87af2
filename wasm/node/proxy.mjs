// Requests through a forwarding proxy: absolute URLs for http, a CONNECT tunnel for https (RFC 9110, section 9.3.6).
// SPDX-License-Identifier: Apache-2.0
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

function authorization(proxy) {
  if (!proxy.username) return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

const address = (proxy) => ({ host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || 80 });

// Options of node:http that send the request for `url` to the proxy.
export function forwarded(url, proxy, agent) {
  return { ...address(proxy), agent, path: url.href, headers: { host: url.host, ...authorization(proxy) } };
}

export class TunnelAgent extends https.Agent {
  #proxy;

  constructor(proxy, options) {
    super(options);
    this.#proxy = new URL(proxy);
  }

  createConnection(options, done) {
    const target = `${options.host}:${options.port}`;
    const tunnel = http.request({
      ...address(this.#proxy),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorization(this.#proxy) },
      agent: false,
    });
    const failed = (message) => done(Object.assign(new Error(message), { code: 'PROXY' }));
    tunnel.on('connect', (answer, socket) => {
      if (answer.statusCode === 200) return done(null, tls.connect({ ...options, socket }));
      socket.destroy();
      failed(`it answered ${answer.statusCode}`);
    });
    tunnel.on('response', (answer) => failed(`it answered ${answer.statusCode}`));
    tunnel.on('error', (error) => failed(error.code ?? error.message));
    tunnel.end();
  }
}
