// Variables.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const settings = [
  ...because(
    'decision 3: the effective network',
    'whoami: no network',
    'stdout -  Network :  unknown',
    'stdout +  Network :  mainnet',
  ),
  ...because(
    'decision 27: whoami names the deployment, and why it is that one',
    /^whoami: (as set|-v|-q|key in capitals|empty MCR URL|MCR URL with slashes|orchestration URL|--orch|address with)|^node (busy|limits) once: whoami$/,
    'stdout: goes on',
  ),
  ...because(
    'decision 27: whoami names the deployment, and why it is that one',
    /^whoami: (no network|network (agung|in capitals)|address in capitals)$/,
    'stdout +',
  ),
  ...because(
    'decision 27: whoami names the deployment, and why it is that one',
    /^whoami: (network (agung|in capitals)|address in capitals)$/,
    'stdout +  Deployment: agung-1 (generation 1, since IDENT...',
  ),
  ...because(
    'decision 27: whoami names the deployment, and why it is that one',
    'whoami: no network',
    'stdout +  Deployment: peaq-mainnet-1 (generation 1, sinc...',
  ),
  ...because('decision 4: a node of another chain is named', 'whoami: no network', 'warnings: 0 -> 1'),
  ...because(
    'decision 3: the effective network',
    'whoami: network agung',
    'stdout -  Network :  agung',
    'stdout +  Network :  testnet',
  ),
  ...because(
    'decision 3: the effective network',
    'whoami: network in capitals',
    'stdout -  Network :  TESTNET',
    'stdout +  Network :  testnet',
  ),
  ...because(
    'decision 3: an unknown network is 3',
    'whoami: unknown network',
    'exit: 0 -> 3',
    'error: none -> error',
    'stdout: given -> none',
  ),
  ...because(
    'decision 1: a key without 0x is not malformed',
    'whoami: key without 0x',
    'exit: 3 -> 0',
    'error: error -> none',
    'stdout: none -> given',
  ),
  ...because('decision 1: a malformed variable is 3', 'whoami: RPC URL without scheme', 'exit: 2 -> 3'),
  ...because(
    'decision 3: a command needs what it uses (and D3)',
    'whoami: malformed orchestration URL',
    'exit: 1 -> 0',
    'error: traceback -> none',
    'stdout: none -> given',
  ),
  ...because(
    'D5: an address in any letters is an address, and is shown with its checksum',
    'whoami: address in capitals',
    'stdout -    EventRegistry   :  0xABAB...ABAB',
    'stdout +    EventRegistry   :  0xABaB...ABaB',
  ),
  ...['IDENTITY_REGISTRY_ADDRESS', 'EVENT_REGISTRY_ADDRESS', 'BATCH_PRECOMPILE_ADDRESS'].flatMap((name) =>
    because(
      'decision 3: addresses have defaults',
      `whoami: no ${name}`,
      'exit: 3 -> 0',
      `error: Missing required env var: ${name} -> none`,
      'stdout: none -> given',
    ),
  ),
];
