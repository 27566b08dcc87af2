// Errors of operations.
// SPDX-License-Identifier: Apache-2.0

/** What kind of trouble an error is; a command line ends with 1, 2, 3 or 130 for it. */
export type ErrorKind = 'input' | 'network' | 'configuration' | 'interrupted';

/** The one error that operations reject with. Its texts hold no secret. */
export class PeaqosError extends Error {
  readonly name: 'PeaqosError';
  readonly kind: ErrorKind;
  /** Stable word for programs, e.g. "INSUFFICIENT_FUNDS", or a contract's error, e.g. "MachineNotBonded". */
  readonly code: string;
  /** What to do next; may be empty. */
  readonly hint: string;
  /**
   * Whether transactions of the operation left for a node before it failed: "maybe" when signed bytes left and no node
   * answered for them. Only this field says so, neither the kind nor the text.
   */
  readonly sent: 'nothing' | 'maybe' | 'yes';
  /** Hashes of the transactions that `sent` speaks of. */
  readonly hashes: readonly string[];
}
