// HMAC-SHA-256, which signs news; HMAC-SHA-512 and what is built on it: the key derivation of BIP-39, BIP-32 and
// SLIP-10. By Botan.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::crypto {

// RFC 2104.
Hash256 hmacSha256(BytesView key, BytesView message);

// 64 bytes (RFC 2104).
Secret hmacSha512(BytesView key, BytesView message);

// 64 bytes of PBKDF2 with HMAC-SHA-512 (RFC 8018).
Secret pbkdf2Sha512(BytesView password, BytesView salt, std::size_t rounds);

}  // namespace peaqos::crypto
