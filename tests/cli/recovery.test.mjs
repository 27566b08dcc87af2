// An activation that was raced, killed or left without an answer loses nothing and pays nothing twice.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseAbi } from 'viem';
import { run, scratch, start, testBoth } from '../support/commands.mjs';
import { hasMethod, startMeddler } from '../support/meddler.mjs';
import { sendAs } from '../support/send_as.mjs';
import {
  activate,
  journal,
  machineIdOf,
  newOperator,
  revenue,
  startWorld,
  story,
  transactionCount,
} from '../support/world.mjs';

const world = await startWorld();
const abi = parseAbi([
  'function register() payable',
  'function mint(uint256,address)',
  'function addAttribute(address,bytes,bytes,uint32)',
]);

const bond = 10n ** 18n;
const registerAs = (address) => sendAs(world, address, 'IdentityRegistry', abi, 'register', [], bond);
const selectorOf = { register: '0x1aa3a008', mint: '0x94bf804d' };

/** Does something once, before the first request of the command that simulates a call with this selector. */
function justBefore(selector, action) {
  let done = false;
  return async (calls) => {
    const simulates = calls.some(
      ({ method, params }) => method === 'eth_estimateGas' && params[0].data.startsWith(selector),
    );
    if (simulates && !done) {
      done = true;
      await action();
    }
    return false;
  };
}

async function through(meddle, command, words, { cwd, env }) {
  const meddler = await startMeddler(world.rpcUrl, meddle);
  try {
    return await run(command, words, { cwd, env: { ...env, PEAQOS_RPC_URL: meddler.url } });
  } finally {
    await meddler.stop();
  }
}

testBoth('another run registers the machine at the same time', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const race = justBefore(selectorOf.register, () => registerAs(operator.address));
  const outcome = await through(race, command, activate, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(
    outcome.stderr,
    /Already registered \(machine_id=\d+\)\. Another run registered it meanwhile; skipping\./,
  );
  assert.equal(journal(place.cwd)[0].recovered_from, 'AlreadyRegistered');
  assert.equal(await transactionCount(world, operator.address), 3, 'the other registration, our mint, our DID');
});

testBoth('another run mints the NFT at the same time', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const race = justBefore(selectorOf.mint, async () => {
    const id = journal(place.cwd).find(({ status }) => status === 'confirmed').machine_id;
    await sendAs(world, operator.address, 'MachineNFT', abi, 'mint', [BigInt(id), operator.address]);
  });
  const outcome = await through(race, command, activate, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stderr, /Another run minted it meanwhile/);
  assert.equal(journal(place.cwd).find(({ step }) => step === 'mint_nft').recovered_from, 'AlreadyMinted');
});

testBoth(
  'another run writes one DID attribute at the same time: only the others are written',
  async (command, context) => {
    const operator = await newOperator(world);
    const place = { cwd: scratch(context), env: operator.env };
    const hex = (text) => `0x${Buffer.from(text).toString('hex')}`;
    let done = false;
    const race = async (calls) => {
      const simulatesBatch = calls.some(
        ({ method, params }) =>
          method === 'eth_estimateGas' && params[0].to.toLowerCase() === world.addresses.Batch.toLowerCase(),
      );
      if (simulatesBatch && !done) {
        done = true;
        await sendAs(world, operator.address, 'Did', abi, 'addAttribute', [
          operator.address,
          hex('documentation_url'),
          hex('https://example.com/docs'),
          0xffffffff,
        ]);
      }
      return false;
    };
    const outcome = await through(race, command, activate, place);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.match(outcome.stderr, /Wrote 5 machine DID attributes/);
  },
);

