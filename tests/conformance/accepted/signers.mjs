// A wallet that signs, and the wallet that init makes.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const signers = [
  ...because(
    'decision 27: whoami names the deployment, and why it is that one',
    /^signer: whoami, (phrase|key|by id|wrong passphrase|the wallet wins over a (bad )?key)$/,
    'stdout: goes on',
  ),
  ...because(
    'decision 9: one run at a time sends from an account, by a lock in the home folder',
    /^signer: (event|event by a key|event, passphrase typed|activate|activate a machine)$|^scale signer: pays(, --json|, accepted|, again after its proof broke off| into escrow)?$/,
    'file +.peaqos',
    'file +.peaqos/lanes',
  ),
  ...because(
    'decision 3: a command needs what it uses (and D3)',
    'signer: whoami, no passphrase',
    'exit: 3 -> 0',
    'error: error -> none',
    'stdout: none -> given',
  ),
  ...because(
    'decision 3: a command needs what it uses (and D3)',
    'signer: whoami, a malformed address beside the wallet',
    'exit: 1 -> 3',
    'error: traceback -> error',
  ),
  ...because(
    'decision 2, D1: .env of the current folder',
    'signer: whoami, from .env',
    'exit: 3 -> 0',
    'error: Missing required env var: PEAQOS_PRIVATE_KEY -> none',
    'stdout: none -> given',
  ),
  ...because(
    "decision 1, D12: the signer's passphrase is configuration",
    /^signer: (event|activate), wrong passphrase$/,
    'exit: 2 -> 3',
  ),
  ...because(
    'decision 4: the passphrase is tried before anything is done',
    'signer: activate, wrong passphrase',
    'progress: given -> none',
  ),
  ...because(
    'decision 15: standard output carries the result alone',
    'init: a wallet is made',
    'stdout -Wallet created. (and 29 lines more)',
    'stdout +Config: .env written to <folder>/.env',
  ),
  ...because(
    'D17: values are quoted where needed',
    'init: a wallet is made',
    '.env PEAQOS_OWS_WALLET: the robot -> "the robot"',
  ),
  ...because(
    'decision 2: init takes the signer from its variable',
    'init: a wallet by its variable',
    'exit: 1 -> 0',
    'error: Missing required env var: PEAQOS_PRIVATE_KEY -> none',
    'stdout: none -> given',
    'file +.env',
  ),
];
