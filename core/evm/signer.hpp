// Who signs: one interface for raw keys and vault wallets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.hpp"
#include "crypto/secp256k1.hpp"
#include "evm/address.hpp"
#include "evm/transaction.hpp"

namespace peaqos::evm {

class Signer {
 public:
  virtual ~Signer() = default;
  virtual Address address() const = 0;
  // Signs an EIP-1559 transaction. May ask the user to unlock what holds the key.
  virtual Task<SignedTransaction> sign(const Transaction& transaction) = 0;
};

// Signs with a private key held in memory.
class KeySigner : public Signer {
 public:
  explicit KeySigner(crypto::PrivateKey key);
  Address address() const override { return address_; }
  Task<SignedTransaction> sign(const Transaction& transaction) override;

 private:
  crypto::PrivateKey key_;
  Address address_;
};

}  // namespace peaqos::evm
