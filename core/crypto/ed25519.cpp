// SPDX-License-Identifier: Apache-2.0
#include "crypto/ed25519.hpp"

#include "base/secret.hpp"
#include "crypto/hashes.hpp"

extern "C" {
#include <ge25519.h>
}

namespace peaqos::crypto {
namespace {

// RFC 8032 section 5.1.5 from its third step on; `expanded` is the hash of the private key, of which the first half
// counts. It is overwritten.
Hash256 multiplyBase(std::span<std::uint8_t> expanded) {
  expanded[0] &= 0xF8U;
  expanded[31] = static_cast<std::uint8_t>((expanded[31] & 0x7FU) | 0x40U);
  ge25519 point;
  ge25519_scalarmult_base(point, expanded.data());
  wipe(expanded);
  Hash256 out;
  ge25519_tobytes(out.data(), point);
  return out;
}

}  // namespace

Hash256 ed25519PublicKey(BytesView key) {
  Hash512 expanded = sha512(key);
  return multiplyBase(expanded);
}

Hash256 ed25519Blake2bPublicKey(BytesView key) {
  Bytes expanded = blake2b(key, 64);
  return multiplyBase(expanded);
}

}  // namespace peaqos::crypto
