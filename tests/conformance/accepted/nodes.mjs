// Nodes that are not there, or not well.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const nodes = [
  ...because(
    'decision 9: a lost answer is no failure, the transaction is looked up',
    'node loses the answer to a broadcast: event',
    'exit: 2 -> 0',
    'error: error -> none',
    'stdout: none -> given',
  ),
  ...because('decision 9: the end of each row is kept', 'node refuses a broadcast: event', 'log +submit_event failed'),
  ...because('D3: no stack trace', /^node refuses a broadcast: activate$/, 'exit: 1 -> 2', 'error: traceback -> error'),
  ...because('G12: a row for every failure', 'node refuses a broadcast: activate', 'log +register failed'),
];
