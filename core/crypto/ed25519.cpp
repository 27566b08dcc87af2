// SPDX-License-Identifier: Apache-2.0
#include "crypto/ed25519.hpp"

#include "base/secret.hpp"
#include "crypto/hashes.hpp"

namespace Botan {
// The base point times a scalar. Internal to Botan 3.7.1, whose version is pinned: its public face hashes with SHA-512
// only, and brings 240 KB of key formats along.
void ge_scalarmult_base(std::uint8_t out[32], const std::uint8_t in[32]);
}  // namespace Botan

namespace peaqos::crypto {
namespace {

// RFC 8032 section 5.1.5 from its third step on; `expanded` is the hash of the private key, of which the first half
// counts. It is overwritten.
Hash256 multiplyBase(std::span<std::uint8_t> expanded) {
  expanded[0] &= 0xF8U;
  expanded[31] = static_cast<std::uint8_t>((expanded[31] & 0x7FU) | 0x40U);
  Hash256 out;
  Botan::ge_scalarmult_base(out.data(), expanded.data());
  wipe(expanded);
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
