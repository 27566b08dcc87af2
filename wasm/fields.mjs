// The core's hints speak of the command's options; callers of an operation know its members.
// SPDX-License-Identifier: Apache-2.0

// Members that are not spelt as their option is.
const members = {
  '--daily-limit': 'dailySpendLimit',
  '--identity-key-file': 'identityKey',
  '--identity-signature-file': "an answer to the question 'signature'",
  '--orchestration-url': 'PEAQOS_ORCHESTRATION_URL',
  '--pairing-token-file': 'pairingToken',
  '--per-tx-limit': 'perTransactionLimit',
};

const camelCase = (option) => option.slice(2).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

/** A hint with each option's name replaced by that of the member which stands for it. */
export const inMembers = (hint) =>
  hint.replace(/(?<![\w-])--[a-z]+(?:-[a-z]+)*/g, (option) => members[option] ?? camelCase(option));