testBoth(
  'killed right after each broadcast: the next run finds the transaction and goes on',
  async (command, context) => {
    const operator = await newOperator(world);
    const place = { cwd: scratch(context), env: operator.env };
    for (let kill = 1; kill <= 3; ++kill) {
      let child;
      const meddler = await startMeddler(world.rpcUrl, async (calls, forward) => {
        if (!hasMethod(calls, 'eth_sendRawTransaction')) return false;
        await forward();
        while ((await transactionCount(world, operator.address)) < kill) await setTimeout(20); // the node mines at its leisure
        child.kill('SIGKILL');
        return true;
      });
      const started = start(command, activate, { cwd: place.cwd, env: { ...place.env, PEAQOS_RPC_URL: meddler.url } });
      child = started.child;
      assert.equal((await started.done).signal, 'SIGKILL');
      await meddler.stop();
      assert.equal(await transactionCount(world, operator.address), kill);
    }
    const outcome = await run(command, activate, place);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.match(outcome.stderr, /An earlier run left a transaction under way \(machine_did, 0x/);
    assert.equal(await transactionCount(world, operator.address), 3);
    assert.equal(story(place.cwd).filter((row) => row.endsWith('pending')).length, 3);
  },
);

testBoth('a broadcast that nobody received is repeated with the same bytes', async (command, context) => {
  const operator = await newOperator(world, { PEAQOS_RECEIPT_TIMEOUT: '3' });
  const place = { cwd: scratch(context), env: operator.env };
  const swallowed = [];
  const outcome = await through(
    async (calls, forward, response) => {
      if (!hasMethod(calls, 'eth_sendRawTransaction')) return false;
      swallowed.push(calls[0].params[0]);
      response.destroy();
      return true;
    },
    command,
    activate,
    place,
  );
  assert.equal(outcome.code, 2);
  assert.match(outcome.stderr, /transaction 0x[0-9a-f]{64} may have been sent; [^\n]+\. Run the same command again/);
  assert.equal(new Set(swallowed).size, 1, 'one transaction, whatever was repeated');
  assert.equal(await transactionCount(world, operator.address), 0);

  const resent = [];
  const again = await through(
    async (calls) => {
      if (hasMethod(calls, 'eth_sendRawTransaction')) resent.push(calls[0].params[0]);
      return false;
    },
    command,
    activate,
    place,
  );
  assert.equal(again.code, 0, again.stderr);
  assert.equal(resent[0], swallowed[0]);
  assert.equal(await transactionCount(world, operator.address), 3);
});

testBoth('a lost answer to a broadcast does not send another transaction', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  let lost = 0;
  const outcome = await through(
    async (calls, forward, response) => {
      if (!hasMethod(calls, 'eth_sendRawTransaction') || lost > 0) return false;
      lost += 1;
      await forward();
      response.destroy();
      return true;
    },
    command,
    activate,
    place,
  );
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(await transactionCount(world, operator.address), 3);
});

testBoth('a receipt that does not come in time is awaited by the next run', async (command, context) => {
  const operator = await newOperator(world, { PEAQOS_RECEIPT_TIMEOUT: '1' });
  const place = { cwd: scratch(context), env: operator.env };
  const noReceipt = async (calls, forward, response) => {
    if (!hasMethod(calls, 'eth_getTransactionReceipt')) return false;
    response.end(JSON.stringify({ jsonrpc: '2.0', id: calls[0].id, result: null }));
    return true;
  };
  const late = await through(noReceipt, command, activate, place);
  assert.equal(late.code, 2);
  assert.match(
    late.stderr,
    /transaction 0x[0-9a-f]{64} was submitted but is not yet mined\. Run the same command again later/,
  );
  assert.deepEqual(story(place.cwd), ['register pending']);

  const again = await run(command, activate, place);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await transactionCount(world, operator.address), 3);
});

testBoth('a pending transaction whose nonce another one took is given up', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  await through(
    async (calls, forward, response) => hasMethod(calls, 'eth_sendRawTransaction') && Boolean(response.destroy()),
    command,
    activate,
    place,
  );
  await registerAs(operator.address);
  const outcome = await run(command, activate, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  const replaced = journal(place.cwd).find(({ status }) => status === 'failed');
  assert.deepEqual([replaced.step, replaced.reason], ['register', 'replaced']);
  assert.equal(await transactionCount(world, operator.address), 3);
});

testBoth(
  'the same event under way is looked up, not sent again; once it is done, a new one is sent',
  async (command, context) => {
    const operator = await newOperator(world, { PEAQOS_RECEIPT_TIMEOUT: '1' });
    const place = { cwd: scratch(context), env: operator.env };
    const words = revenue(machineIdOf(await run(command, activate, place)));
    const late = await through(
      async (calls, forward, response) => {
        if (!hasMethod(calls, 'eth_getTransactionReceipt')) return false;
        response.end(JSON.stringify({ jsonrpc: '2.0', id: calls[0].id, result: null }));
        return true;
      },
      command,
      words,
      place,
    );
    assert.equal(late.code, 2);
    const again = await run(command, words, place);
    assert.equal(again.code, 0, again.stderr);
    assert.equal(await transactionCount(world, operator.address), 4);
    await run(command, words, place);
    assert.equal(await transactionCount(world, operator.address), 5);
  },
);

testBoth('a log with torn and foreign lines is no obstacle, and none of it is lost', async (command, context) => {
  const operator = await newOperator(world);
  const place = { cwd: scratch(context), env: operator.env };
  const before = 'not JSON\n{"step": "register", "status": "pen\n[1]\n';
  writeFileSync(join(place.cwd, 'peaqos.log'), before, { mode: 0o644 });
  const outcome = await run(command, activate, place);
  assert.equal(outcome.code, 0, outcome.stderr);
  appendFileSync(join(place.cwd, 'peaqos.log'), '{"torn');
  const again = await run(command, activate, place);
  assert.equal(again.code, 0);
  assert.match(again.stderr, /Warning: the last line of peaqos\.log was cut short/);
  const text = readFileSync(join(place.cwd, 'peaqos.log'), 'utf8');
  assert.ok(text.startsWith(before));
  assert.ok(!text.includes('"torn'), 'a line that was cut short is removed');
  for (const line of text.slice(before.length).trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line));
});
