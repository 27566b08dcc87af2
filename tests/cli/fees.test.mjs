// The ceiling on a transaction's fee, and what a node says of fees.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseTransaction } from 'viem';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import { activate, newOperator, startWorld, transactionCount } from '../support/world.mjs';

const world = await startWorld();
const PEAQ = 10n ** 18n;

/** Puts other answers in place of the node's to some methods: {method: change(result)}. */
const answering = (changes) => async (calls, forward, response) => {
  if (!Object.keys(changes).some((method) => hasMethod(calls, method))) return false;
  const parsed = JSON.parse((await forward()).text);
  const methodOf = new Map(calls.map(({ id, method }) => [id, method]));
  const changed = [parsed].flat().map((reply) => {
    const change = changes[methodOf.get(reply.id)];
    return change ? { ...reply, result: change(reply.result) } : reply;
  });
  response.end(JSON.stringify(Array.isArray(parsed) ? changed : changed[0]));
  return true;
};

async function through(meddle, command, words, { cwd, env }) {
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    const outcome = await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
    const sends = meddler.requests
      .flatMap(({ calls }) => calls)
      .filter((call) => hasMethod([call], 'eth_sendRawTransaction'));
    return { ...outcome, sent: sends.map(({ params }) => parseTransaction(params[0])) };
  } finally {
    await meddler.stop();
  }
}

const nothing = () => false;

testBoth('above the ceiling nothing is signed, and both figures are named', async (command, context) => {
  const operator = await newOperator(world);
  const limited = { ...operator.env, PEAQOS_MAX_FEE: '0.0000001' };
  for (const [words, env] of [
    [[...activate, '--max-fee', '0.0000001'], operator.env],
    [activate, limited],
    [[...activate, '--max-fee', '0.0000001'], { ...operator.env, PEAQOS_MAX_FEE: '5' }],
  ]) {
    const cwd = scratch(context);
    const { code, stderr, sent } = await through(nothing, command, words, { cwd, env });
    assert.equal(code, 2, stderr);
    assert.match(
      stderr,
      /Error: the fee of this transaction may come to 0\.\d+ \w+, above the ceiling of [0-9.]+ \w+\. [^\n]*--max-fee or PEAQOS_MAX_FEE raises the ceiling\n$/,
    );
    assert.deepEqual([sent, statSync(join(cwd, 'peaqos.log')).size], [[], 0]);
  }
  assert.equal(await transactionCount(world, operator.address), 0);
});

testBoth('an absurd base fee is not paid', async (command, context) => {
  const operator = await newOperator(world, { balance: 10n ** 30n });
  const dear = answering({
    eth_getBlockByNumber: (block) => ({ ...block, baseFeePerGas: `0x${(10n ** 16n).toString(16)}` }),
  });
  const { code, stderr, sent } = await through(dear, command, activate, { cwd: scratch(context), env: operator.env });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /may come to \d+(\.\d+)? \w+, above the ceiling of 1\.0000 \w+\./);
  assert.deepEqual(sent, []);
});

testBoth('an absurd tip is cut to what blocks have seen', async (command, context) => {
  const operator = await newOperator(world);
  const greedy = answering({ eth_maxPriorityFeePerGas: () => `0x${PEAQ.toString(16)}` });
  const { code, stderr, sent } = await through(greedy, command, activate, { cwd: scratch(context), env: operator.env });
  assert.equal(code, 0, stderr);
  assert.equal(sent.length, 3);
  for (const { maxPriorityFeePerGas } of sent)
    assert.ok(maxPriorityFeePerGas <= 100n * 10n ** 9n, `${maxPriorityFeePerGas} wei`);
});

testBoth(
  'a ceiling that is no amount is refused: the flag’s as input, the variable’s as configuration',
  async (command, context) => {
    const cwd = scratch(context);
    const operator = await newOperator(world, { PEAQOS_RPC_URL: 'http://127.0.0.1:1' });
    for (const value of ['abc', '-1', '', '1e400', '0.0000000000000000001', '1,5']) {
      const flag = await run(command, [...activate, `--max-fee=${value}`], { cwd, env: operator.env });
      assert.deepEqual([flag.code, flag.stdout], [1, ''], `--max-fee '${value}': ${flag.stderr}`);
      assert.match(flag.stderr, /--max-fee/);
      assert.doesNotMatch(flag.stderr, /PEAQOS_MAX_FEE/, 'the user gave a flag');
      if (value === '') continue; // an empty variable counts as none
      const variable = await run(command, activate, { cwd, env: { ...operator.env, PEAQOS_MAX_FEE: value } });
      assert.deepEqual([variable.code, variable.stdout], [3, ''], `PEAQOS_MAX_FEE '${value}': ${variable.stderr}`);
      assert.match(variable.stderr, /PEAQOS_MAX_FEE/);
    }
  },
);
