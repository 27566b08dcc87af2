// wallet list, show, export, delete and use.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const wallets = [
  ...because(
    'D29: the key type is the one in the file',
    /^wallet: list( --json|.*later version)$/,
    'JSON 0.key_type: "mnemonic" -> "private_key"',
    'JSON 1.key_type: "mnemonic" -> "private_key"',
  ),
  ...because(
    'D29: the key type is the one in the file',
    'wallet: show --json of a key',
    'JSON key_type: "mnemonic" -> "private_key"',
  ),
  ...because(
    'D29: the key type is the one in the file',
    'wallet: show of a key',
    'stdout -    Key Type:  mnemonic',
    'stdout +    Key Type:  private_key',
  ),
  ...because(
    'decision 21: hints are our own words',
    'wallet: list of nothing',
    "stdout -No wallets found. Create one with 'peaqos wallet...",
    'stdout +No wallets found. Make one with: peaqos wallet create NAME',
  ),
  ...because(
    'decision 26: a file that cannot be read is told, and hides no other',
    /^wallet: list with a file that /,
    'warnings: 0 -> 1',
  ),
  ...because(
    'decision 26: a file that cannot be read is told, and hides no other',
    'wallet: list with a file without accounts',
    'exit: 3 -> 0',
    'error: error -> none',
    'stdout: none -> given',
  ),
  ...because(
    'decision 15, D6: the secret alone is on standard output',
    /^wallet: export( of a key| by id|, (answered in full|another answer first|passphrase typed))?$/,
    'warnings: 0 -> 1',
  ),
  ...because('decision 15, D6: questions go to standard error', /^wallet: (export|delete)/, 'stdout: prompts -> none'),
  ...because(
    'decision 1: what was declined ends with an error that says so',
    /^wallet: (export|delete), (declined|an empty answer)$/,
    'error: aborted -> error',
  ),
  ...because(
    'decision 15: end of input at a question is 1, with its cause',
    /^wallet: (export|delete), no answer$/,
    'error: aborted -> error',
  ),
  ...because('decision 1: Ctrl-C is 130', /^wallet: .*interrupted/, 'exit: 1 -> 130', 'error: aborted -> none'),
  ...because('D30: settings are private', /^wallet: use( by name)?$/, 'file .env mode: 644 -> 600'),
  ...because(
    'D30: a last line without its end stays a line of its own',
    'wallet: use, no newline at the end',
    '.env B: 2PEAQOS_OWS_WALLET=mn12- -> 2',
    '.env PEAQOS_OWS_WALLET: absent -> mn12-junk-i0-pypi',
    '.env: other order',
  ),
  ...because('D9: no stack trace', 'wallet: use, a .env that is a folder', 'error: traceback -> error', 'exit: 1 -> 3'),
];
