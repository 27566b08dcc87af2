// What every command does the same way: its log, its progress, its questions.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

// Rows of the log that say only what was not tried, or what a skip found: the reference reads step by step, ours first.
const readsFirst = /^(activate: (machine id|token id|DID) unreadable|node (answers|breaks|absent|cannot).*: activate)$/;

export const conduct = [
  ...because(
    'a row that ends a mined transaction has its fee',
    /^(activate|proxy|funding|signer): |: activate$/,
    'log register confirmed +fee_wei',
    'log mint_nft confirmed +fee_wei',
    'log machine_did confirmed +fee_wei',
  ),
  ...because(
    'a row that ends a mined transaction has its fee',
    /^(proxy|signer): /,
    'log proxy_did confirmed +fee_wei',
  ),
  ...because(
    'G5: compact rows',
    /^(activate|proxy|funding|node|signer): /,
    'log format: spaced sorted -> compact sorted',
  ),
  ...because('G5: compact rows', /^funding: log with /, 'log format: spaced unsorted -> compact unsorted'),
  ...because(
    'decision 9: a row before each broadcast',
    /^(activate|proxy|funding|signer): |: activate$/,
    'log +register pending',
    'log +mint_nft pending',
    'log +machine_did pending',
  ),
  ...because('decision 9: a row before each broadcast', /^(proxy|signer): /, 'log +proxy_did pending'),
  ...because(
    'decision 9: events are kept in the log',
    /^(event|signer): |^node .*: event$/,
    'file +peaqos.log',
    'log +submit_event pending',
    'log +submit_event confirmed',
  ),
  ...because(
    'decision 9, D32: a registration is told by its hash',
    /^(activate|proxy|funding|signer): /,
    'log register confirmed +tx_hash',
  ),
  ...because(
    'decision 9, G4: hashes with 0x',
    /^(activate|proxy|funding|signer): /,
    'progress: tx <tx> -> 0x<tx>',
    'log mint_nft confirmed tx_hash: <tx> -> 0x<tx>',
    'log machine_did confirmed tx_hash: <tx> -> 0x<tx>',
    'log proxy_did confirmed tx_hash: <tx> -> 0x<tx>',
  ),
  ...because('decision 15, D21: -q hides all progress', /^(activate|proxy|funding): .*-q\b/, 'progress: given -> none'),
  ...because('decision 15, D6: questions go to standard error', /^(funding|init): /, 'stdout: prompts -> none'),
  ...because(
    'decision 9: the log is opened after the checks; all is read before anything is done',
    readsFirst,
    'progress: given -> none',
    'file -peaqos.log',
  ),
  ...because(
    'decision 4: all is read before anything is done',
    /^activate: (token id|DID) unreadable$/,
    'log -register skipped',
  ),
  ...because('decision 4: all is read before anything is done', 'activate: DID unreadable', 'log -mint_nft skipped'),
];
