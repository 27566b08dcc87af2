// The Machine Market: how its commands are used, machines, agents and searches. "market D4" is defect 4 of the
// reference's scale commands.
// SPDX-License-Identifier: Apache-2.0
import { because, renamed } from './row.mjs';

const readBack = 'GET /api/v1/market/searches/<msearch 1>';

const conduct = [
  ...because('decision 1, G1: a bad command line is 1', /^scale usage: /, 'exit: 2 -> 1'),
  ...because(
    'decision 15: --json does not silence progress',
    /^scale (onboard|pair|order|signer): .*--json/,
    'progress: none -> given',
  ),
  ...because('decision 15, D21: -q hides all progress', 'scale onboard: -q', 'progress: ends earlier'),
  ...because(
    'decision 15, market D8: questions go to standard error',
    /^scale (onboard|pair|order|order dispute|signer): /,
    'stdout: prompts -> none',
  ),
  ...because(
    'decision 15: end of input at a question is 1, with its cause',
    /^scale .*: (nobody (answers|signs)|free, nobody answers)$/,
    'error: aborted -> error',
  ),
  ...because(
    'market: files of secrets that others can read are warned of',
    /that others may read$/,
    'warnings: 0 -> 1',
  ),
  ...because(
    'decision 4: what is given is checked before the first request',
    /^scale (values: pair: blank|pair: a blank|onboard: a blank|onboard: a key file (that (holds|is not)|of zeros))/,
    'progress: given -> none',
  ),
  ...because(
    'decision 4: what is given is checked before the first request',
    /^scale onboard: (a blank|a key file (that (holds|is not)|of zeros))/,
    'request -POST /api/v1/machine-identity/challenges',
  ),
  ...because(
    'market D9: no stack trace',
    /^scale (values: search: a token file that is not UTF-8|onboard: a key file of zeros)$/,
    'error: traceback -> error',
  ),
  ...because(
    'market D10: a number is finite',
    /^scale values: (pair|search|order): .*(NaN|without end)$/,
    'exit: 2 -> 1',
  ),
  ...because(
    'market D10: a number is finite',
    'scale values: pair: a limit that is NaN',
    'progress: given -> none',
    'request -POST /api/v1/machines/mach_1/agent-pairings/challenges',
  ),
  ...because(
    'market D3: an ID is one segment of a path',
    'scale values: machine status: an ID that is a path',
    'exit: 2 -> 1',
    'request -GET /api/v1/',
  ),
  ...because(
    'market D3: an ID is one segment of a path',
    'scale machine: status of a path',
    'request -GET /api/v1/machines/b%20c?x=1',
    'request +GET /api/v1/machines/a%2F..%2Fb%20c%3Fx%3D1%23f',
  ),
  ...because(
    'market: the help of order has the options of an order too',
    /^scale (help|group): order$/,
    ...[
      ...['agent-pairing-id', 'budget-amount', 'budget-currency', 'input', 'json', 'machine-id', 'operation'],
      ...['pairing-token-file', 'payment-chain', 'payment-token', 'payment-tx-hash', 'provider-credentials'],
      ...['quote-id', 'search-id', 'skip-payment', 'yes'],
    ].map((name) => `help +--${name}`),
    'help +-y',
  ),
];

