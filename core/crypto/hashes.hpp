// Hash functions of key derivation and of other chains' addresses, by Botan.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"

namespace peaqos::crypto {

using Hash160 = std::array<std::uint8_t, 20>;
using Hash512 = std::array<std::uint8_t, 64>;

Hash256 sha256(BytesView bytes);  // FIPS 180-4
Hash512 sha512(BytesView bytes);  // FIPS 180-4
Hash160 ripemd160(BytesView bytes);

// BLAKE2b with a digest of `length` bytes (1 to 64), without key, salt and personalisation (RFC 7693). The length is a
// parameter of the hash: a shorter digest is not the beginning of a longer one.
Bytes blake2b(BytesView bytes, std::size_t length);

}  // namespace peaqos::crypto
