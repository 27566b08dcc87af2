// scrypt (RFC 7914), by Botan.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::crypto {

struct ScryptCost {
  std::uint64_t n = 0;  // a power of two
  std::uint64_t r = 0;
  std::uint64_t p = 0;
};

// 32 bytes. Takes 128 * n * r bytes of memory for a while, which are overwritten afterwards. Nothing when there is not
// so much memory, or when the cost is outside of what Botan takes (n to 2^22, r to 256, p to 1024).
std::optional<Secret> scrypt(BytesView passphrase, BytesView salt, const ScryptCost& cost);

}  // namespace peaqos::crypto
