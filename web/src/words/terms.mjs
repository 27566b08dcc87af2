// The console's terms that more than one page uses: one word for one thing.
// SPDX-License-Identifier: Apache-2.0

export const terms = {
  explore: 'Explore read-only',
  leave: 'Exit read-only',
  readOnly: 'Nothing can be signed in read-only mode.',
  vaultPassphrase: 'Vault passphrase',
  activeWallet: 'Active wallet',
  journal: 'Transaction journal',
  approveFirst: 'You approve every transaction first.',
  continue: 'Continue',
  cancel: 'Cancel',
};
