// Who signs: one interface for raw keys and vault wallets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "base/task.hpp"
#include "crypto/secp256k1.hpp"
#include "evm/address.hpp"
#include "evm/transaction.hpp"

namespace peaqos::evm {

// r, s and v (27 or 28), as wallets exchange signatures of messages (EIP-191).
using MessageSignature = std::array<std::uint8_t, 65>;

class Signer {
 public:
  virtual ~Signer() = default;
  virtual Address address() const = 0;

  // What its owner calls it; empty for a bare key.
  virtual std::string name() const { return {}; }

  // Whether unlock() would ask a person for something.
  virtual bool locked() const { return false; }

  // Makes ready to sign: asks for what unlocks the key, once. Called before anything is spent, so that a wrong
  // passphrase costs nothing. Throws Error (Configuration).
  virtual Task<void> unlock() = 0;

  // Signs an EIP-1559 transaction. Unlocks first where that has not been done.
  Task<SignedTransaction> sign(Transaction transaction);

  // Signs a personal message (EIP-191, version 0x45).
  Task<MessageSignature> signMessage(std::string message);

 private:
  virtual Task<crypto::Signature> signDigest(Hash256 digest) = 0;
};

// Signs with a private key held in memory.
class KeySigner : public Signer {
 public:
  explicit KeySigner(crypto::PrivateKey key);
  Address address() const override { return address_; }
  Task<void> unlock() override;

 private:
  Task<crypto::Signature> signDigest(Hash256 digest) override;

  crypto::PrivateKey key_;
  Address address_;
};

}  // namespace peaqos::evm
