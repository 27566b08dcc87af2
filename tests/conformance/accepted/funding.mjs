// The Gas Station.
// SPDX-License-Identifier: Apache-2.0
import { because, whole, didOf } from './row.mjs';

export const fundings = [
  ...because(
    'decision 15: end of input at a question is 1, with its cause',
    'funding: no code',
    'error: aborted -> error',
  ),
  ...because(
    'decision 1: Ctrl-C is 130',
    /^(funding|init): interrupted at /,
    'exit: 1 -> 130',
    'error: aborted -> none',
  ),
  ...because(
    'decision 15: a wrong or late code is asked again, three times at most',
    'funding: three wrong codes',
    'request +POST /faucet/fund',
  ),
  ...because(
    'decision 15: a wrong or late code is asked again, three times at most',
    /^funding: (confirmation says INVALID_2FA|refused with INVALID_2FA|expired twice)$/,
    'exit: 2 -> 1',
  ),
  ...because(
    'decision 15: a wrong or late code is asked again, three times at most',
    /^funding: (refused with INVALID_2FA|expired twice)$/,
    'log -fund failed',
  ),
  ...because('decision 1: caps and rate limits are 1', /^funding: refused with (RATE|CAP)_/, 'exit: 2 -> 1'),
  ...because(
    'decision 13, D8: what is unknown stays pending',
    /^funding: (the answer (is HTML|lacks members)|the connection breaks|rerun after the connection broke)$/,
    'log -fund failed',
  ),
  ...because(
    'decision 13, D8: a rerun asks with the same id',
    'funding: rerun after the connection broke',
    'request POST /faucet/fund requestId: <id 2> -> <id 1>',
    'log fund pending request_id: <id 2> -> <id 1>',
    'log fund pending resumed_from: null -> pending',
    'log fund confirmed request_id: <id 2> -> <id 1>',
  ),
  ...because(
    'decision 13, D8: a request under way or done is no refusal',
    /^funding: (DUPLICATE_REQUEST, then paid|REQUEST_ALREADY_PROCESSED)$/,
    'exit: 2 -> 0',
    'error: error -> none',
    'stdout: none -> given',
    'progress: goes on',
    'transaction +operator: MachineNFT.mint',
    didOf('operator'),
    'state +token of machine 1',
    `state +operator DID: ${whole}`,
    'log -fund failed',
    'log +fund confirmed',
    'log +register skipped',
    'log +mint_nft confirmed',
    'log +machine_did confirmed',
  ),
  ...because(
    'decision 13, D8: a request under way or done is no refusal',
    'funding: DUPLICATE_REQUEST, then paid',
    'request +POST /faucet/fund',
  ),
  ...because(
    'decision 9, G10: four statuses; a line says it',
    'funding: log with a confirmed request',
    'log -fund stale_resume',
  ),
];
