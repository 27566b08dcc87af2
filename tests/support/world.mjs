// A devnet for the tests of one file, and operators in it.
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { startDevnet } from '@peaqos/devnet';
import { privateKeyToAddress } from 'viem/accounts';

/** Starts a world that ends with the file's tests. */
export async function startWorld(options) {
  const world = await startDevnet(options);
  after(() => world.stop());
  return world;
}

/** A new account with money: {address, did, key, env}; env are its variables, `changes` put over them. */
export async function newOperator(world, { balance = 100n * 10n ** 18n, ...changes } = {}) {
  const key = `0x${randomBytes(32).toString('hex')}`;
  const address = privateKeyToAddress(key);
  await world.rpc('anvil_setBalance', [address, `0x${balance.toString(16)}`]);
  return { address, key, did: `did:peaq:${address}`, env: { ...world.env(), PEAQOS_PRIVATE_KEY: key, ...changes } };
}

/** Rows of a folder's peaqos.log. */
export const journal = (cwd) =>
  readFileSync(join(cwd, 'peaqos.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Step and status of each row, e.g. "register pending". */
export const story = (cwd) => journal(cwd).map(({ step, status }) => `${step} ${status}`);

/** How many transactions an account has sent. */
export const transactionCount = async (world, address) =>
  Number(await world.rpc('eth_getTransactionCount', [address, 'latest']));

/** How many events of a machine the chain holds. */
export async function eventCount(world, machineId) {
  const topics = [null, `0x${BigInt(machineId).toString(16).padStart(64, '0')}`];
  const filter = { address: world.addresses.EventRegistry, fromBlock: '0x0', topics };
  return (await world.rpc('eth_getLogs', [filter])).length;
}

export const urls = ['--doc-url', 'https://example.com/docs', '--data-api', 'https://example.com/events'];
export const activate = ['activate', ...urls];
export const revenue = (machineId, ...more) => [
  'qualify',
  'event',
  '--machine-id',
  String(machineId),
  '--type',
  'revenue',
  '--value',
  '125',
  '--ts',
  '1776945600',
  ...more,
];

/** The machine id that an activation printed. */
export const machineIdOf = ({ stdout }) => /Machine ID:\s+(\d+)/.exec(stdout)[1];
