// What public RPC endpoints do to requests before the node sees them, for startMeddler().
// SPDX-License-Identifier: Apache-2.0

const json = (response, status, value, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  return true;
};

const errorFor = ({ id }, code, message) => ({ jsonrpc: '2.0', id, error: { code, message } });

/** Refuses arrays of more than `most` calls with a status and a body. */
export const refusingArrays = (most, status, body) => (calls, forward, response) =>
  calls.length > most && json(response, status, body);

/** Answers the first `times` requests in which a call matches with an error for each of those calls. */
export function limitingCalls(times, matches, code, message) {
  let left = times;
  return async (calls, forward, response) => {
    if (left <= 0 || !calls.some(matches)) return false;
    left -= 1;
    const replies = [JSON.parse((await forward()).text)].flat();
    const changed = calls.map((call) =>
      matches(call) ? errorFor(call, code, message) : replies.find(({ id }) => id === call.id),
    );
    return json(response, 200, calls.length > 1 ? changed : changed[0]);
  };
}

/** Turns every request away with a status and a Retry-After of one second, until that second has passed. */
export function asksToWait(status) {
  let until;
  return (calls, forward, response) => {
    until ??= Date.now() + 1000;
    return Date.now() < until && json(response, status, { error: 'slow down' }, { 'retry-after': '1' });
  };
}

/** Answers from many backends: shuffled, with ids as strings, and with a stranger's answer among them. */
export const throughAGateway = async (calls, forward, response) => {
  const parsed = JSON.parse((await forward()).text);
  if (!Array.isArray(parsed)) return json(response, 200, { ...parsed, id: String(parsed.id) });
  const stranger = { jsonrpc: '2.0', id: 1e6, result: '0xdeadbeef' };
  return json(response, 200, [stranger, ...parsed.map((reply) => ({ ...reply, id: String(reply.id) })).reverse()]);
};

/** Lets several kinds of trouble look at each request; the first that answers it ends it. */
export const anyOf =
  (...meddles) =>
  async (...request) => {
    for (const meddle of meddles) if (await meddle(...request)) return true;
    return false;
  };

const isSend = ({ method }) => method === 'eth_sendRawTransaction';
const isLookUp = ({ method }) => /^eth_getTransaction(ByHash|Receipt)$/.test(method);
const isReceipt = ({ method }) => method === 'eth_getTransactionReceipt';

/** Passes the first `times` sends on, and loses their answers. */
export function losingSends(times) {
  let left = times;
  return async (calls, forward, response) => {
    if (left <= 0 || !calls.some(isSend)) return false;
    left -= 1;
    await forward();
    response.destroy();
    return true;
  };
}

/** Changes the replies to the calls that match, in the first `times` requests that have such a call. */
function changingReplies(times, matches, change) {
  let left = times;
  return async (calls, forward, response) => {
    if (left <= 0 || !calls.some(matches)) return false;
    left -= 1;
    const ids = new Set(calls.filter(matches).map(({ id }) => id));
    const parsed = JSON.parse((await forward()).text);
    const changed = [parsed].flat().map((reply) => (ids.has(reply.id) ? change(reply) : reply));
    return json(response, 200, Array.isArray(parsed) ? changed : changed[0]);
  };
}

const withoutResult = (reply) => ({ ...reply, result: null });

/** A backend that lags: it knows no transaction, and has no receipt, in the first `times` requests for one. */
export const lagging = (times) => changingReplies(times, isLookUp, withoutResult);

/** Has no receipts in the first `times` requests for one. */
export const withoutReceipts = (times) => changingReplies(times, isReceipt, withoutResult);

/** Answers the first `times` requests for a receipt with that of another transaction. */
export const strangersReceipts = (times) =>
  changingReplies(times, isReceipt, (reply) => ({
    ...reply,
    result: reply.result && { ...reply.result, transactionHash: `0x${'ab'.repeat(32)}` },
  }));

/** Fails the first `times` requests for a receipt with an error in the body. */
export const failingReceipts = (times, code, message) => limitingCalls(times, isReceipt, code, message);

/** Answers the first `times` requests for a receipt with a status alone. */
export function receiptsWithStatus(times, status) {
  let left = times;
  return (calls, forward, response) =>
    calls.some(isReceipt) && left-- > 0 && json(response, status, { message: 'upstream unavailable' });
}

/** Drops the connection at the first `times` requests for a receipt. */
export function droppingReceipts(times) {
  let left = times;
  return (calls, forward, response) => {
    if (left <= 0 || !calls.some(isReceipt)) return false;
    left -= 1;
    response.destroy();
    return true;
  };
}
