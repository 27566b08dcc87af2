// The page as `peaqos console` serves it: the start token of the address is exchanged for a cookie, and the settings of
// the folder in which the command was started become the first settings of the vault.
// SPDX-License-Identifier: Apache-2.0

const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/**
 * Takes the token out of the address, whether or not it is still good; a room's address may follow it and stays:
 * `#token=.../fleet?operator=did:peaq:0x...`. Resolves to "known", "refused" (this run of the
 * console does not know the page) or "unreachable" (nobody answers).
 */
export async function enter() {
  const [, token, room] = /^#token=([\w-]+)(\/.*)?$/.exec(location.hash) ?? [];
  if (room) location.replace(`#${room}`);
  else if (token) history.replaceState(null, '', location.pathname);
  const answer = await post('/session', { token: token ?? '' }).catch(() => undefined);
  return !answer ? 'unreachable' : answer.ok ? 'known' : 'refused';
}

/** Tells `peaqos console` that a page is there, and what it watches; whether it wants to know (a webhook is configured). */
export async function handOver(known) {
  const answer = await post('/watch', known).catch(() => undefined);
  return answer?.status !== 204;
}

/** Lines of `.env` with the endpoints that the console relays to. */
export async function servedSettings() {
  const answer = await post('/settings', {}).catch(() => undefined);
  return answer?.ok ? answer.text() : undefined;
}
