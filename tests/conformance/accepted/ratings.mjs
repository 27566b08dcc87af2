// What the MCR API tells.
// SPDX-License-Identifier: Apache-2.0
import { because } from './row.mjs';

export const ratings = [
  ...because('decision 17, G6: the documented order', /^(mcr|devnet: mcr).*--json/, 'JSON order'),
  ...because('decision 17: unknown members are kept', 'mcr: unknown member, --json', 'JSON +extra'),
  ...because(
    'decision 17: unknown members are kept',
    'machine: unknown members, --json',
    'JSON +peaqos.extra',
    'JSON +image',
  ),
  ...because(
    'decision 6: no redirect is followed',
    'mcr: redirects',
    'exit: 0 -> 2',
    'error: none -> error',
    'stdout: given -> none',
    'request -GET /elsewhere',
  ),
  ...['mcr', 'machine', 'fleet'].flatMap((query) =>
    because(
      'decision 3: a rating needs the MCR API alone',
      `${query}: without any other setting`,
      'exit: 3 -> 0',
      'error: Missing required env var: PEAQOS_PRIVATE_KEY -> none',
      'stdout: none -> given',
      `request +GET ${{ mcr: '/mcr/', machine: '/machine/', fleet: '/operator/' }[query]}did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5${query === 'fleet' ? '/machines' : ''}`,
    ),
  ),
  ...because(
    'D9: no stack trace',
    'machine: dollars missing though ok',
    'exit: 1 -> 0',
    'error: traceback -> none',
    'stdout: goes on',
  ),
  ...because('decision 18: pagination of what was merged', 'fleet: --json', 'JSON pagination.limit: 50 -> 2'),
  ...because('decision 18: pagination of what was merged', 'fleet: empty, --json', 'JSON pagination.limit: 50 -> 0'),
  ...because('decision 18: pagination of what was merged', 'devnet: fleet --json', 'JSON pagination.limit: 100 -> 2'),
  ...because(
    'decision 18, D19: every page is read',
    /^fleet: two pages/,
    'request +GET /operator/did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5/machines?offset=1&limit=1',
  ),
  ...because(
    'decision 18, D19: every page is read',
    'fleet: two pages',
    'stdout -  Machines: 1',
    'stdout +  Machines: 2',
    `stdout -${'─'.repeat(47)}`,
    `stdout +${'─'.repeat(52)}`,
    'stdout +did:peaq:0xaaaa...aaaa  1234567     0    Provisioned',
  ),
  ...because(
    'decision 18, D19: every page is read',
    'fleet: two pages, --json',
    'JSON +machines.1',
    'JSON pagination.limit: 1 -> 2',
  ),
];
