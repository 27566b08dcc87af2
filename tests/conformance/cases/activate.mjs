// activate: the steps for one's own machine, reruns, what contracts refuse, and races.
// SPDX-License-Identifier: Apache-2.0
import { toFunctionSelector } from 'viem';
import { respond, rpcAnswer, spoil } from '../services.mjs';
import { described, faulty, holding, minted, paused, registered, transferred } from '../worlds.mjs';
import { attributes, calls, urls } from './common.mjs';

const self = (name, more = {}) => ({ name: `activate: ${name}`, words: ['activate', ...urls], ...more });
const words = (...more) => ({ words: ['activate', ...more] });

const registeredMachine = [registered('operator')];
const mintedMachine = [...registeredMachine, minted('operator', 1)];
const wholeMachine = [...mintedMachine, described('operator', attributes())];

const revert = (signature) => toFunctionSelector(signature) + '00'.repeat(64);
const zero = { result: `0x${'0'.repeat(64)}` };
const lie = (contract, signature, member = zero) => ({
  rpc: respond('eth_call', member, { matches: calls(contract, signature), times: 1 }),
});
const trouble = { error: { code: -32000, message: 'no state' } };
const milli = 10n ** 15n;

export const activate = [
  self('fresh'),
  self('-q', { words: ['-q', 'activate', ...urls] }),
  self('-v', { words: ['-v', 'activate', ...urls] }),
  self('--skip-funding', words(...urls, '--skip-funding')),
  self('-q --skip-funding', { words: ['-q', 'activate', ...urls, '--skip-funding'] }),
  ...['private', 'onchain'].map((kind) => self(`--visibility ${kind}`, words(...urls, '--visibility', kind))),
  self('no URLs', words()),
  self('empty --doc-url', words('--doc-url', '', ...urls.slice(2))),
  self('--doc-url not ASCII', words('--doc-url', 'https://ü.example', ...urls.slice(2))),
  self('--data-api too long', words(...urls.slice(0, 2), '--data-api', `https://a.example/${'x'.repeat(2560)}`)),

  self('second run', { earlier: [{}] }),
  self('second run with -q', { words: ['-q', 'activate', ...urls], start: wholeMachine }),
  self('second run without URLs', { ...words('--skip-funding'), start: wholeMachine }),
  self('second run with another --doc-url', {
    ...words('--doc-url', 'https://new.example', ...urls.slice(2)),
    start: wholeMachine,
  }),
  self('second run with another --data-api', {
    ...words(...urls.slice(0, 2), '--data-api', 'https://new.example'),
    start: wholeMachine,
  }),
  self('second run with another --visibility', { ...words(...urls, '--visibility', 'private'), start: wholeMachine }),
  self('second run in another folder', { start: wholeMachine }),
  self('registered already', { start: registeredMachine }),
  self('minted already', { start: mintedMachine }),
  self('second machine of the chain', { start: [registered('stranger'), minted('stranger', 1)] }),
  self('one DID attribute missing', {
    start: [...mintedMachine, described('operator', { machineId: '1', nftTokenId: '1', operator: '' })],
  }),
  self('a DID without machineId', {
    start: [...mintedMachine, described('operator', { data_api: 'https://old.example' })],
  }),
  self('a DID of another machine', {
    start: [...mintedMachine, described('operator', attributes({ machineId: '7' }))],
  }),
  self('token given away', {
    start: [...mintedMachine, transferred('operator', 'stranger', 1)],
  }),
  self('token of an unknown owner', {
    start: mintedMachine,
    faults: { rpc: respond('eth_call', trouble, { matches: calls('MachineNFT', 'ownerOf(uint256)') }) },
  }),

  self('no money', { start: [holding('operator', 0n)], env: { PEAQOS_GAS_STATION_URL: undefined } }),
  self('no money, funding skipped', { ...words(...urls, '--skip-funding'), start: [holding('operator', 0n)] }),
  self('money for gas, not for the bond', { start: [holding('operator', 600n * milli)] }),
  self('money for the bond alone', { start: [holding('operator', 1000n * milli)] }),
  self('exactly the threshold on a second run', { start: [...wholeMachine, holding('operator', 500n * milli)] }),
  self('just below the threshold', {
    start: [...registeredMachine, holding('operator', 500n * milli - 1n)],
    env: { PEAQOS_GAS_STATION_URL: undefined },
  }),

  ...['EnforcedPause()', 'IncorrectBondAmount()', 'AlreadyRegistered()', 'ContractNotConfigured()'].map((signature) =>
    self(`registry says ${signature}`, { start: [faulty('IdentityRegistry', revert(signature))] }),
  ),
  self('staking says AlreadyStaked()', { start: [faulty('IdentityStaking', revert('AlreadyStaked()'))] }),
  self('staking is paused', { start: [paused('IdentityStaking')] }),
  ...['MachineNotFound()', 'NotMachineOwner()', 'AlreadyMinted()'].map((signature) =>
    self(`NFT says ${signature}`, { start: [...registeredMachine, faulty('MachineNFT', revert(signature))] }),
  ),
  self('NFT is paused', { start: [paused('MachineNFT')] }),
  self('rerun after a run that the NFT contract stopped', {
    start: [paused('MachineNFT')],
    earlier: [{ then: (world) => world.control.send('MachineNFT', 'unpause') }],
  }),
  self('rerun after a run that the node stopped at the DID', {
    earlier: [{}],
    faults: { rpc: spoil('eth_sendRawTransaction', rpcAnswer(trouble), { skip: 2, times: 1 }) },
  }),

  self('registered by another run meanwhile', {
    start: registeredMachine,
    faults: lie('IdentityRegistry', 'machineIdOfOwner(address)'),
  }),
  self('minted by another run meanwhile', { start: mintedMachine, faults: lie('MachineNFT', 'tokenIdOf(uint256)') }),
  self('DID written by another run meanwhile', {
    start: wholeMachine,
    faults: {
      rpc: respond(
        'eth_call',
        {
          error: { code: 3, message: 'execution reverted: Cannot find the item', data: reason('Cannot find the item') },
        },
        { matches: calls('Did', 'readAttribute(address,bytes)'), times: 1 },
      ),
    },
  }),
  self('machine id unreadable', {
    faults: { rpc: respond('eth_call', trouble, { matches: calls('IdentityRegistry', 'machineIdOfOwner(address)') }) },
  }),
  self('token id unreadable', {
    start: registeredMachine,
    faults: { rpc: respond('eth_call', trouble, { matches: calls('MachineNFT', 'tokenIdOf(uint256)') }) },
  }),
  self('DID unreadable', {
    start: mintedMachine,
    faults: { rpc: respond('eth_call', trouble, { matches: calls('Did', 'readAttribute(address,bytes)') }) },
  }),
  self('second broadcast refused', {
    env: { PEAQOS_RECEIPT_TIMEOUT: '2' },
    faults: { rpc: spoil('eth_sendRawTransaction', rpcAnswer(trouble), { skip: 1 }) },
  }),
  self('third broadcast refused', {
    env: { PEAQOS_RECEIPT_TIMEOUT: '2' },
    faults: { rpc: spoil('eth_sendRawTransaction', rpcAnswer(trouble), { skip: 2 }) },
  }),

  self('a log with foreign lines', {
    start: wholeMachine,
    files: { 'peaqos.log': 'not JSON\n\n{"step": "register"}\n' },
  }),
  self('a log that others may read', { start: wholeMachine, files: { 'peaqos.log': { text: '', mode: 0o644 } } }),
  self('a log that is a folder', { start: wholeMachine, files: { 'peaqos.log': null } }),
];

function reason(text) {
  const body = Buffer.from(text).toString('hex').padEnd(64, '0');
  return `0x08c379a0${'20'.padStart(64, '0')}${text.length.toString(16).padStart(64, '0')}${body}`;
}
