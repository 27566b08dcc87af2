// What contracts refuse is said in words, before anything is paid.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { encodeErrorResult, parseAbi, toFunctionSelector } from 'viem';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { contractErrors } from '../support/contract_errors.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, machineIdOf, newOperator, revenue, startWorld, story, transactionCount } from '../support/world.mjs';

const revertOf = (signature) => toFunctionSelector(signature) + '00'.repeat(96);
const errorString = (text) => encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: [text] });
const panic = (code) => encodeErrorResult({ abi: parseAbi(['error Panic(uint256)']), args: [code] });

const world = await startWorld();
const operator = await newOperator(world);
const cwd = scratch({ after });
const machineId = machineIdOf(await run('peaqos', activate, { cwd, env: operator.env }));

async function faulty(contract, data, body) {
  await world.control.setFault(contract, data);
  try {
    await body();
  } finally {
    await world.control.setFault(contract, '0x');
  }
}

function assertRefused(outcome, says) {
  assert.equal(outcome.code, 2, outcome.stderr);
  assert.equal(outcome.stdout, '');
  assert.match(outcome.stderr, /(^|\n)Error: [^\n]+\n$/);
  assert.match(outcome.stderr, says);
  assert.ok(!/0x[0-9a-f]{8}\b/.test(outcome.stderr.split('Error:')[1]), 'no bare selector');
}

for (const [signature, says] of contractErrors) {
  testBoth(`an event refused with ${signature} costs nothing and is explained`, async (command, context) => {
    const sent = await transactionCount(world, operator.address);
    await faulty('EventRegistry', revertOf(signature), async () => {
      assertRefused(await run(command, revenue(machineId), { cwd: scratch(context), env: operator.env }), says);
    });
    assert.equal(await transactionCount(world, operator.address), sent);
  });
}

for (const [what, data, says] of [
  ['a reason', errorString('quota: 3 of 3\nused'), /the contract refused: quota: 3 of 3/],
  ['a panic', panic(0x11n), /panic 0x11/],
  ['an unknown error', '0xdeadbeef', /refused/],
]) {
  testBoth(`an event refused with ${what}`, async (command, context) => {
    await faulty('EventRegistry', data, async () => {
      const outcome = await run(command, revenue(machineId), { cwd: scratch(context), env: operator.env });
      assert.equal(outcome.code, 2);
      assert.match(outcome.stderr, /^Error: [^\n]+\n$/);
      assert.match(outcome.stderr, says);
    });
  });
}

// An activation's steps: which contract refuses, what the log says, what the line says.
for (const [contract, signature, says, log] of [
  ['IdentityRegistry', 'EnforcedPause()', /Error: register reverted: the contract is paused/, ['register failed']],
  [
    'IdentityRegistry',
    'IncorrectBondAmount()',
    /Error: register reverted: the bond is not the amount/,
    ['register failed'],
  ],
  [
    'IdentityRegistry',
    'AlreadyRegistered()',
    /Error: register reverted: the machine address is already/,
    ['register failed'],
  ],
  [
    'MachineNFT',
    'NotMachineOwner()',
    /Error: mint reverted: the caller does not own/,
    ['register pending', 'register confirmed', 'mint_nft failed'],
  ],
]) {
  testBoth(`an activation refused by ${contract} with ${signature} can be continued`, async (command, context) => {
    const place = { cwd: scratch(context), env: (await newOperator(world)).env };
    await faulty(contract, revertOf(signature), async () => {
      assertRefused(await run(command, activate, place), says);
      assert.deepEqual(story(place.cwd), log);
    });
    const outcome = await run(command, activate, place);
    assert.equal(outcome.code, 0, outcome.stderr);
  });
}

testBoth('the DID precompile may answer errors as text', async (command, context) => {
  await world.control.setDidErrorsAsText(true);
  try {
    const { env } = await newOperator(world);
    const outcome = await run(command, activate, { cwd: scratch(context), env });
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.match(outcome.stderr, /Wrote 6 machine DID attributes/);
  } finally {
    await world.control.setDidErrorsAsText(false);
  }
});

testBoth(
  'a transaction that reverts although its simulation went through is said with its hash',
  async (command, context) => {
    const place = { cwd: scratch(context) };
    // The fault comes into force between the simulation and the broadcast.
    const meddler = await startMeddler(world.rpcUrl, async (calls) => {
      if (calls.some(({ method }) => method === 'eth_sendRawTransaction'))
        await world.control.setFault('EventRegistry', revertOf('EnforcedPause()'));
      return false;
    });
    try {
      const outcome = await run(command, revenue(machineId), {
        ...place,
        env: { ...operator.env, PEAQOS_RPC_URL: meddler.url },
      });
      assert.equal(outcome.code, 2);
      assert.match(
        outcome.stderr,
        /Error: event for machine \d+ refused: the contract is paused; transaction 0x[0-9a-f]{64} was mined but reverted\. Wait until [^\n]+\n$/,
      );
      assert.deepEqual(story(place.cwd), ['submit_event pending', 'submit_event failed']);
    } finally {
      await meddler.stop();
      await world.control.setFault('EventRegistry', '0x');
    }
  },
);
