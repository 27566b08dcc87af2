// A private key goes nowhere: canaries are planted, and everything that leaves a command is searched.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, testBoth } from '../support/commands.mjs';
import { startMeddler } from '../support/meddler.mjs';
import { activate, newOperator, revenue, startWorld } from '../support/world.mjs';

const world = await startWorld();

/** The spellings in which a key could slip out. */
function spellings(key) {
  const bytes = Buffer.from(key.slice(2), 'hex');
  return [
    key.slice(2),
    key.slice(2).toUpperCase(),
    bytes.toString('base64'),
    bytes.toString('latin1'),
    BigInt(key).toString(),
    [...bytes].join(','),
  ];
}

function assertClean(key, places) {
  for (const [place, text] of Object.entries(places)) {
    // Parts as well: a message that shows "0x1234...abcd" of a key gives half of it away.
    for (const spelling of spellings(key)) {
      assert.ok(!text.includes(spelling), `the key is in ${place}`);
      assert.ok(!text.includes(spelling.slice(0, 12)), `the key's beginning is in ${place}`);
      assert.ok(!text.includes(spelling.slice(-12)), `the key's end is in ${place}`);
    }
  }
}

const files = (cwd) =>
  Object.fromEntries(
    readdirSync(cwd)
      .filter((name) => name !== '.env')
      .map((name) => [name, readFileSync(join(cwd, name), 'latin1')]),
  );

testBoth('no key in outputs, logs, files or requests of a whole life, with -v', async (command, context) => {
  const operator = await newOperator(world);
  const cwd = scratch(context);
  writeFileSync(join(cwd, '.env'), `PEAQOS_PRIVATE_KEY=${operator.key}\n`, { mode: 0o600 });
  const meddler = await startMeddler(world.rpcUrl);
  const { PEAQOS_PRIVATE_KEY: _, ...env } = operator.env;
  try {
    for (const words of [
      ['whoami'],
      activate,
      activate,
      revenue(1),
      revenue(10 ** 6),
      ['qualify', 'mcr', operator.did],
      ['show', 'machine', operator.did],
      ['nope'],
    ]) {
      const { stdout, stderr } = await run(command, ['-v', ...words], {
        cwd,
        env: { ...env, PEAQOS_RPC_URL: meddler.url },
      });
      assertClean(operator.key, { [`stdout of ${words[0]}`]: stdout, [`stderr of ${words[0]}`]: stderr });
    }
    assertClean(operator.key, { ...files(cwd), requests: JSON.stringify(meddler.requests) });
  } finally {
    await meddler.stop();
  }
});

const canary = () => `0x${randomBytes(32).toString('hex')}`;

testBoth('no key in any refusal', async (command, context) => {
  const good = canary();
  for (const key of [
    good,
    good.slice(2),
    `${good}00`,
    good.slice(0, -1),
    ` ${good}`,
    `${good}\n`,
    `"${good}`,
    good.toUpperCase(),
    `${good.slice(0, -1)}g`,
  ]) {
    for (const variables of [
      { PEAQOS_PRIVATE_KEY: key },
      { PEAQOS_PRIVATE_KEY: key, PEAQOS_RPC_URL: 'http://127.0.0.1:9' },
    ]) {
      const cwd = scratch(context);
      const { stdout, stderr } = await run(command, ['-v', 'whoami'], { cwd, env: variables });
      assertClean(good, { stdout, stderr, ...files(cwd) });
      writeFileSync(
        join(cwd, '.env'),
        Object.entries(variables)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
      const fromFile = await run(command, ['-v', 'whoami'], { cwd });
      assertClean(good, { stdout: fromFile.stdout, stderr: fromFile.stderr });
    }
  }
});

testBoth('credentials in URLs are not shown', async (command, context) => {
  const token = randomBytes(16).toString('hex');
  const { env } = await newOperator(world);
  const { host } = new URL(world.rpcUrl);
  for (const url of [
    `http://user:${token}@${host}/`,
    `http://${host}/v2/${token}`,
    `http://${host}/?apikey=${token}`,
    `http://127.0.0.1:9/${token}`,
  ]) {
    const { stdout, stderr } = await run(command, ['-v', 'whoami'], {
      cwd: scratch(context),
      env: { ...env, PEAQOS_RPC_URL: url },
    });
    assertClean(`0x${token}`, { stdout, stderr });
  }
});

testBoth('the Machine Market key is never shown', async (command, context) => {
  const apiKey = randomBytes(16).toString('hex');
  const { env } = await newOperator(world);
  const { code, stdout, stderr } = await run(command, ['-v', '--orch-api-key', apiKey, 'whoami'], {
    cwd: scratch(context),
    env,
  });
  assert.equal(code, 0, stderr);
  assertClean(`0x${apiKey}`, { stdout, stderr });
});
