// scale machine: a machine comes into the market, and is looked at.
// SPDX-License-Identifier: Apache-2.0
import { challenged, identityOf, market, of, onboarded, onChain } from '../market.mjs';
import { at, refusal } from '../services.mjs';
import { registeredFor } from '../worlds.mjs';
import { keyFile } from './common.mjs';
import { atFair, machineId, scale, wordsOf } from './scale.mjs';

const options = {
  '--identity-ref': identityOf('machine'),
  '--display-name': 'rover-014',
  '--owner-id': 'op_xyz',
  '--machine-type': 'rover',
  '--runtime-profile': 'machine-runtime-agent',
  '--identity-key-file': 'key',
  '--yes': true,
};
const onboard = (name, changes = {}, more = {}) =>
  scale(`onboard: ${name}`, ['machine', 'onboard', ...wordsOf({ ...options, ...changes })], {
    start: [onChain()],
    ...more,
    files: { key: keyFile('machine'), ...more.files },
  });
const asked = { '--yes': undefined };
const noKey = { '--identity-key-file': undefined };
const signed = { ...noKey, '--identity-signature-file': 'signature' };
const signature = { signature: of((scene) => `\n${scene.signature}\n`) };
const everything = {
  '--capabilities': 'nav, lidar,,',
  '--skill-keys': 'a,b',
  '--labels': 'env=prod, k = v=w,foo_bar=x',
};
const refused = (code, more) => ({ market: at('POST /machines', refusal(code, 'no', more)) });

const machine = (name, words, more) => atFair(`machine: ${name}`, ['machine', ...words], more);
const own = (name, words, start, more = {}) => scale(`machine: ${name}`, ['machine', ...words], { start, ...more });
const rich = [
  onboarded({
    changes: { capabilities: ['nav', 'lidar'], skillKeys: ['a'], labels: { foo_bar: 'x', fooBar: 'y' } },
  }),
];
const seeded = (count) => market((api) => api.seedMachines(count));

export const scaleMachines = [
  onboard('fresh'),
  onboard('--json', { '--json': true }),
  onboard('every option', everything),
  onboard('-q', {}, { words: ['-q', 'scale', 'machine', 'onboard', ...wordsOf(options)] }),
  onboard('--skip-activate', { '--skip-activate': true }),
  onboard('a name that is not ASCII', { '--display-name': 'Bot ✓ é' }),
  onboard('accepted', { ...asked, ...everything }, { input: 'y\n' }),
  onboard('declined', asked, { input: 'n\n' }),
  onboard('nobody answers', asked, { input: '' }),
  onboard('by the number of the machine', { '--identity-ref': 'peaqos:machine:1' }),
  onboard('by a stranger', {}, { files: { key: keyFile('stranger') } }),
  onboard(
    'a key file that others may read',
    {},
    { files: { key: (world) => ({ text: keyFile('machine')(world), mode: 0o644 }) } },
  ),
  onboard('a signature file', signed, { start: [onChain(), challenged('machine')], files: signature }),
  onboard(
    'a signature file, --json',
    { ...signed, '--json': true },
    {
      start: [onChain(), challenged('machine')],
      files: signature,
    },
  ),
  onboard('a signature of a stranger', signed, { start: [onChain(), challenged('stranger')], files: signature }),
  onboard('a signature that is none', signed, { files: { signature: '0x1234\n' } }),
  onboard('a pasted signature', noKey, {
    start: [onChain(), challenged('machine')],
    input: of((scene) => `${scene.signature}\n`),
  }),
  onboard('no signature, --json', { ...noKey, '--json': true }),
  onboard(
    'a key file and a signature file',
    { '--identity-signature-file': 'signature' },
    { files: { signature: '' } },
  ),
  onboard('a key file that holds no key', {}, { files: { key: '0x12\n' } }),
  onboard('a key file of zeros', {}, { files: { key: `0x${'0'.repeat(64)}\n` } }),
  onboard('a key file that is not there', { '--identity-key-file': 'absent' }),
  ...['--identity-ref', '--display-name'].map((option) => onboard(`no ${option}`, { [option]: undefined })),
  onboard('a blank name', { '--display-name': ' ' }),
  onboard('a short DID', { '--identity-ref': 'did:peaq:0x12' }),
  onboard('a label without value', { '--labels': 'env' }),
  onboard('not activated on the chain', {}, { start: [registeredFor('operator', 'machine')] }),
  onboard('not on the chain', {}, { start: [] }),
  onboard('twice', {}, { start: [onboarded()] }),
  onboard('refused', {}, { faults: refused('VALIDATION_ERROR', { details: { fieldName: 'x' } }) }),
  onboard(
    'its activation is refused',
    {},
    { faults: { market: at('PATCH /machines/:id', refusal('INTERNAL', 'late')) } },
  ),
  onboard('its activation breaks off', {}, { faults: { market: at('PATCH /machines/:id', null) } }),
  onboard(
    'no controllers',
    {},
    {
      faults: {
        market: at('POST /machine-identity/challenges', async (asked) => {
          const { item } = JSON.parse((await asked.forward()).body);
          return { body: { item: { ...item, controllerAddresses: [] } } };
        }),
      },
    },
  ),

  machine('list', ['list']),
  machine('list --json', ['list', '--json']),
  own('list of none', ['list'], []),
  own('list of none, --json', ['list', '--json'], []),
  own('list of one', ['list'], [onboarded()]),
  own('list with drafts without identity', ['list'], [seeded(2)]),
  machine('list of several pages', ['list'], {
    faults: {
      market: at('GET /machines', async (asked) => {
        const { items } = JSON.parse((await asked.forward()).body);
        return { body: { items: items.slice(0, 1), nextCursor: 'c1' } };
      }),
    },
  }),
  own('list of several pages, --json', ['list', '--json'], [seeded(101)]),
  machine('status', ['status', machineId]),
  machine('status --json', ['status', machineId, '--json']),
  machine('status -q', [], { words: ['-q', 'scale', 'machine', 'status', machineId] }),
  own('status with everything', ['status', machineId], rich),
  own('status with everything, --json', ['status', '--json', machineId], rich),
  own('status of a draft', ['status', machineId], [onboarded({ status: 'draft' })]),
  machine('status of a stranger', ['status', 'mach_nobody']),
  machine('status of a path', ['status', 'a/../b c?x=1#f']),
];
