// SPDX-License-Identifier: Apache-2.0
#include "vault/open_wallet.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/address.hpp"
#include "vault/envelope.hpp"

namespace peaqos::vault {
namespace {

Error bad(const WalletFile& wallet, const std::string& problem) {
  return inputError("BAD_WALLET_FILE", "wallet " + quotedName(wallet) + " cannot sign: " + problem,
                    "Import its secret into a new wallet");
}

Secret decrypt(const WalletFile& wallet, BytesView passphrase) {
  if (wallet.version > kVersion) {
    throw inputError("WALLET_TOO_NEW",
                     "the file of wallet " + quotedName(wallet) + " has version " + std::to_string(wallet.version) +
                         ", and this program knows version " + std::to_string(kVersion),
                     "Use the program that made it");
  }
  return openEnvelope(wallet.json["crypto"], passphrase, quotedName(wallet));
}

// The key at the account's path. Throws when its address is not the account's.
crypto::PrivateKey keyOf(const WalletFile& wallet, const Account& account, const Keys& keys) {
  auto key = evmKeyOf(keys, account.derivationPath);
  if (!key) throw bad(wallet, "'" + printable(account.derivationPath) + "' is no derivation path");
  const auto stored = evm::parseAddress(account.address);
  const evm::Address derived = evm::addressOf(crypto::publicKeyOf(*key));
  if (stored == derived) return std::move(*key);
  throw inputError("WALLET_MISMATCH",
                   "wallet " + quotedName(wallet) + " says that its address is " + printable(account.address) +
                       ", but its secret belongs to " + evm::toChecksum(derived),
                   "The file was tampered with or damaged: restore it from a copy");
}

}  // namespace

std::string quotedName(const WalletFile& wallet) { return "'" + printable(wallet.name) + "'"; }

Secret openWallet(const WalletFile& wallet, BytesView passphrase) {
  Secret secret = decrypt(wallet, passphrase);
  const auto keys = readPlaintext(wallet.keyType, secret.expose());
  if (const Account* account = evmAccount(wallet); keys && account) keyOf(wallet, *account, *keys);
  return secret;
}

crypto::PrivateKey openEvmKey(const WalletFile& wallet, BytesView passphrase) {
  const Account* account = evmAccount(wallet);
  if (!account) throw bad(wallet, "it has no EVM account");
  const Secret secret = decrypt(wallet, passphrase);
  const auto keys = readPlaintext(wallet.keyType, secret.expose());
  if (!keys) throw bad(wallet, "its secret is neither a mnemonic phrase nor a key");
  return keyOf(wallet, *account, *keys);
}

}  // namespace peaqos::vault
