// Signs with a wallet of the vault.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/task_function.hpp"
#include "evm/signer.hpp"
#include "vault/wallet_file.hpp"

namespace peaqos::vault {

// The passphrase, from wherever the user keeps it.
using PassphraseSource = TaskFunction<Task<Secret>()>;

// Decrypts the wallet once, when it is first needed, and keeps the 32 bytes of its EVM key alone.
class VaultSigner : public evm::Signer {
 public:
  // Throws Error (Configuration) WALLET_WITHOUT_ACCOUNT when the wallet has no EVM address.
  VaultSigner(WalletFile wallet, PassphraseSource passphrase);

  evm::Address address() const override { return address_; }
  std::string name() const override { return wallet_.name; }
  bool locked() const override { return !key_; }
  Task<void> unlock() override;

 private:
  Task<crypto::Signature> signDigest(Hash256 digest) override;

  WalletFile wallet_;
  PassphraseSource passphrase_;
  evm::Address address_;
  std::optional<crypto::PrivateKey> key_;
};

}  // namespace peaqos::vault
