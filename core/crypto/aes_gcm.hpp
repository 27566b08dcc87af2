// AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce, a 128-bit tag and no additional data, by Botan: constant time, no
// tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::crypto {

using GcmNonce = std::array<std::uint8_t, 12>;
using GcmTag = std::array<std::uint8_t, 16>;

struct Sealed {
  Bytes ciphertext;  // as long as the plaintext
  GcmTag tag{};
};

// `key` has 32 bytes. A nonce must never be used twice with one key.
Sealed seal(BytesView key, const GcmNonce& nonce, BytesView plaintext);

// The plaintext; nothing when key, nonce, ciphertext and tag do not belong together.
std::optional<Secret> open(BytesView key, const GcmNonce& nonce, const Sealed& sealed);

}  // namespace peaqos::crypto
