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
