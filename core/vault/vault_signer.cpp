// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_signer.hpp"

#include <utility>

#include "base/error.hpp"
#include "vault/open_wallet.hpp"

namespace peaqos::vault {

VaultSigner::VaultSigner(WalletFile wallet, PassphraseSource passphrase)
    : wallet_(std::move(wallet)), passphrase_(std::move(passphrase)) {
  const Account* account = evmAccount(wallet_);
  const auto address = account ? evm::parseAddress(account->address) : std::nullopt;
  if (!address) {
    throw configurationError("WALLET_WITHOUT_ACCOUNT", "wallet " + quotedName(wallet_) + " has no EVM address",
                             "Choose another one: peaqos wallet list shows them");
  }
  address_ = *address;
}

Task<void> VaultSigner::unlock() {
  if (key_) co_return;
  const Secret passphrase = co_await passphrase_();
  try {
    key_ = openEvmKey(wallet_, passphrase.expose());
  } catch (Error& error) {
    error.kind = ErrorKind::Configuration;  // who signs is a setting, and so is what is wrong with it
    throw;
  }
}

Task<crypto::Signature> VaultSigner::signDigest(Hash256 digest) { co_return crypto::sign(*key_, digest); }

}  // namespace peaqos::vault
