// Errors of the vault, in the shape of PeaqosError: kind, code, message, hint. Their texts hold no secret.
// SPDX-License-Identifier: Apache-2.0

export const trouble = (code, message, hint = '', facts = {}) =>
  Object.assign(new Error(message), { kind: 'input', code, hint, ...facts });

export const tampered = (what) =>
  trouble(
    'TAMPERED',
    `${what} was changed by something other than this console, and is not used`,
    'Restore this browser profile from a backup, or import your wallets into a new vault',
  );
