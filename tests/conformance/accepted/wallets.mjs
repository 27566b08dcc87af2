// wallet.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const wallets = [
  ...because(
    'D29: the key type is the one in the file',
    'wallet: list --json',
    'JSON 0.key_type: "mnemonic" -> "private_key"',
  ),
  ...because(
    'D29: the key type is the one in the file',
    'wallet: show --json of a key',
    'JSON key_type: "mnemonic" -> "private_key"',
  ),
  ...because(
    'decision 15, D6: the secret alone is on standard output',
    /^wallet: export( of a key)?$/,
    'warnings: 0 -> 1',
  ),
  ...because(
    'decision 15, D6: the secret alone is on standard output',
    /^wallet: export( of a key)?$/,
    'stdout -This will display your recovery phrase / private...',
  ),
  ...because(
    'decision 15, D6: the secret alone is on standard output',
    'wallet: export',
    'stdout +test test test test test test test test test test test junk',
  ),
  ...because(
    'decision 15, D6: the secret alone is on standard output',
    'wallet: export of a key',
    'stdout +{"ed25519":"0fb7c7b337e7a0f160a7c235f188fa9c74bb...',
  ),
  ...because(
    'decision 15, D6: questions go to standard error',
    /^wallet: (export, (declined|wrong passphrase)|delete(, declined)?)$/,
    'stdout: prompts -> none',
  ),
  ...because(
    'decision 1: what was declined ends with an error that says so',
    /^wallet: (export|delete), declined$/,
    'error: aborted -> error',
  ),
  ...because('decision 1, G1: a bad command line is 1', 'wallet: create, 15 words', 'exit: 2 -> 1'),
  ...because(
    "decision 1: the signer's passphrase is configuration",
    'wallet: an event with a wrong passphrase',
    'exit: 2 -> 3',
  ),
  ...because('D30: settings are private', 'wallet: use', 'file .env mode: 644 -> 600'),
];
