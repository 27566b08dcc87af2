// Messages that a key signs outside of transactions (EIP-191).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace peaqos::evm {

// The digest of a personal message: keccak-256 of "\x19Ethereum Signed Message:\n", the message's length in bytes as
// decimal digits, and the message (EIP-191, version 0x45).
Hash256 personalMessageHash(std::string_view message);

}  // namespace peaqos::evm
