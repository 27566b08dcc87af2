// Calls of the page, made in its place: to the configured endpoints and nowhere else. The transport is the command's
// own, so what goes wrong is told in its words.
// SPDX-License-Identifier: Apache-2.0
import { readCertificates } from '../../../wasm/node/host.mjs';
import { createXMLHttpRequest } from '../../../wasm/node/xhr.mjs';
import { readBody } from './read_body.mjs';

const largestBody = 64 * 1024 * 1024;

// Of the browser's connection with us, or none of the endpoint's business.
const ours =
  /^(host|origin|referer|cookie|connection|content-length|transfer-encoding|te|upgrade|keep-alive|user-agent|accept-(encoding|language)|sec-.*|peaqos-.*)$/;
const theirs =
  /^(connection|content-length|transfer-encoding|keep-alive|set-cookie|content-security-policy.*|cross-origin-.*|clear-site-data|service-worker-allowed|peaqos-.*)$/;

// The endpoint that a URL lies at or below, if there is one.
function endpointOf(target, endpoints) {
  if (!URL.canParse(target)) return undefined;
  const { origin, pathname } = new URL(target);
  return endpoints.find(({ url }) => {
    const base = new URL(url);
    const path = base.pathname.replace(/\/+$/, '');
    return origin === base.origin && (pathname === path || pathname.startsWith(`${path}/`));
  });
}

// A header's value is Latin-1.
const printable = (text) => text.replace(/[^\x20-\x7e]/g, '?');

function pass(xhr, response) {
  if (xhr.status === 0) return response.writeHead(200, { 'peaqos-failure': printable(xhr.statusText) }).end();
  for (const line of xhr.getAllResponseHeaders().split('\r\n').filter(Boolean)) {
    if (line.startsWith(':repeated')) response.setHeader('peaqos-repeated', '1');
    const [name, ...value] = line.split(': ');
    if (!line.startsWith(':') && !theirs.test(name)) response.appendHeader(name, value.join(': '));
  }
  // Were it opened as a page, it could do nothing.
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  return response.writeHead(xhr.status).end(Buffer.from(xhr.response));
}

/** `endpoints` are {url, proxy}: what may be called, and the proxy that leads there or null. */
export function createRelay(endpoints) {
  const XMLHttpRequest = createXMLHttpRequest({ readCertificates });
  return async function relay(request, response) {
    const { headers } = request;
    const target = decodeURI(headers['peaqos-target'] ?? '');
    const body = await readBody(request, largestBody);
    const endpoint = endpointOf(target, endpoints);
    if (!endpoint) {
      const words = 'TRANSPORT_FAILED peaqos console was not started for this URL';
      return response.writeHead(200, { 'peaqos-failure': words }).end();
    }
    const xhr = new XMLHttpRequest();
    xhr.open(headers['peaqos-method'] ?? 'GET', target);
    for (const [name, value] of Object.entries(headers)) if (!ours.test(name)) xhr.setRequestHeader(name, value);
    xhr.setRequestHeader(':replayable', headers['peaqos-replayable'] ?? '');
    if (endpoint.proxy) xhr.setRequestHeader(':proxy', endpoint.proxy);
    response.on('close', () => response.writableFinished || xhr.abort()); // the page gave up
    return new Promise((resolve) => {
      xhr.onload = xhr.onerror = () => resolve(pass(xhr, response));
      xhr.send(body.length > 0 ? body : undefined);
    });
  };
}
