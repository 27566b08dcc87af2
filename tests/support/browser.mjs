// A real browser for the tests of one file, and a server of static files for it.
// SPDX-License-Identifier: Apache-2.0
import { createReadStream, existsSync } from 'node:fs';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const types = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export const browserPath = '/usr/bin/chromium';
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium. */
export const launchBrowser = () => chromium.launch({ executablePath: browserPath, args: browserArguments });

/** Starts Chromium; it ends with the file's tests. */
export async function startBrowser() {
  const browser = await launchBrowser();
  after(() => browser.close());
  return browser;
}

/** Serves folders ({'/core/': path}) and texts ({'/': html}), with a Content-Security-Policy if one is given. */
export async function serveStatic({ folders = {}, texts = {}, policy }) {
  const server = http.createServer((request, response) => {
    const asked = normalize(new URL(request.url, 'http://localhost').pathname);
    const path = asked.endsWith('/') && !(asked in texts) ? `${asked}index.html` : asked;
    const headers = (name) => ({
      'content-type': types[extname(name)] ?? 'text/html',
      ...(policy && { 'content-security-policy': policy }),
    });
    if (path in texts) return response.writeHead(200, headers(path)).end(texts[path]);
    const prefix = Object.keys(folders).find((known) => path.startsWith(known));
    const file = prefix && join(folders[prefix], path.slice(prefix.length));
    if (!file || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, headers(file));
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
