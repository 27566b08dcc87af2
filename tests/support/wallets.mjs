// OWS wallets for tests: keys imported into a vault of their own.
// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands.mjs';

/** Imports a key into the vault of a folder, as `name`; gives the variables with which commands sign with it. */
export async function newWallet(folder, key, name = 'buyer', command = 'peaqos-native') {
  const keys = mkdtempSync(join(tmpdir(), 'peaqos-key-'));
  const path = join(keys, 'key');
  writeFileSync(path, key, { mode: 0o600 });
  const env = { HOME: folder, OWS_PASSPHRASE: 'a passphrase for tests' };
  try {
    const { code, stderr } = await run(command, ['wallet', 'import', name, '--private-key-file', path], {
      cwd: folder,
      env,
    });
    if (code !== 0) throw new Error(`the wallet was not imported: ${stderr}`);
  } finally {
    rmSync(keys, { recursive: true, force: true });
  }
  return { ...env, PEAQOS_OWS_WALLET: name };
}
