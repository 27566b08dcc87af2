// Words, files and settings that several tables use.
// SPDX-License-Identifier: Apache-2.0
import { toFunctionSelector } from 'viem';
import { actor } from '../worlds.mjs';

export const documentation = 'https://example.com/docs';
export const dataApi = 'https://example.com/events';
export const urls = ['--doc-url', documentation, '--data-api', dataApi];

/** A machine's DID as an activation writes it. */
export const attributes = (changes = {}) => ({
  machineId: '1',
  nftTokenId: '1',
  operator: '',
  documentation_url: documentation,
  data_api: dataApi,
  data_visibility: 'public',
  ...changes,
});

export const did = (name) => (world) => `did:peaq:${actor(world, name).address}`;
export const address = (name) => (world) => actor(world, name).address;
export const keyFile = (name) => (world) => `${actor(world, name).key}\n`;

/** An event of machine 1; `changes` replace, add or (undefined) take away options. */
export const event = (changes = {}) => {
  const options = { '--machine-id': '1', '--type': 'revenue', '--value': '125', '--ts': '1745152200', ...changes };
  const words = Object.entries(options).filter(([, value]) => value !== undefined);
  return ['qualify', 'event', ...words.flat()];
};

/** Whether an eth_call is for a function (by its signature) of a contract. */
export const calls = (contract, signature) => {
  const selector = toFunctionSelector(signature);
  return (call, world) => {
    const { to, data, input } = call.params[0] ?? {};
    return to?.toLowerCase() === world.addresses[contract].toLowerCase() && (data ?? input)?.startsWith(selector);
  };
};

/** A port that nobody listens on. */
export const nowhere = 'http://127.0.0.1:9';

export const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
