// An account of which only the address is known: for plans, which sign nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"
#include "evm/signer.hpp"

namespace peaqos::app {

class AddressAlone : public evm::Signer {
 public:
  explicit AddressAlone(evm::Address address) : address_(address) {}
  evm::Address address() const override { return address_; }
  PEAQOS_CORO_WRAPPER Task<void> unlock() override { throw noKey(); }

 private:
  static Error noKey() { return inputError("NO_KEY", "a plan signs nothing"); }
  PEAQOS_CORO_WRAPPER Task<crypto::Signature> signDigest(Hash256) override { throw noKey(); }

  evm::Address address_;
};

}  // namespace peaqos::app
