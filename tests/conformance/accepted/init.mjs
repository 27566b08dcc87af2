// init.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const inits = [
  ...because('G7: a missing variable is 3', 'init: no key', 'exit: 1 -> 3'),
  ...because(
    'D17: values are checked',
    /^init: (unknown network|bad (key|URL|address))$/,
    'exit: 0 -> 3',
    'error: none -> error',
    'stdout: given -> none',
    'warnings: 1 -> 0',
    'file -.env',
  ),
  ...because(
    'decision 3, D14, D17: the addresses of a network are known',
    /^init: (every variable|network agung|all addresses|key with signs|--force)/,
    'warnings: 1 -> 0',
    'stdout: goes on',
  ),
  ...because(
    'decision 27: only contracts that were chosen are written, since their variables choose the generation',
    /^init: /,
    '.env IDENTITY_REGISTRY_ADDRESS: empty -> absent',
    '.env IDENTITY_STAKING_ADDRESS: empty -> absent',
    '.env MACHINE_NFT_ADDRESS: empty -> absent',
    '.env DID_REGISTRY_ADDRESS: 0x0000000000000000000000 -> absent',
    '.env BATCH_PRECOMPILE_ADDRESS: 0x0000000000000000000000 -> absent',
    '.env: other order',
  ),
  ...because(
    'decision 27: only contracts that were chosen are written, since their variables choose the generation',
    'init: key and network alone',
    '.env EVENT_REGISTRY_ADDRESS: empty -> absent',
  ),
  ...because('decision 3: the network by its name', 'init: network agung', '.env PEAQOS_NETWORK: agung -> testnet'),
  ...because(
    'decision 3, D14, D17: the addresses of a network are known',
    'init: all addresses',
    '.env IDENTITY_REGISTRY_ADDRESS: empty -> 0x70997970C51812dc3A010C',
    '.env MACHINE_NFT_ADDRESS: empty -> 0x70997970C51812dc3A010C',
  ),
  ...because(
    'D17: values are quoted where needed',
    'init: key with signs to quote',
    '.env PEAQOS_ORCH_API_KEY: a #b -> "a #b"',
  ),
  ...because(
    'decision 15, D15: no question without a terminal; a cause instead of a bare end',
    /^init: (file exists|the file is kept|a pipe that ends early)$/,
    'error: aborted -> error',
  ),
  ...because('D9: no stack trace', 'init: .env is a folder', 'error: traceback -> error'),
  ...because('decision 15: a pipe may answer', 'init: answers from a pipe', 'warnings: 3 -> 1'),
];
