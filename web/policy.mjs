// The console's Content-Security-Policy: in the page itself, and in the headers of `peaqos console`.
// SPDX-License-Identifier: Apache-2.0

const base = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lit-html peaqos',
};

/** On a static host the page calls the configured endpoints itself; which they are is known only later. */
export const staticPolicy = {
  ...base,
  'connect-src': "'self' https: http://localhost:* http://127.0.0.1:*",
};

/** Served by `peaqos console`, every call goes through its relay. frame-ancestors works in a header only. */
export const servedPolicy = { ...base, 'connect-src': "'self'", 'frame-ancestors': "'none'" };

export const policy = (directives) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
