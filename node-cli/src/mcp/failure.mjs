// Failures as tools answer with them: what the core says of its own errors, and the server of what it refuses.
// SPDX-License-Identifier: Apache-2.0
import { PeaqosError } from '../../../wasm/failure.mjs';

const exitCodes = { input: 1, network: 2, configuration: 3, interrupted: 130 };

/** What the server refuses by itself: nothing was sent. */
export const refusal = (code, message, hint = '', kind = 'input') => new PeaqosError({ kind, code, message, hint });

/** {exit_code, error} for whatever was thrown. */
export function failureOf(error) {
  const { kind, code, message, hint, sent, hashes } =
    error instanceof PeaqosError
      ? error
      : new PeaqosError({
          kind: 'network',
          code: 'INTERNAL',
          message: `something unforeseen went wrong (${error?.code ?? error?.name ?? typeof error})`,
          hint: 'What was sent is in peaqos.log: plan the same again to continue it',
          sent: 'maybe',
        });
  return { exit_code: exitCodes[kind] ?? 2, error: { code, kind, message, hint, sent, hashes } };
}
