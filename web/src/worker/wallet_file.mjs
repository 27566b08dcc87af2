// A wallet file that came from elsewhere: kept as it is, once its passphrase has opened it.
// SPDX-License-Identifier: Apache-2.0
import { trouble } from '../vault/trouble.mjs';
import { passphraseId } from './wallet_passphrases.mjs';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function headOf(bytes) {
  try {
    const { id, name } = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    if (uuid.test(id) && typeof name === 'string') return { id, name };
  } catch {
    // Said below, as for any other file that is none.
  }
  throw trouble('BAD_WALLET_FILE', 'this is not a wallet file', 'Choose a .json of ~/.ows/wallets, or an export');
}

/** Adds {bytes, passphrase} to the wallets; resolves to the wallet as showWallet tells it. */
export async function addWalletFile({ bytes, passphrase }, { files, records, call }) {
  const { id, name } = headOf(bytes);
  const taken = (await call('listWallets', {})).find((wallet) => wallet.id === id || wallet.name === name);
  if (taken)
    throw taken.id === id
      ? trouble('WALLET_EXISTS', `the wallet ${name} is here already`, 'There is nothing to import')
      : trouble(
          'NAME_TAKEN',
          `another wallet is called ${name}`,
          'Rename one of them with the command, then import it',
        );
  const path = `.ows/wallets/${id}.json`;
  for (const folder of ['.ows', '.ows/wallets']) await files.makePrivateFolder(folder);
  await files.createFile(path, bytes, 0o600);
  try {
    await call('exportWallet', { wallet: id }, () => passphrase);
  } catch (error) {
    await files.removeFile(path);
    throw error;
  }
  await records.put(passphraseId(id), new TextEncoder().encode(passphrase), 0o600);
  return call('showWallet', { wallet: id });
}
