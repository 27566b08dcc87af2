// Asks an endpoint whether it is there, and whether a browser may read its answers.
// SPDX-License-Identifier: Apache-2.0
import { session } from '../../core/session.mjs';

const patience = 15_000; // milliseconds

const chainIdCall = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });

// `peaqos console` makes the request itself; elsewhere it is the page's, and the endpoint must allow that (CORS).
function ask(url, { method, body, mode }) {
  const headers = body ? { 'content-type': 'application/json' } : {};
  const options = { body, credentials: 'omit', signal: AbortSignal.timeout(patience) };
  // An answer that cannot be read allows no word about redirects.
  const redirect = mode === 'no-cors' ? 'follow' : 'manual';
  if (!session.served) return fetch(url, { ...options, redirect, method, mode, headers });
  const relayed = { ...headers, 'peaqos-method': method, 'peaqos-target': encodeURI(url) };
  return fetch('/relay', { ...options, method: 'POST', credentials: 'same-origin', headers: relayed });
}

// Why there was no answer that could be read.
async function explain(url, error) {
  if (error.name === 'TimeoutError')
    return { state: 'silent', words: 'No answer in 15 seconds', hint: 'Check the URL and the network' };
  if (!session.served && (await answersUnread(url)))
    return {
      state: 'cors',
      words: 'Answers, but not to this page',
      hint: `It must allow ${location.origin} (the header Access-Control-Allow-Origin). Or use peaqos console: its own server makes the requests.`,
    };
  return { state: 'silent', words: 'Not reachable', hint: 'Check the URL, the network, and whether it runs' };
}

const answersUnread = (url) =>
  ask(url, { method: 'GET', mode: 'no-cors' }).then(
    () => true,
    () => false,
  );

// The relay says a code, then words.
function relayFailure(text) {
  const words = text.replace(/^[A-Z_]+ /, '');
  return /not started for/.test(words)
    ? {
        state: 'cors',
        words: 'Not relayed',
        hint: 'peaqos console calls what its folder’s .env names: put the URL there, then start it anew',
      }
    : { state: 'silent', words: 'Not reachable', hint: words };
}

/** {state: "good" | "cors" | "silent" | "wrong", words, hint, milliseconds, chainId}. `node`: it is an EVM node. */
export async function probe(url, { node }) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return { state: 'wrong', words: 'Not a URL', hint: 'Give a URL such as https://host/path' };
  const began = performance.now();
  try {
    const answer = await ask(url, node ? { method: 'POST', body: chainIdCall } : { method: 'GET' });
    const milliseconds = performance.now() - began;
    const refused = session.served && answer.headers.get('peaqos-failure');
    if (refused) return relayFailure(refused);
    if (!node) return { state: 'good', words: 'Reachable', milliseconds };
    const chainId = Number((await answer.json()).result);
    if (Number.isSafeInteger(chainId) && chainId > 0)
      return { state: 'good', words: 'Reachable', milliseconds, chainId };
    throw new SyntaxError('no chain id');
  } catch (error) {
    if (error instanceof SyntaxError)
      return { state: 'wrong', words: 'Answers, but not as an EVM node', hint: 'Check the path of the URL' };
    return explain(url, error);
  }
}
