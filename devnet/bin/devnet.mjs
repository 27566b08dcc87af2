#!/usr/bin/env node
// Starts a devnet and keeps it until Ctrl-C: its .env on standard output, everything else on standard error.
// SPDX-License-Identifier: Apache-2.0
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHAIN_ID, startDevnet } from '../src/devnet.mjs';

const usage = `Usage: npm run devnet -- [OPTIONS]

  --chain-port N   port of the EVM node (default: a free one)
  --mcr-port N     port of the MCR API (default: a free one)
  --gas-station-port N
                   port of the Gas Station (default: a free one)
  --orchestration-port N
                   port of the Orchestration API (default: a free one)
  --chain-id N     chain id (default: ${CHAIN_ID})
  --block-time S   seconds between blocks (default: a block for each transaction)
  --generations L  which of the protocol's generations are on the chain: 1, 2, or 1,2 (default)
  --settings-of N  the generation that the settings are for (default: the first of those)
  --write-env PATH also write the settings to a new file (mode 0600)
  -h, --help       show this help
`;

function fail(message) {
  process.stderr.write(`devnet: ${message}\n`);
  process.exit(1);
}

function readOptions() {
  const text = { type: 'string' };
  try {
    const { values } = parseArgs({
      options: {
        'chain-port': text,
        'mcr-port': text,
        'gas-station-port': text,
        'orchestration-port': text,
        'chain-id': text,
        'block-time': text,
        generations: text,
        'settings-of': text,
        'write-env': text,
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    return fail(error.message);
  }
}

function number(options, name, least, most) {
  if (options[name] === undefined) return undefined;
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < least || value > most)
    fail(`--${name} is '${options[name]}': give a whole number from ${least} to ${most}`);
  return value;
}

function generationsOf({ generations: list = '1,2' }) {
  const known = { 1: [1], 2: [2], '1,2': [1, 2] };
  return known[list] ?? fail(`--generations is '${list}': give 1, 2 or 1,2`);
}

const options = readOptions();
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}

// Takes the file before anything starts, so that no world runs whose settings cannot be written.
function reserve(path) {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const exists = error.code === 'EEXIST';
    return fail(exists ? `'${path}' exists: --write-env writes a new file only` : `--write-env: ${error.message}`);
  }
}

const settings = {
  chainPort: number(options, 'chain-port', 0, 65535),
  mcrPort: number(options, 'mcr-port', 0, 65535),
  gasStationPort: number(options, 'gas-station-port', 0, 65535),
  orchestrationPort: number(options, 'orchestration-port', 0, 65535),
  chainId: number(options, 'chain-id', 1, 2 ** 31),
  blockTime: number(options, 'block-time', 1, 3600),
  generations: generationsOf(options),
};
const generation = number(options, 'settings-of', 1, 2) ?? settings.generations[0];
if (!settings.generations.includes(generation))
  fail(`--settings-of is ${generation}, but --generations leaves that out`);
const path = options['write-env'];
const file = path === undefined ? undefined : reserve(path);

let world;
let ending;

// Ends the process. One that ends during the start takes the node with it, and leaves no half-written settings.
async function end(code) {
  if (!world && path !== undefined) rmSync(path, { force: true });
  await world?.stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (ending ??= end(0)));
if (process.channel) process.on('disconnect', () => (ending ??= end(0))); // whoever started it has gone

try {
  const devnet = await startDevnet(settings);
  const env = Object.entries(devnet.env({ generation }))
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
  if (file !== undefined) {
    writeFileSync(file, env);
    closeSync(file);
  }
  world = devnet;
  process.stdout.write(env);
  process.stderr.write(
    `devnet: EVM node ${devnet.rpcUrl}, chain ${devnet.chainId}; MCR API ${devnet.urls.mcr}; ` +
      `Gas Station ${devnet.urls.gasStation} (2FA codes: /dev/totp?owner=ADDRESS); ` +
      `Orchestration API ${devnet.urls.orchestration} (dollars: POST /dev/fund?account=ADDRESS); Ctrl-C stops it\n`,
  );
} catch (error) {
  process.stderr.write(`devnet: ${error.message}\n`);
  await (ending ??= end(1));
}
