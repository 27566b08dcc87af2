// What must come of a fault: exit code 2 and a line, unless one of these rows says otherwise.
// SPDX-License-Identifier: Apache-2.0

/** Faults that a command is right to pass over: request, fault and the reason. */
const harmless = [
  [
    /^chain \S+ and \d+ more$/,
    /^(HTTP 500|an empty body|not JSON|JSON of another type)$/,
    'an endpoint that refuses an array gets smaller ones',
  ],
  [/^chain \S+ and \d+ more$/, /answers timestamp/, 'times are compared with the host clock as well'],
  [/^mcr \/machine/, /data_api/, 'an attribute that a machine may lack is left out'],
  [/^station \/2fa\/setup/, /ownerAddress|qrImageUrl/, 'the otpauth URI is all that is needed'],
  [/^station \/2fa\/confirm/, /^data/, 'its code says all'],
  [/^station \/faucet\/fund/, /fundedAmount/, 'the chain says what has arrived'],
];

const otherChain = /chain 3338, but PEAQOS_NETWORK testnet is chain 9990; nothing was sent/;

/** {code, says, warning}. */
export function expectation({ subject, request, fault }) {
  const says = fault.wrongChain ? otherChain : (fault.says ?? /./);
  if (subject.onlyWarns || (subject.warnsOfChain && fault.wrongChain)) return { code: 0, warning: true, says };
  if (fault.wrongChain) return { code: 3, says };
  if (fault.code === 0 || harmless.some(([name, what]) => name.test(request.name) && what.test(fault.name)))
    return { code: 0 };
  return { code: 2, says };
}
