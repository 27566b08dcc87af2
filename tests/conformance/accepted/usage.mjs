// Versions, help, and command lines that nothing can be done with.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const usage = [
  ...because('decision 1, G1: a bad command line is 1', /^usage: /, 'exit: 2 -> 1'),
  ...because('decision 1: a bad key file is 3', /^(usage: activate: --machine-key|proxy: key) /, 'exit: 1 -> 3'),
  ...because(
    'decision 1: a group alone prints its help on standard output',
    /^group: /,
    'exit: 2 -> 0',
    'stdout: none -> given',
  ),
  ...because(
    'decision 16: versions of our own',
    /^usage: --version/,
    'stdout -peaq-os-cli 0.0.4 (peaq_os_sdk 0.2.0)',
    'stdout +peaqos 0.1.0 (@peaqos/core 0.1.0)',
  ),
  ...because(
    'commands and options of our own',
    /^(usage: no words|help: root)$/,
    'help +completion',
    'help +console',
    'help +doctor',
    'help +man',
    'help +--json-schema',
  ),
  ...because(
    'commands and options of our own',
    /^help: (whoami|activate|init|qualify event|wallet (export|delete|use)|among options)$/,
    'help +--json',
  ),
  ...because(
    'commands and options of our own',
    /^help: (activate|qualify event|among options)$|^scale (help|group): order$/,
    'help +--max-fee',
  ),
  ...because('commands and options of our own', /^help: (qualify event|among options)$/, 'help +--idempotency-key'),
  ...because('commands and options of our own', /^help: qualify$/, 'help +events'),
  ...because(
    'with --json an error is an object on standard output too',
    /^scale (usage: pair: --json without a signature file|onboard: no signature, --json|machine: list of none, --json)$/,
    'stdout: none -> given',
  ),
  ...because(
    'with --json an error is an object on standard output too',
    /^scale (search: its answer names no score|order: by wallet, nobody can be asked, --json)$|^wallet: show by an id in capitals$/,
    'stdout: none -> given',
  ),
];
