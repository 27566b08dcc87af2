// The commands that meet faults: what each needs, and how its end is recognised.
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch } from '../../support/commands.mjs';
import { activate, machineIdOf, newOperator, revenue, transactionCount, urls } from '../../support/world.mjs';
import { attribute, attributeWrites, eventsOf, machineState } from './chain_state.mjs';

// A lane is what one case after the other may use; a stage is what one case needs: {words, again (the words of a rerun,
// the same if left out), cwd, env, answers, secrets, state()}. Equal states mean that the same has come of it.

const settings = (operator) => ({ ...operator.env, PEAQOS_NETWORK: 'testnet' });
const nothing = async () => null;

async function newLane(world, context) {
  const operator = await newOperator(world);
  const lane = { operator, env: settings(operator), home: scratch(context) };
  lane.run = async (words) => {
    const outcome = await run('peaqos-native', words, { cwd: lane.home, env: lane.env });
    assert.equal(outcome.code, 0, outcome.stderr);
    return outcome;
  };
  return lane;
}

/** Only reads: nothing comes of it but its output. */
const reading = (wordsOf, prepare = async () => {}) => ({
  lane: async (world, context) => {
    const lane = await newLane(world, context);
    await prepare(lane, world);
    return lane;
  },
  stage: async (world, { operator, env }) => ({
    words: wordsOf(operator),
    env,
    secrets: [operator.key.slice(2)],
    state: nothing,
  }),
});

const activated = async (lane) => {
  lane.machineId = machineIdOf(await lane.run(activate));
};

async function sentBy(world, address, since = 0) {
  return (await transactionCount(world, address)) - since;
}

const activateSelf = {
  lane: async () => ({}),
  stage: async (world) => {
    const operator = await newOperator(world);
    return {
      words: activate,
      env: settings(operator),
      secrets: [operator.key.slice(2)],
      state: async () => ({
        machine: await machineState(world, operator.address),
        sent: await sentBy(world, operator.address),
      }),
    };
  },
};

const activateFunded = {
  lane: async () => ({}),
  stage: async (world) => {
    const operator = await newOperator(world, { balance: 0n });
    const code = () => world.control.totp(operator.address);
    const paid = ({ code: word, body }) => word === 'SUCCESS' && body.targetWalletAddress === operator.address;
    return {
      words: activate,
      env: settings(operator),
      secrets: [operator.key.slice(2)],
      answers: { prompt: 'authenticator app: ', give: code },
      state: async () => ({
        machine: await machineState(world, operator.address),
        sent: await sentBy(world, operator.address),
        fundings: world.control.gasStation.requests.filter(paid).length,
      }),
    };
  },
};

const activateProxy = {
  lane: async (world, context) => {
    const lane = await newLane(world, context);
    await activated(lane);
    // The first machine adds the operator's list, later ones change it: each stage shall do the same.
    const first = await newOperator(world);
    writeFileSync(join(lane.home, 'first.key'), first.key);
    await lane.run(['activate', '--for', first.address, '--machine-key', 'first.key', ...urls]);
    return lane;
  },
  stage: async (world, { operator, env }, cwd) => {
    const machine = await newOperator(world, { balance: 10n ** 18n });
    writeFileSync(join(cwd, 'machine.key'), `${machine.key}\n`);
    const [sent, written] = [await sentBy(world, operator.address), await attributeWrites(world, operator.address)];
    return {
      words: ['activate', '--for', machine.address, '--machine-key', 'machine.key', ...urls],
      env,
      secrets: [operator.key.slice(2), machine.key.slice(2)],
      state: async () => {
        const { did, ...counts } = await machineState(world, machine.address);
        const id = await attribute(world, machine.address, 'machineId');
        const listed = JSON.parse(await attribute(world, operator.address, 'machines'));
        return {
          machine: { ...counts, did: { ...did, operator: did.operator === operator.did } },
          listed: listed.filter((entry) => String(entry) === id).length,
          listsWritten: (await attributeWrites(world, operator.address)) - written,
          sent: (await sentBy(world, operator.address, sent)) + (await sentBy(world, machine.address)),
        };
      },
    };
  },
};

const qualifyEvent = {
  lane: async (world, context) => {
    const lane = await newLane(world, context);
    await activated(lane);
    return lane;
  },
  stage: async (world, { operator, env, machineId }) => {
    const [sent, events] = [await sentBy(world, operator.address), await eventsOf(world, machineId)];
    return {
      words: revenue(machineId),
      env,
      secrets: [operator.key.slice(2)],
      state: async () => ({
        events: (await eventsOf(world, machineId)) - events,
        sent: await sentBy(world, operator.address, sent),
      }),
    };
  },
};

// The check at its end asks the node; whatever comes of it, the file is there and the command has done its work.
const init = {
  lane: newLane,
  onlyWarns: true,
  stage: async (world, { operator, env }, cwd) => {
    const apiKey = randomBytes(16).toString('hex');
    return {
      words: ['init', '--non-interactive'],
      again: ['init', '--non-interactive', '--force'],
      env: { ...env, PEAQOS_ORCHESTRATION_URL: 'https://orchestration.example', PEAQOS_ORCH_API_KEY: apiKey },
      secrets: [operator.key.slice(2), apiKey],
      state: async () =>
        readFileSync(join(cwd, '.env'), 'utf8')
          .replaceAll(operator.key, 'KEY')
          .replaceAll(apiKey, 'API_KEY')
          .replaceAll(/(_URL=).*/g, '$1'),
    };
  },
};

const fleetSize = 150; // two pages

export const subjects = {
  init,
  whoami: { ...reading(() => ['whoami']), warnsOfChain: true },
  'activate self': activateSelf,
  'activate proxy': activateProxy,
  'activate with the Gas Station': activateFunded,
  'qualify event': qualifyEvent,
  'qualify mcr': reading(
    ({ did }) => ['qualify', 'mcr', did],
    async (lane) => {
      await activated(lane);
      await lane.run(revenue(lane.machineId));
    },
  ),
  'show machine': reading(
    ({ did }) => ['show', 'machine', did],
    async (lane) => {
      await activated(lane);
      await lane.run(revenue(lane.machineId));
    },
  ),
  'show operator machines': reading(
    ({ did }) => ['show', 'operator', 'machines', did],
    async (lane, world) => world.control.addFleet(lane.operator.address, fleetSize),
  ),
};
