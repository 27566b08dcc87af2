// Nodes that are not there, or not well.
// SPDX-License-Identifier: Apache-2.0
import { rpcAnswer, spoil } from '../services.mjs';
import { registered } from '../worlds.mjs';
import { event, nowhere, urls } from './common.mjs';

const activation = ['activate', ...urls];
const answers = (answer) => ({ rpc: () => () => answer });

const ills = [
  ['answers 500', { rpc: () => () => ({ status: 500, body: 'broken' }) }],
  ['answers 404', answers({ status: 404, body: 'not found', type: 'text/plain' })],
  ['answers 401', answers({ status: 401, body: '{"message":"no key"}' })],
  ['answers HTML', answers({ body: '<html></html>', type: 'text/html' })],
  ['answers nothing', answers({ body: '' })],
  ['answers an error', { rpc: () => rpcAnswer({ error: { code: -32000, message: 'out of service' } }) }],
  ['breaks the connection', answers(null)],
];

const busy = (method, status) => ({ rpc: spoil(method, { status, body: 'busy' }, { times: 1 }) });

export const nodes = [
  ...ills.map(([what, faults]) => ({ name: `node ${what}: whoami`, words: ['whoami'], faults, stateless: true })),
  ...ills.slice(3).map(([what, faults]) => ({ name: `node ${what}: event`, words: event(), faults, stateless: true })),
  ...ills.slice(4).map(([what, faults]) => ({ name: `node ${what}: activate`, words: activation, faults })),
  { name: 'node absent: event', words: event(), env: { PEAQOS_RPC_URL: nowhere }, stateless: true },
  { name: 'node absent: activate', words: activation, env: { PEAQOS_RPC_URL: nowhere } },
  { name: 'node busy once: whoami', words: ['whoami'], faults: busy('eth_chainId', 503), stateless: true },
  { name: 'node limits once: whoami', words: ['whoami'], faults: busy('eth_chainId', 429), stateless: true },
  {
    name: 'node loses the answer to a broadcast: event',
    words: event(),
    start: [registered('operator')],
    faults: {
      rpc: spoil(
        'eth_sendRawTransaction',
        async (asked) => {
          await asked.forward();
          return null;
        },
        { times: 1 },
      ),
    },
  },
  {
    name: 'node refuses a broadcast: event',
    words: event(),
    start: [registered('operator')],
    faults: {
      rpc: spoil('eth_sendRawTransaction', rpcAnswer({ error: { code: -32000, message: 'transaction underpriced' } })),
    },
  },
  {
    name: 'node refuses a broadcast: activate',
    words: activation,
    faults: {
      rpc: spoil('eth_sendRawTransaction', rpcAnswer({ error: { code: -32000, message: 'transaction underpriced' } })),
    },
  },
  {
    name: 'node cannot say balances: activate',
    words: activation,
    faults: { rpc: spoil('eth_getBalance', rpcAnswer({ error: { code: -32000, message: 'no state' } })) },
  },
];
