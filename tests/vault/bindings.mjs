// The two OWS bindings behind one face: the npm package, and the Python package that the reference installs.
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { installReference } from '../conformance/reference.mjs';

// The binding's own program: `@open-wallet-standard/core` only picks it, and names platforms that the registry lacks.
const npm = createRequire(import.meta.url)('@open-wallet-standard/core-linux-x64-gnu');
const script = fileURLToPath(new URL('call_ows.py', import.meta.url));

/** Each: importMnemonic(name, phrase, passphrase, vault), importKey(...), export(...), sign(...), list(vault), rename(...). */
export function bindings() {
  const python = join(dirname(installReference()[0]), 'python');
  const call = (name, ...args) =>
    JSON.parse(execFileSync(python, [script, name, JSON.stringify(args)], { stdio: 'pipe' }));
  return {
    npm: {
      importMnemonic: (name, phrase, passphrase, vault) => npm.importWalletMnemonic(name, phrase, passphrase, 0, vault),
      importKey: (name, key, passphrase, vault) => npm.importWalletPrivateKey(name, key, passphrase, vault, 'eip155:1'),
      export: (name, passphrase, vault) => npm.exportWallet(name, passphrase, vault),
      sign: (name, text, passphrase, vault) =>
        npm.signMessage(name, 'eip155:1', text, passphrase, 'utf8', 0, vault).signature,
      list: (vault) => npm.listWallets(vault).map(({ id, name, accounts }) => ({ id, name, accounts })),
      rename: (name, to, vault) => npm.renameWallet(name, to, vault),
    },
    PyPI: {
      importMnemonic: (name, phrase, passphrase, vault) =>
        call('import_wallet_mnemonic', name, phrase, passphrase, 0, vault),
      importKey: (name, key, passphrase, vault) =>
        call('import_wallet_private_key', name, key, 'eip155:1', passphrase, vault),
      export: (name, passphrase, vault) => call('export_wallet', name, passphrase, vault),
      sign: (name, text, passphrase, vault) =>
        call('sign_message', name, 'eip155:1', text, passphrase, 'utf8', 0, vault).signature,
      list: (vault) => call('list_wallets', vault).map(({ id, name, accounts }) => ({ id, name, accounts })),
      rename: (name, to, vault) => call('rename_wallet', name, to, vault),
    },
  };
}
