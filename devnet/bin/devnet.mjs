#!/usr/bin/env node
// Starts a devnet and keeps it until Ctrl-C: its .env on standard output, everything else on standard error.
// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHAIN_ID, startDevnet } from '../src/devnet.mjs';

const usage = `Usage: npm run devnet -- [OPTIONS]

  --chain-port N   port of the EVM node (default: a free one)
  --mcr-port N     port of the MCR API (default: a free one)
  --chain-id N     chain id (default: ${CHAIN_ID})
  --block-time S   seconds between blocks (default: a block for each transaction)
  --write-env PATH also write the settings to a file (mode 0600)
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
      options: { 'chain-port': text, 'mcr-port': text, 'chain-id': text, 'block-time': text, 'write-env': text, help: { type: 'boolean', short: 'h' } },
    });
    return values;
  } catch (error) {
    return fail(error.message);
  }
}

function number(options, name, least, most) {
  if (options[name] === undefined) return undefined;
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < least || value > most) fail(`--${name} is '${options[name]}': give a whole number from ${least} to ${most}`);
  return value;
}

const options = readOptions();
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}

const world = await startDevnet({
  chainPort: number(options, 'chain-port', 0, 65535),
  mcrPort: number(options, 'mcr-port', 0, 65535),
  chainId: number(options, 'chain-id', 1, 2 ** 31),
  blockTime: number(options, 'block-time', 1, 3600),
}).catch((error) => fail(error.message));

const env = Object.entries(world.env()).map(([name, value]) => `${name}=${value}\n`).join('');
process.stdout.write(env);
if (options['write-env']) writeFileSync(options['write-env'], env, { mode: 0o600 });
process.stderr.write(`devnet: EVM node ${world.rpcUrl}, chain ${world.chainId}; MCR API ${world.urls.mcr}; Ctrl-C stops it\n`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await world.stop();
    process.exit(0);
  });
}
