// Nodes that are slow, busy, broken, of another chain, or not there.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, newOperator, revenue, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();

async function meet(command, context, words, meddle, changes = {}) {
  const operator = await newOperator(world, changes);
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    const cwd = scratch(context);
    const outcome = await run(command, words, { cwd, env: { ...operator.env, PEAQOS_RPC_URL: meddler.url } });
    return {
      ...outcome,
      requests: meddler.requests,
      sent: await transactionCount(world, operator.address),
      files: readdirSync(cwd),
    };
  } finally {
    await meddler.stop();
  }
}

function assertFailed(outcome, code, says) {
  assert.equal(outcome.code, code, outcome.stderr);
  assert.equal(outcome.stdout, '');
  assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
  assert.match(outcome.stderr, says);
  assert.equal(outcome.sent, 0);
}

const answer =
  (status, body, type = 'application/json') =>
  async (calls, forward, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
    return true;
  };

for (const [what, meddle, says] of [
  ['answers with HTML', answer(200, '<html>hello</html>', 'text/html'), /is not JSON|unexpected/],
  ['answers with nothing', answer(200, ''), /is not JSON/],
  ['answers 404', answer(404, 'not found', 'text/plain'), /404/],
  ['answers 401', answer(401, '{"message":"no key"}'), /401/],
  ['answers without result', answer(200, '{"jsonrpc":"2.0","id":1}'), /result/],
  ['answers a text for a number', answer(200, '{"jsonrpc":"2.0","id":1,"result":"soon"}'), /chain id/],
  ['answers a huge chain id', answer(200, `{"jsonrpc":"2.0","id":1,"result":"0x${'f'.repeat(64)}"}`), /chain id/],
  [
    'answers an error',
    answer(200, '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"out of service"}}'),
    /out of service/,
  ],
  ['answers deep JSON', answer(200, '['.repeat(100_000)), /JSON/],
  [
    'redirects',
    async (calls, forward, response) => Boolean(response.writeHead(307, { location: world.rpcUrl }).end()) || true,
    /307/,
  ],
]) {
  testBoth(`a node that ${what}`, async (command, context) => {
    assertFailed(await meet(command, context, ['whoami'], meddle), 2, says);
    assertFailed(await meet(command, context, revenue(1), meddle), 2, /./);
  });
}

testBoth('a node that is not there', async (command, context) => {
  const { env } = await newOperator(world);
  for (const words of [['whoami'], activate, revenue(1)]) {
    const cwd = scratch(context);
    const outcome = await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: 'http://127.0.0.1:9/' } });
    assertFailed({ ...outcome, sent: 0 }, 2, /could not connect to http:\/\/127\.0\.0\.1:9\/?: connection refused/);
    assert.deepEqual(readdirSync(cwd), [], 'no log of what never began');
  }
});

testBoth('a node that never answers', async (command, context) => {
  const silent = () => new Promise(() => {});
  assertFailed(
    await meet(command, context, ['whoami'], silent, { PEAQOS_TIMEOUT: '1' }),
    2,
    /did not answer within 1 s/,
  );
});

testBoth('a node that is busy for a while is asked again', async (command, context) => {
  let turnedAway = 0;
  const busy = async (calls, forward, response) => {
    if (turnedAway === 3) return false;
    turnedAway += 1;
    response.writeHead([429, 503, 500][turnedAway - 1]).end();
    return true;
  };
  const outcome = await meet(command, context, ['whoami'], busy);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(outcome.requests.length, 4);
});

testBoth('a node that stays busy is given up', async (command, context) => {
  const busy = answer(503, 'busy', 'text/plain');
  const outcome = await meet(command, context, ['whoami'], busy, { PEAQOS_TIMEOUT: '2' });
  assertFailed(outcome, 2, /HTTP status 503: busy\. Run the command again in a moment/);
  assert.ok(outcome.requests.length > 2, 'it was asked again for as long as a request may take');
});

for (const [what, refusal] of [
  [
    'an error object',
    answer(200, '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batches are not supported"}}'),
  ],
  ['status 400', answer(400, 'no arrays', 'text/plain')],
]) {
  testBoth(`a node that refuses arrays with ${what} gets single requests`, async (command, context) => {
    let refused = 0;
    const meddle = async (calls, forward, response) => {
      if (calls.length === 1) return false;
      refused += 1;
      return refusal(calls, forward, response);
    };
    const outcome = await meet(command, context, activate, meddle);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(refused, 1, 'arrays are tried once');
    assert.equal(outcome.sent, 3);
  });
}

testBoth('batch answers may come in another order', async (command, context) => {
  const shuffled = async (calls, forward, response) => {
    const { text } = await forward();
    const parsed = JSON.parse(text);
    response.end(JSON.stringify(Array.isArray(parsed) ? parsed.reverse() : parsed));
    return true;
  };
  const outcome = await meet(command, context, activate, shuffled);
  assert.equal(outcome.code, 0, outcome.stderr);
});

testBoth('what a batch leaves unanswered is asked again', async (command, context) => {
  const short = async (calls, forward, response) => {
    const parsed = JSON.parse((await forward()).text);
    response.end(JSON.stringify(Array.isArray(parsed) ? parsed.slice(1) : parsed));
    return true;
  };
  const outcome = await meet(command, context, activate, short);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(outcome.sent, 3);
});

for (const [network, chain] of [
  ['mainnet', 3338],
  ['testnet', 9990],
]) {
  testBoth(`a node of another chain than ${network} gets no transaction`, async (command, context) => {
    for (const words of [activate, revenue(1)]) {
      const outcome = await meet(command, context, words, undefined, { PEAQOS_NETWORK: network });
      assertFailed(
        outcome,
        3,
        new RegExp(`chain 31338, but PEAQOS_NETWORK ${network} is chain ${chain}; nothing was sent`),
      );
    }
  });
}

testBoth('an address without contract gets no transaction', async (command, context) => {
  for (const [variable, words] of [
    ['IDENTITY_REGISTRY_ADDRESS', activate],
    ['MACHINE_NFT_ADDRESS', activate],
    ['EVENT_REGISTRY_ADDRESS', revenue(1)],
  ]) {
    const outcome = await meet(command, context, words, undefined, {
      [variable]: '0x00000000000000000000000000000000000000aa',
    });
    assertFailed(outcome, 3, new RegExp(`${variable} 0x0+aa has no contract on chain 31338`, 'i'));
  }
});
