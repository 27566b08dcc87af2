// The site's files, read once, with the headers that every answer has.
// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { policy, servedPolicy } from '../../../web/policy.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const headers = {
  'content-security-policy': policy(servedPolicy),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const pathsIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length)
        .replaceAll('\\', '/'),
    );

/** The site in `folder`; `elsewhere`, {path: file}, are files of it that lie beside it, relative to the folder. */
export function createFiles(folder, elsewhere = {}) {
  const known = new Set([...pathsIn(folder), ...Object.keys(elsewhere)]);
  const read = (path) => {
    const bytes = readFileSync(join(folder, elsewhere[path] ?? path));
    // The page asks the relay because of this word.
    return path === '/index.html' ? Buffer.from(bytes.toString().replace('<html ', '<html data-served ')) : bytes;
  };
  return {
    headers,
    answer({ method, url }, response) {
      const path = url === '/' ? '/index.html' : url.split('?')[0];
      if (!['GET', 'HEAD'].includes(method)) return response.writeHead(405, { allow: 'GET, HEAD' }).end();
      if (!known.has(path)) return response.writeHead(404).end();
      const kept = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, { 'content-type': types[extname(path)], 'cache-control': kept });
      return response.end(method === 'HEAD' ? undefined : read(path));
    },
  };
}
