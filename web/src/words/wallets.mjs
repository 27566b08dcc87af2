// Texts of pages about wallets.
// SPDX-License-Identifier: Apache-2.0

export const passphraseWords = {
  again: 'Enter it once more',
  same: 'The passphrase that you just chose for the vault protects this wallet too.',
};
