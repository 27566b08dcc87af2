// Wallets that are there before a command runs, as the reference made them. Their phrases and keys are known to everybody.
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

const { wallets } = JSON.parse(readFileSync(new URL('../../vectors/ows/wallets.json', import.meta.url), 'utf8'));
const vector = (label) => wallets.find((row) => row.label === label);
const path = (row) => `.ows/wallets/${row.file_name}`;

/** Two wallets of the same account, the operator's: {label, id, passphrase, file}. */
export const phrase = vector('mn12-junk-i0-pypi');
export const key = vector('pk-evm-pypi');

/** A vault that lies in the folder that is compared. */
export const home = { HOME: '.' };
export const vault = { '.ows': null, '.ows/wallets': null, [path(phrase)]: phrase.file, [path(key)]: key.file };

/** A case of `wallet` with the two wallets in the vault, and the first one's passphrase in the environment. */
export const wallet = (name, words, more = {}) => ({
  name: `wallet: ${name}`,
  words: ['wallet', ...words],
  bare: true,
  stateless: true,
  ...more,
  env: { ...home, OWS_PASSPHRASE: phrase.passphrase, ...more.env },
  files: { ...vault, ...more.files },
});