const settings = [
  ...because(
    'market D1: no URL, or a malformed one, is 3',
    /^scale settings: (no URL|an empty URL|an order without URL|a URL of another scheme)$/,
    'exit: 1 -> 3',
  ),
  ...because(
    'market D1: no URL, or a malformed one, is 3',
    /^scale settings: (no URL|an empty URL|an order without URL)$/,
    'error: traceback -> Missing required env var: PEAQOS_ORCHESTRATION_URL',
  ),
  ...because(
    'market D1: no URL, or a malformed one, is 3',
    'scale settings: a URL of another scheme',
    'error: traceback -> error',
  ),
  ...because(
    'market D1: no URL, or a malformed one, is 3',
    'scale settings: a search without URL',
    'error: error -> Missing required env var: PEAQOS_ORCHESTRATION_URL',
  ),
  ...because(
    'decision 1: a malformed variable is 3',
    'scale settings: a URL with a query',
    'exit: 2 -> 3',
    'request -GET /?a=b/api/v1/machines',
  ),
  ...because(
    'market: slashes at the end of a base URL are no part of it',
    'scale settings: a URL with slashes at its end',
    'request -GET /pre//api/v1/machines',
    'request +GET /pre/api/v1/machines',
  ),
  ...because(
    'decision 1: no API key is 3',
    /^scale (settings: (no|an empty) API key|pair: without API key)$/,
    'exit: 2 -> 3',
    'error: error -> Missing required env var: PEAQOS_ORCH_API_KEY',
  ),
  ...because('decision 1: no API key is 3', /^scale settings: (no|an empty) API key$/, 'request -GET /api/v1/machines'),
  ...because(
    'decision 1: no API key is 3',
    'scale pair: without API key',
    'progress: given -> none',
    'request -POST /api/v1/machines/<mach 1>/agent-pairings/challenges',
  ),
  ...because(
    'decision 3: what neither signs nor pays needs the Machine Market alone',
    /^scale settings: (no private key|a bad private key|no RPC URL|no contract|a wallet without passphrase)$/,
    'exit: 3 -> 0',
    'stdout: none -> given',
    'request +GET /api/v1/machines',
  ),
  ...Object.entries({
    'no private key': 'Missing required env var: PEAQOS_PRIVATE_KEY',
    'a bad private key': 'error',
    'no RPC URL': 'Missing required env var: PEAQOS_RPC_URL',
    'no contract': 'Missing required env var: IDENTITY_REGISTRY_ADDRESS',
    'a wallet without passphrase': 'error',
  }).flatMap(([name, error]) =>
    because(
      'decision 3: what neither signs nor pays needs the Machine Market alone',
      `scale settings: ${name}`,
      `error: ${error} -> none`,
    ),
  ),
];

const machines = [
  ...because(
    "decision 19, market D4: the user's own data are sent as they are",
    /^scale onboard: (every option|accepted)/,
    'request POST /api/v1/machines labels: {"env":"prod","k":"v=w","fooBar":"x"} -> {"env":"prod","k":"v=w","foo_bar":"x"}',
  ),
  ...because(
    "decision 19, market D4: the user's own data are shown as they are",
    'scale machine: status with everything, --json',
    'JSON labels.foo_bar: "y" -> "x"',
    'JSON +labels.fooBar',
  ),
  ...because(
    'market D26: null is a dash',
    'scale machine: list with drafts without identity',
    ...[1, 2].flatMap((n) => [
      `stdout -<mach ${n}>  seed  draft   None      seed`,
      `stdout +<mach ${n}>  seed  draft   —         seed`,
    ]),
  ),
  ...because('market: a list that goes on says so', 'scale machine: list of several pages', 'stdout: goes on'),
];

const agents = [
  ...because(
    'decision 22, market D11: the challenge is shown with a signature file too',
    /^scale pair: (a signature file|every option|an agent with|a (negative )?limit|empty lists|signed by|a signature that|an address in|refused)/,
    'progress +Agent address: 0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
    'progress +Verification method: eip191',
  ),
  ...because(
    'decision 22, market D11: the challenge is shown with a signature file too',
    'scale pair: a signature file, -q',
    'progress: none -> given',
  ),
  ...because(
    'decision 22, market D11: the challenge is shown with a signature file too',
    /^scale pair: (declined|nobody answers)$/,
    'progress: goes on',
  ),
  ...because(
    "market: a signature that is not the agent's is warned of",
    /^scale pair: (signed by a stranger|a signature that is none)$/,
    'warnings: 0 -> 1',
  ),
];

const searches = [
  ...because(
    'decision 23: a search is read back',
    /^scale (search: |settings: a search without API)/,
    `request +${readBack}`,
  ),
  ...because(
    'decision 19, market D4: opaque data are shown as they came',
    /^scale search: (--json|nothing, --json|with handoff, --json|its answer has more)/,
    ...renamed('request_payload', 'machineId', 'serviceType'),
  ),
  ...because(
    'decision 19, market D4: opaque data are shown as they came',
    'scale search: with handoff, --json',
    ...renamed('request_payload', 'allowExternalHandoff'),
  ),
  ...because('decision 17: unknown members are kept', 'scale search: its answer has more in it', 'JSON +extraMember'),
  ...because(
    'decision 21: words of our own',
    'scale search: nothing',
    'stdout -Try broadening your search: remove --native-only...',
    'stdout +Try a wider search: without --native-only, with ...',
  ),
];

export const scale = [...conduct, ...settings, ...machines, ...agents, ...searches];
