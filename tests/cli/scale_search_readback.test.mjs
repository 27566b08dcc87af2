// A search is read back with the platform key if there is one; a read-back that fails does not fail the search.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { run, testBoth } from '../support/commands.mjs';
import { marketEnv, newBuyer } from '../support/market.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { startWorld } from '../support/world.mjs';

const world = await startWorld();

const words = (buyer, ...more) => [
  ...['scale', 'search', '--machine-id', buyer.machine.id, '--service-type', 'charging'],
  ...['--pairing-token-file', 'agent.token', ...more],
];

/** Runs a search through an API whose read-back `answers` meddles with; gives what was asked for, too. */
async function search(command, buyer, env, answers = () => false) {
  const requests = [];
  const api = await startMeddler(world.urls.orchestration, async (calls, forward, response) => {
    const { method, url, headers } = api.requests.at(-1);
    requests.push({ method, url, headers });
    return method === 'GET' && answers(response);
  });
  try {
    const withApi = { ...env, PEAQOS_ORCHESTRATION_URL: api.url };
    return { ...(await run(command, words(buyer, '--json'), { cwd: buyer.cwd, env: withApi })), requests };
  } finally {
    await api.stop();
  }
}

testBoth('who reads a search back', async (command, context) => {
  const buyer = await newBuyer(world, context);
  const { PEAQOS_ORCH_API_KEY } = marketEnv(world);
  const withKey = await search(command, buyer, { PEAQOS_ORCH_API_KEY });
  assert.equal(withKey.code, 0, withKey.stderr);
  const [made, read] = withKey.requests;
  assert.deepEqual([made.method, read.method], ['POST', 'GET']);
  assert.equal(read.headers['x-api-key'], PEAQOS_ORCH_API_KEY);
  assert.equal(read.headers['x-agent-pairing-token'], undefined);

  const withoutKey = await search(command, buyer, {});
  assert.equal(withoutKey.code, 0, withoutKey.stderr);
  const last = withoutKey.requests.at(-1);
  assert.equal(last.method, 'GET');
  assert.equal(last.headers['x-api-key'], undefined);
  assert.equal(last.headers['x-agent-pairing-token'], buyer.pairing.token);
});

const failures = {
  404: (response) =>
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"code":"NOT_FOUND"}}'),
  500: (response) => response.writeHead(500).end('oops'),
  reset: (response) => response.destroy(),
  'not JSON': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  'other JSON': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"item":[1]}'),
};

for (const [what, answer] of Object.entries(failures)) {
  testBoth(`a read-back that fails (${what}): the first answer is shown, with a notice`, async (command, context) => {
    const buyer = await newBuyer(world, context);
    const outcome = await search(command, buyer, marketEnv(world), (response) => Boolean(answer(response)) || true);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.match(outcome.stderr, /Warning: the search could not be read back \([^\n]+\); its first answer is shown\n/);
    const shown = JSON.parse(outcome.stdout);
    assert.ok(shown.id ?? shown.searchId, outcome.stdout);
  });
}
