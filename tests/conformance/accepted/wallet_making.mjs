// wallet create and import.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

const made =
  /^wallet: (-q create|create( --words 24| with a name to quote|, passphrase.*)?|import, (phrase( of \d+ words| without newline| and --index| typed| and passphrase typed)?|key( and --index)?))$/;

export const walletMaking = [
  ...because(
    'D29: the file is named by its whole name',
    made,
    'stdout -    Vault:     ~/.ows/wallets/<8 of the id>.json',
    'stdout +    Vault:     ~/.ows/wallets/<id 1>.json',
  ),
  ...because(
    'decision 21: hints are our own words',
    /^wallet: (-q )?create/,
    'stdout -  To back up the recovery phrase, run:',
    'stdout +  Write its phrase down now, and keep it where n...',
  ),
  ...because(
    'decision 21: a command in a hint can be pasted',
    'wallet: create with a name to quote',
    "stdout -    peaqos wallet export the robot's",
    "stdout +    peaqos wallet export 'the robot'\\''s'",
  ),
  ...because(
    'D26: a wallet has a name',
    'wallet: create with an empty name',
    'exit: 0 -> 1',
    'error: none -> error',
    'stdout: given -> none',
    'vault: given -> none',
  ),
  ...because(
    'decision 15: a pipe may answer',
    /^wallet: (create, (passphrase from a pipe|no passphrase)|import, (phrase|no phrase|.*--index))/,
    'warnings: 1 -> 0',
  ),
  ...because('decision 15: a pipe may answer', 'wallet: import, empty phrase', 'warnings: 2 -> 0'),
  ...because(
    'decision 15: end of input at a question is 1, with its cause',
    'wallet: create, no passphrase',
    'error: aborted -> error',
  ),
  ...because('decision 1: Ctrl-C is 130', /^wallet: import, interrupted/, 'error: error -> none'),
  ...because(
    'decision 26: a phrase is read as people write it',
    /^wallet: import, phrase (with blanks around|in capitals)$/,
    'exit: 1 -> 0',
    'error: error -> none',
    'stdout: none -> given',
    'vault +wallet w1',
  ),
  ...because(
    'decision 26: what is refused leaves nothing behind',
    /^wallet: import, (phrase (of a wrong checksum|with a strange word|of two words)|key of zero)$/,
    'vault: given -> none',
  ),
  ...because('D9: no stack trace', 'wallet: import, negative --index', 'error: traceback -> error'),
  ...because(
    'decision 26: an index stays below 2^31, where the reference takes another one',
    'wallet: import, --index beyond 31 bits',
    'exit: 0 -> 1',
    'error: none -> error',
    'stdout: given -> none',
    'vault: given -> none',
  ),
];
