// The service worker: what the console is made of stays in a cache, so that it opens without a network. Calls to
// endpoints are none of its business.
// SPDX-License-Identifier: Apache-2.0
/* global FILES, VERSION */

const prefix = 'peaqos-console-';
const name = prefix + VERSION;
const scope = self.registration.scope;
const own = new Set(FILES.map((file) => new URL(file, scope).href));

async function keep() {
  const cache = await caches.open(name);
  // A file named by its hash may be taken from an older cache.
  await Promise.all(
    [...own].map(async (url) => {
      const known = url.includes('/assets/') && (await caches.match(url));
      return known ? cache.put(url, known) : cache.add(url);
    }),
  );
  await self.skipWaiting();
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((other) => other.startsWith(prefix) && other !== name).map((old) => caches.delete(old)),
  );
  await self.clients.claim();
}

// The page itself is asked for first: it says which files belong to it.
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
  } catch {
    // No network: the kept one will do.
  }
  return (await caches.match(scope)) ?? Response.error();
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  if (request.mode === 'navigate' && url.href.split('#')[0] === scope) event.respondWith(page(request));
  else if (own.has(url.href)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
