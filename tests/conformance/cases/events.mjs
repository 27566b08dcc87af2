// qualify event: every flag and check, and what the contract refuses.
// SPDX-License-Identifier: Apache-2.0
import { encodeErrorResult, parseAbi, toFunctionSelector } from 'viem';
import { spoil } from '../services.mjs';
import { deactivated, faulty, holding, paused, registered, registeredFor, released } from '../worlds.mjs';
import { event } from './common.mjs';

const hash = 'Ab'.repeat(32);
const files = {
  'raw.bin': Buffer.from([0, 1, 2, 255]),
  'meta.json': '{"kWh": 12}',
  'empty.bin': '',
  'full.bin': 'x'.repeat(4096),
  'large.bin': 'x'.repeat(4097),
};
const bonded = [registered('operator')];
const submit = (name, changes, more = {}) => ({
  name: `event: ${name}`,
  words: event(changes),
  files,
  start: bonded,
  ...more,
});

const revert = (signature) => toFunctionSelector(signature) + '00'.repeat(64);
const refuses = (signature) =>
  submit(`contract says ${signature}`, {}, { start: [...bonded, faulty('EventRegistry', revert(signature))] });
const text = encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['quota: 3 of 3'] });
const panic = encodeErrorResult({ abi: parseAbi(['error Panic(uint256)']), args: [0x11n] });

export const events = [
  submit('revenue'),
  submit('activity', { '--type': 'activity' }),
  submit('-q', {}, { words: ['-q', ...event()] }),
  submit('-v', {}, { words: ['-v', ...event()] }),
  submit(
    'options with =',
    {},
    { words: ['qualify', 'event', '--machine-id=1', '--type=revenue', '--value=5', '--ts=1745152200'] },
  ),
  submit('the last of two values', {}, { words: [...event(), '--value', '7'] }),
  submit('value zero', { '--value': '0' }),
  submit('value with a plus', { '--value': '+7' }),
  submit('value with underscore', { '--value': '1_0' }),
  submit('value with blanks', { '--value': ' 7 ' }),
  submit('the largest value', { '--value': String(2n ** 256n - 1n) }),
  submit('a value beyond 256 bits', { '--value': String(2n ** 256n) }),
  submit('a machine id beyond 256 bits', { '--machine-id': String(2n ** 256n) }),
  submit('--ts in Zulu time', { '--ts': '2025-04-20T12:30:00Z' }),
  submit('--ts with an offset', { '--ts': '2025-04-20T14:30:00+02:00' }),
  submit('--ts with a fraction', { '--ts': '2025-04-20T12:30:00.999Z' }),
  submit('--ts in basic form', { '--ts': '20250420T123000Z' }),
  submit('--ts with a blank', { '--ts': '2025-04-20 12:30:00+00:00' }),
  submit('--ts before the first machine', { '--ts': '1' }),
  submit('--ts with leading zeros', { '--ts': '0001745152200' }),
  submit('--ts in the future', { '--ts': '4102444800' }),
  submit('--trust hardware', { '--trust': 'hardware' }),
  submit('--trust onchain', { '--trust': 'onchain', '--source-tx': hash }),
  submit('--source-tx with 0x', { '--trust': 'onchain', '--source-tx': `0x${hash}` }),
  submit('--source-tx with 0X', { '--trust': 'onchain', '--source-tx': `0X${hash}` }),
  submit('--source-tx without --trust', { '--source-tx': hash }),
  submit('--source-tx empty', { '--source-tx': '' }),
  submit('--source-chain peaq', { '--source-chain': 'peaq' }),
  submit('--source-chain base', { '--source-chain': 'base' }),
  submit('--currency', { '--currency': 'HKD' }),
  submit('--currency of ten characters', { '--currency': 'ABCDE12345' }),
  submit('--currency empty for activity', { '--type': 'activity', '--currency': '' }),
  submit('--raw-data', { '--raw-data': 'raw.bin' }),
  submit('--metadata', { '--metadata': 'meta.json' }),
  submit('--metadata empty', { '--metadata': 'empty.bin' }),
  submit('--metadata of the largest size', { '--metadata': 'full.bin' }),
  submit('--metadata too large', { '--metadata': 'large.bin' }),
  submit('everything', {
    '--currency': 'JPY',
    '--trust': 'onchain',
    '--source-chain': 'base',
    '--source-tx': hash,
    '--raw-data': 'raw.bin',
    '--metadata': 'meta.json',
  }),
  submit('twice', {}, { earlier: [{}] }),
  submit('of a machine that nobody registered', { '--machine-id': '9' }),
  submit('by a stranger', {}, { start: [registered('stranger')] }),
  submit('by the operator of a machine', {}, { start: [registeredFor('operator', 'machine')] }),
  submit('of a machine without bond', {}, { start: [...bonded, released(1)] }),
  submit('of a deactivated machine', {}, { start: [...bonded, deactivated('operator', 1)] }),
  submit('while the contract is paused', {}, { start: [...bonded, paused('EventRegistry')] }),
  submit('without money', {}, { start: [...bonded, holding('operator', 0n)] }),
  ...['MachineNotFound()', 'NotAuthorizedSubmitter()', 'MachineDeactivated()', 'InvalidCurrencyShape()'].map(refuses),
  submit('contract says why in words', {}, { start: [...bonded, faulty('EventRegistry', text)] }),
  submit('contract panics', {}, { start: [...bonded, faulty('EventRegistry', panic)] }),
  submit('contract says something unknown', {}, { start: [...bonded, faulty('EventRegistry', '0xdeadbeef')] }),
  submit(
    'refused when it is mined',
    {},
    {
      faults: {
        rpc: spoil('eth_sendRawTransaction', async (asked, world) => {
          await world.control.setFault('EventRegistry', revert('EnforcedPause()'));
          return asked.forward();
        }),
      },
    },
  ),
  submit(
    'without the registry in place',
    {},
    { env: { EVENT_REGISTRY_ADDRESS: '0x00000000000000000000000000000000000000aa' } },
  ),
];
