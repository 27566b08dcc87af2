// activate --for: a machine whose operator pays and signs.
// SPDX-License-Identifier: Apache-2.0
import { actor, described, faulty, holding, minted, registered, registeredFor, transferred } from '../worlds.mjs';
import { toFunctionSelector } from 'viem';
import { address, attributes, dataApi, documentation, keyFile, urls } from './common.mjs';

const words = ['activate', '--for', address('machine'), '--machine-key', 'machine.key', ...urls];
const files = { 'machine.key': keyFile('machine') };
const operator = [registered('operator')];
const machineOf = [...operator, registeredFor('operator', 'machine'), minted('operator', 2, 'machine')];
const described2 = described('machine', {
  ...attributes({ machineId: '2', nftTokenId: '1' }),
  operator: (world) => `did:peaq:${actor(world, 'operator').address}`,
});
const fleet = (machines) => described('operator', { machineId: '1', machines });
const proxy = (name, more = {}) => ({ name: `proxy: ${name}`, words, files, start: operator, ...more });
const key = (change) => ({ files: { 'machine.key': change } });
const revert = (signature) => toFunctionSelector(signature) + '00'.repeat(64);

export const proxies = [
  proxy('fresh'),
  proxy('-q', { words: ['-q', ...words] }),
  proxy('--skip-funding', { words: [...words, '--skip-funding'] }),
  proxy('--visibility', { words: [...words, '--visibility', 'onchain'] }),
  proxy('second run', { earlier: [{}] }),
  proxy('operator not registered', { start: [] }),
  proxy('operator activated itself before', {
    start: [...operator, minted('operator', 1), described('operator', attributes())],
  }),
  proxy('second machine of the operator', {
    start: [...machineOf, described2, fleet('[2]')],
    words: ['activate', '--for', address('second'), '--machine-key', 'second.key', ...urls],
    files: { 'second.key': keyFile('second') },
  }),
  proxy('machine registered by the operator already', { start: [...operator, registeredFor('operator', 'machine')] }),
  proxy('machine registered by itself', { start: [...operator, registered('machine')] }),
  proxy('minted already', { start: machineOf }),
  proxy('machine described already', { start: [...machineOf, described2] }),
  proxy('all done before', { start: [...machineOf, described2, fleet('[2]')] }),
  proxy('list of machines is no JSON', { start: [...machineOf, described2, fleet('two')] }),
  proxy('token given away', { start: [...machineOf, transferred('machine', 'stranger', 1)] }),
  proxy('address in small letters', {
    words: words.map((word) => (typeof word === 'function' ? (world) => word(world).toLowerCase() : word)),
  }),
  proxy("the operator's own address", {
    words: ['activate', '--for', address('operator'), '--machine-key', 'machine.key', ...urls],
    ...key(keyFile('operator')),
  }),
  proxy('key of another account', key(keyFile('second'))),
  proxy(
    'key between blanks',
    key((world) => `\n  ${actor(world, 'machine').key} \r\n`),
  ),
  proxy(
    'key without 0x',
    key((world) => actor(world, 'machine').key.slice(2)),
  ),
  proxy('key file of bytes', key(Buffer.from([255, 254, 0]))),
  proxy(
    'key that others may read',
    key((world) => ({ text: actor(world, 'machine').key, mode: 0o644 })),
  ),
  proxy('no URLs', { words: words.slice(0, 5) }),
  proxy('machine without money', {
    start: [...operator, holding('machine', 0n)],
    env: { PEAQOS_GAS_STATION_URL: undefined },
  }),
  proxy('registry refuses', { start: [...operator, faulty('IdentityRegistry', revert('AlreadyRegistered()'))] }),
  proxy('NFT contract refuses', { start: [...operator, faulty('MachineNFT', revert('NotMachineOwner()'))] }),
  proxy('machine has an old DID', {
    start: [...machineOf, described('machine', { documentation_url: documentation, data_api: dataApi })],
  }),
];
