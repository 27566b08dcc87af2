// The one error that operations reject with.
// SPDX-License-Identifier: Apache-2.0
export class PeaqosError extends Error {
  name = 'PeaqosError';

  constructor({ kind, code, message, hint, sent = 'nothing', hashes = [] }) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.hint = hint;
    this.sent = sent;
    this.hashes = hashes;
  }
}

/** A member of a request that cannot be taken; `name` is the caller's own name for it. */
export const badField = (name, problem, hint = '') =>
  new PeaqosError({ kind: 'input', code: 'BAD_FIELD', message: `${name} ${problem}`, hint });
