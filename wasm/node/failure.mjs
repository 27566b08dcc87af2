// What an error of node:http means, in the words of the core's transport: "CODE" or "CODE detail".
// SPDX-License-Identifier: Apache-2.0

const codes = {
  ENOTFOUND: 'NAME_NOT_RESOLVED',
  EAI_AGAIN: 'NAME_NOT_RESOLVED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
};

const tlsCode =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|EPROTO)/;

export function failureOf(error, proxy) {
  const code = error.code ?? '';
  if (code === 'PROXY') return `PROXY_FAILED ${error.message}`;
  if (proxy && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) return `PROXY_FAILED ${code}`;
  if (tlsCode.test(code)) return `TLS_FAILED ${error.message.split(/: (?:Host|IP)|\n/)[0]}`;
  if (code.startsWith('HPE_')) return 'TRANSPORT_FAILED the answer is not HTTP';
  return codes[code] ?? `TRANSPORT_FAILED ${code || error.message}`;
}
