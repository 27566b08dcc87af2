// What can become of a request, and what must be said of it.
// SPDX-License-Identifier: Apache-2.0

const constant =
  (status, text) =>
  ({ answer }) =>
    answer(status, text);

/** Hands the true answer on. */
export const pass = async ({ forward, answer }) => {
  const { status, text } = await forward();
  answer(status, text);
};

// Of a transaction whose receipt cannot come.
const briefly = { PEAQOS_RECEIPT_TIMEOUT: '2' };
const notYetMined = /transaction 0x[0-9a-f]{64} was submitted but is not yet mined/;

/** Faults that every request can meet. */
const everywhere = [
  { name: 'connection refused', gone: true, says: /could not connect to http:\S+: connection refused/ },
  { name: 'no answer in time', env: { PEAQOS_TIMEOUT: '1' }, spoil: () => {}, says: /did not answer within 1 s/ },
  {
    name: 'reset within the body',
    spoil: ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"jsonrpc":', () => response.socket.resetAndDestroy());
    },
    says: /closed the connection before its answer was whole/,
  },
  { name: 'HTTP 429', env: { PEAQOS_TIMEOUT: '3' }, spoil: constant(429, ''), says: /429/ },
  { name: 'HTTP 500', env: { PEAQOS_TIMEOUT: '3' }, spoil: constant(500, ''), says: /500/ },
  { name: 'an empty body', spoil: constant(200, ''), says: /not JSON/ },
  { name: 'not JSON', spoil: constant(200, '<html>'), says: /not JSON/ },
  { name: 'JSON of another type', spoil: constant(200, '"soon"'), says: /unexpected|without result|not a JSON object/ },
];

/** The same answer with one call's result, of a list of calls or of a single one, changed. */
const changed =
  (position, change) =>
  async ({ forward, answer }) => {
    const { status, text } = await forward();
    const replies = JSON.parse(text);
    const reply = Array.isArray(replies) ? replies[position] : replies;
    reply.result = change(reply.result);
    delete reply.error;
    answer(status, JSON.stringify(replies));
  };

const usedMembers = {
  eth_getBlockByNumber: ['baseFeePerGas', 'timestamp'],
  eth_getTransactionReceipt: ['transactionHash', 'status', 'blockNumber', 'logs'],
};

/**
 * Whether a command can do without a call's result: the history of fees only refines a price, a simulation (the eth_call
 * just before an estimate) is asked for its error alone, and the hash of a transaction is known without the node.
 */
const isOptional = (calls, position) =>
  ['eth_feeHistory', 'eth_sendRawTransaction'].includes(calls[position].method) ||
  (calls[position].method === 'eth_call' && calls[position + 1]?.method === 'eth_estimateGas');

/** What the node can answer to each call of a request that is not what the call asks for. */
function ofCalls({ calls }) {
  return calls.flatMap(({ method }, position) => {
    const which = calls.length > 1 ? `${method} (${position + 1})` : method;
    const unusable = { name: `${which} answers true`, spoil: changed(position, () => true) };
    const faults = [isOptional(calls, position) ? { ...unusable, code: 0 } : unusable];
    if (method === 'eth_chainId')
      faults.push({ name: 'the node of another chain', wrongChain: true, spoil: changed(position, () => '0xd0a') });
    for (const member of usedMembers[method] ?? [])
      faults.push({
        name: `${which} answers ${member}: true`,
        spoil: changed(position, (result) => result && { ...result, [member]: true }),
      });
    return faults;
  });
}

/** Every member within a value; of a list those of its first entry. */
const paths = (value, path = []) =>
  typeof value === 'object' && value !== null
    ? Object.entries(Array.isArray(value) ? value.slice(0, 1) : value).flatMap(([name, member]) => [
        [...path, name],
        ...paths(member, [...path, name]),
      ])
    : [];

function replaced(text, path, value) {
  const whole = JSON.parse(text);
  const parent = path.slice(0, -1).reduce((object, name) => object[name], whole);
  parent[path.at(-1)] = value;
  return JSON.stringify(whole);
}

/** Every member of an API's answer, of another type. */
function ofMembers({ service, text }) {
  return paths(JSON.parse(text)).map((path) => ({
    name: `${path.join('.')} is [true]`,
    // The Gas Station's answers have few members, and are refused as a whole.
    says: service === 'mcr' && Number.isNaN(Number(path.at(-1))) ? new RegExp(`'${path.at(-1)}'`) : undefined,
    spoil: async ({ forward, answer }) => {
      const { status, text: whole } = await forward();
      answer(status, replaced(whole, path, [true]));
    },
  }));
}

/** Answers a call with a JSON-RPC error. */
export const answerError =
  (words) =>
  ({ calls: [{ id }], answer }) =>
    answer(200, JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message: words } }));

/** What can become of a request that changes something. */
const ofWrites = [
  { name: 'killed before it leaves', killed: true, spoil: ({ kill }) => kill() },
  {
    name: 'killed after it has arrived',
    killed: true,
    spoil: async ({ forward, kill }) => {
      await forward();
      kill();
    },
  },
  {
    name: 'its answer is lost',
    spoil: async ({ forward, response }) => {
      await forward();
      response.destroy();
    },
    says: /closed the connection/,
  },
];

const ofBroadcasts = [
  // Verdicts on the transaction itself.
  ...['insufficient funds for gas * price + value', 'transaction underpriced'].map((words) => ({
    name: `rejected: ${words}`,
    spoil: answerError(words),
    says: new RegExp(`rejected [^\n]*${words.slice(0, 20)}`),
  })),
  // Words that may speak of anything: the same bytes are sent again.
  ...['nonce too low', 'internal error'].map((words) => ({
    name: `rejected: ${words}`,
    code: 0,
    spoil: answerError(words),
  })),
  {
    name: 'accepted, but answered with an error',
    code: 0,
    spoil: async (exchange) => {
      await exchange.forward();
      answerError('internal error')(exchange);
    },
  },
];

/** A fault that no command ends at. All its other requests have time, even on a machine that is busy. */
const passing = (fault) => ({ ...fault, code: 0, env: fault.env && { PEAQOS_TIMEOUT: '5' } });

/**
 * A broadcast is repeated until there is a receipt, so a fault that passes does no harm. A server that is gone for good
 * leaves the transaction open, with its hash.
 */
const ofAnyBroadcast = (fault) =>
  fault.gone
    ? { ...fault, env: briefly, says: /transaction 0x[0-9a-f]{64} may have been sent; [^\n]*connection refused/ }
    : passing(fault);

/** No bad answer to the question for a receipt ends the wait; when all are bad, its time runs out. */
const ofReceipt = (fault) => {
  const lasting = { ...fault, env: { ...fault.env, ...briefly }, says: notYetMined };
  if (fault.gone) return [lasting];
  let met = 0;
  const once = (exchange) => (met++ === 0 ? fault.spoil(exchange) : pass(exchange));
  return [lasting, { ...passing(fault), name: `${fault.name}, once`, spoil: once }];
};

/** All faults that a request can meet. */
export function faultsOf(request) {
  const isFunding = request.name === 'station /faucet/fund';
  const wrong = request.service === 'chain' ? ofCalls(request) : ofMembers(request);
  switch (request.calls[0]?.method) {
    case 'eth_sendRawTransaction':
      return [...[...everywhere, ...wrong, ...ofWrites].map(ofAnyBroadcast), ...ofBroadcasts];
    case 'eth_getTransactionReceipt':
      return [...everywhere, ...wrong].flatMap(ofReceipt);
    default:
      return [...everywhere, ...wrong, ...(isFunding ? ofWrites : [])];
  }
}
