// Transactions read back from their bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "evm/transaction.hpp"

namespace peaqos::evm {

// What unsignedPayload() has written; nothing for any other bytes, one field in a longer form included.
std::optional<Transaction> readUnsigned(BytesView payload);

// What attachSignature() has written, and who signed it; nothing for any other bytes.
struct ReadSigned {
  Transaction transaction;
  Address sender;
  Hash256 hash{};
  crypto::Signature signature = {};
};
std::optional<ReadSigned> readSigned(BytesView raw);

}  // namespace peaqos::evm
