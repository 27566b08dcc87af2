// What an error of node:http means, in the words of the core's transport: "CODE" or "CODE detail". The details are those
// of native/src/curl_transport.cpp.
// SPDX-License-Identifier: Apache-2.0

const codes = {
  ENOTFOUND: 'NAME_NOT_RESOLVED',
  EAI_AGAIN: 'NAME_NOT_RESOLVED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  HPE_INVALID_CHUNK_SIZE: 'CONNECTION_RESET', // as curl says it: the rest of the answer is lost
};

const connecting = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name is not known',
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
};

// Why there is no connection, or undefined when the error is another one.
function connectionProblem(error) {
  if (error instanceof AggregateError) return connectionProblem(error.errors[0]); // one for each address of a name
  return connecting[error.code] ?? (error.syscall === 'connect' ? 'no connection' : undefined);
}

export const proxyError = (words) => Object.assign(new Error(words), { code: 'PROXY' });

// The words for an error while a tunnel is asked of a proxy.
export const tunnelProblem = (error) => connectionProblem(error) ?? 'it gave no answer';

const handshake = /^(ERR_SSL|ERR_OSSL|EPROTO)/;
const verification = /^(ERR_TLS|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

const certificates = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
  // OpenSSL's last word on it, where curl tells the first.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to get local issuer certificate',
};

// `handshaking`: the connection was made, but is not secure yet.
export function failureOf(error, { proxy, handshaking } = {}) {
  const code = error.code ?? '';
  if (code === 'PROXY') return `PROXY_FAILED ${error.message}`;
  // URL takes less than the core does: "[:::]", "256.256.256.256".
  if (code === 'ERR_INVALID_URL') return error.input.includes('[') ? 'BAD_URL' : 'NAME_NOT_RESOLVED';
  const problem = connectionProblem(error);
  if (problem && proxy) return `PROXY_FAILED ${problem}`;
  if (handshake.test(code) || (handshaking && codes[code] === 'CONNECTION_RESET'))
    return 'TLS_FAILED the handshake failed';
  if (verification.test(code)) return `TLS_FAILED ${certificates[code] ?? error.message.split(';')[0]}`;
  if (codes[code]) return codes[code];
  if (code.startsWith('HPE_')) return 'TRANSPORT_FAILED the answer is not HTTP';
  return `TRANSPORT_FAILED ${problem ?? (code || error.message)}`;
}
