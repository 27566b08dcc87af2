// Vaults that two programs filled: what is random about their wallets is replaced, what a vault holds is told in members
// that can be compared. A case says of what kind its wallet is: of a 'phrase' that is given, of a 'key' (then a second,
// random key comes with it), or 'new'.
// SPDX-License-Identifier: Apache-2.0
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The families whose addresses are random.
const random = { phrase: undefined, key: 'solana|ton|sui|nano|near', new: '[a-z0-9]+' };

/** A text without times, without the beginning of an id, and without random keys and addresses. */
export function steadyWallets(text, kind) {
  const steady = text
    .replace(/wallets\/[0-9a-f]{8}\.json/g, 'wallets/<8 of the id>.json')
    .replace(/\d{4}-\d\d-\d\dT[\d:]{8}\.\d+(\+00:00|Z)/g, '<time>$1')
    .replace(/("ed25519": ?")[0-9a-f]{64}/g, '$1<key>');
  const families = random[kind];
  if (!families) return steady;
  const addresses = steady
    .replace(new RegExp(`^( +(?:${families}):\\S+ \\([^)]+\\) +)\\S+ *`, 'gm'), '$1<address> ')
    .replace(
      new RegExp(`("account_id": "(?:${families}):[^:"]+:)[^"]+(",\\s+"address": ")[^"]+`, 'g'),
      '$1<address>$2<address>',
    );
  return kind === 'new' ? addresses.replace(/("peaq_address": ")\w+/g, '$1<address>') : addresses;
}

/** What stands below ~/.ows: each folder and file with its mode, and of a wallet its members without what is random. */
export function vaultIn(home, tidy, kind) {
  const found = {};
  const walk = (folder, shown) => {
    found[shown] = { mode: modeOf(folder) };
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (lstatSync(path).isDirectory()) walk(path, `${shown}/${name}`);
      else Object.assign(found, walletIn(path, `${shown}/${name}`, tidy, kind));
    }
  };
  const root = join(home, '.ows');
  if (existsSync(root)) walk(root, '.ows');
  return found;
}

const modeOf = (path) => (lstatSync(path).mode & 0o777).toString(8);

function walletIn(path, shown, tidy, kind) {
  const mode = modeOf(path);
  const wallet = JSON.parse(readFileSync(path, 'utf8'));
  if (!wallet.crypto) return { [shown]: { mode } };
  const { name, id, accounts, crypto, ...others } = wallet;
  const told = {
    mode,
    ofItsId: path.endsWith(`/${id}.json`),
    members: Object.keys(wallet).join(),
    others: tidy(JSON.stringify(others)),
    accounts: tidy(JSON.stringify(accounts, null, 2)),
    // Salt, nonce, tag and ciphertext by their length (which is random where the phrase is); all else must be the same.
    crypto: JSON.stringify(crypto)
      .replace(kind === 'new' ? /("ciphertext":)"[0-9a-f]+"/ : /$^/, '$1<digits>')
      .replace(/"([0-9a-f]{16,})"/g, (_, hex) => `${hex.length} digits`),
  };
  return { [`wallet ${name}`]: told };
}
