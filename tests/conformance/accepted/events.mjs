// qualify event.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const events = [
  ...because(
    'D18: digits only',
    /^event: value with (underscore|blanks)$/,
    'exit: 0 -> 1',
    'error: none -> error',
    'stdout: given -> none',
    'transaction -operator: EventRegistry.submitEvent',
    'state -event 1/0',
  ),
  ...because(
    'D18: a number beyond 256 bits is a bad value',
    /^event: a (value|machine id) beyond 256 bits$/,
    'exit: 2 -> 1',
  ),
  ...because('decision 14, G22: an event of the future is bad input', 'event: --ts in the future', 'exit: 2 -> 1'),
  ...because(
    'decision 12: what would fail is not sent',
    'event: without money',
    'transaction -operator: EventRegistry.submitEvent',
  ),
  ...because('decision 9: the end of each row is kept', 'event: refused when it is mined', 'log +submit_event failed'),
  ...because(
    'decision 4: every contract address has code',
    'event: without the registry in place',
    'exit: 0 -> 3',
    'error: none -> error',
    'stdout: given -> none',
    'transaction -operator: 0x00000000000000000000000000000000000000aa',
  ),
];
