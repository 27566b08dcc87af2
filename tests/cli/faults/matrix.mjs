// Every request that a command makes meets every fault: a test for each pair.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { scratch, start } from '../../support/commands.mjs';
import { answerPrompts } from '../../support/conversation.mjs';
import { oneOf } from '../../support/depth.mjs';
import { startWorld } from '../../support/world.mjs';
import { assertDecent, assertExplained } from './assertions.mjs';
import { faultsOf } from './faults.mjs';
import { startSpoiler } from './spoiler.mjs';
import { subjects } from './subjects.mjs';
import { expectation } from './expectations.mjs';

const testnet = 9990; // a network whose chain id is known, so that another one can be told

const journalOf = (cwd) => {
  const path = join(cwd, 'peaqos.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** A pool of lanes: a case waits for one that is free. */
function pool(lanes) {
  const free = [...lanes];
  const waiting = [];
  return async (use) => {
    const lane = free.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
    try {
      return await use(lane);
    } finally {
      const next = waiting.shift();
      if (next) next(lane);
      else free.push(lane);
    }
  };
}

function perform(command, words, stage, cwd, env, starts = () => {}) {
  const { child, done } = start(command, words, {
    cwd,
    env: { ...stage.env, ...env },
    stdio: [stage.answers ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  starts(child);
  if (stage.answers) answerPrompts(child, stage.answers.prompt, Array(4).fill(stage.answers.give));
  return done;
}

/** Runs a stage's command through a spoiler: {outcome, requests}. */
async function through(world, command, words, stage, cwd, { at, fault } = {}) {
  let child;
  const kill = () => child.kill('SIGKILL');
  const spoiler = await startSpoiler(world, { at, fault, kill });
  try {
    const env = { ...spoiler.env, ...fault?.env };
    const outcome = await perform(command, words, stage, cwd, env, (started) => (child = started));
    assertDecent(outcome, [...stage.secrets, spoiler.secret], journalOf(cwd));
    return { outcome, requests: spoiler.requests };
  } finally {
    await spoiler.stop();
    await fault?.mend?.(world);
  }
}

/** A subject's lanes, the requests that it makes, and what comes of it when nothing is spoilt. */
async function discover(world, name, command, count) {
  const subject = subjects[name];
  const lanes = await Promise.all(Array.from({ length: count }, () => subject.lane(world, { after })));
  const cwd = scratch({ after });
  const stage = await subject.stage(world, lanes[0], cwd);
  const { outcome, requests } = await through(world, command, stage.words, stage, cwd);
  assert.equal(outcome.code, 0, outcome.stderr);
  return { name, subject, requests, wanted: await stage.state(), inLane: pool(lanes) };
}

/** The command meets a fault; then it is run again without, if it was not right to go on. */
async function meet(world, command, options, { subject, requests, wanted }, lane, cwd, at, fault) {
  const stage = await subject.stage(world, lane, cwd);
  const { outcome } = await through(world, command, [...options, ...stage.words], stage, cwd, { at, fault });
  const expected = expectation({ subject, request: requests[at], fault });
  if (fault.killed) assert.equal(outcome.signal, 'SIGKILL', outcome.stderr);
  else if (expected.warning) assertWarned(outcome, expected.says);
  else if (expected.code === 0) assert.equal(outcome.code, 0, outcome.stderr);
  else assertExplained(outcome, expected.code, expected.says, journalOf(cwd));
  if (fault.killed || expected.warning || expected.code !== 0) {
    const again = await perform(command, stage.again ?? stage.words, stage, cwd, {});
    assert.equal(again.code, 0, again.stderr);
    assertDecent(again, stage.secrets, journalOf(cwd));
  }
  // A transaction that was mined in vain, or another one in its place, is one more.
  const { alsoSent = 0 } = fault;
  assert.deepEqual(await stage.state(), alsoSent ? { ...wanted, sent: wanted.sent + alsoSent } : wanted);
}

/**
 * The tests of subjects, `faults` being what a request can meet: on the native command, whose sanitizers watch, or on a
 * given one; with `every` = n each n-th, so that each request and each fault has its turn. Several run at once, since
 * much is only waited for; faults of the whole chain want one lane.
 */
export async function matrix(
  names,
  { command = 'peaqos-native', options = [], every = oneOf(4), faults, lanes = 4 } = {},
) {
  const world = await startWorld({ chainId: testnet });
  const found = [];
  for (const name of names) found.push(await discover(world, name, command, lanes));
  for (const { name, requests, inLane, ...rest } of found) {
    const cases = requests.flatMap((request, at) =>
      (faults ?? faultsOf)(request)
        .map((fault, index) => ({ at, fault, index }))
        .filter(({ index }) => (at + index) % every === 0),
    );
    describe(`${name} [${command}]`, { concurrency: lanes }, () => {
      for (const { at, fault } of cases) {
        test(`${at + 1}. ${requests[at].name}: ${fault.name}`, (context) =>
          inLane((lane) => meet(world, command, options, { requests, ...rest }, lane, scratch(context), at, fault)));
      }
    });
  }
}

function assertWarned({ code, stderr }, says) {
  assert.equal(code, 0, stderr);
  assert.match(stderr, /(^|\n)Warning: (verification failed: )?[^\n]+\. [A-Z][^\n]+\n$/);
  assert.match(stderr, says);
}
