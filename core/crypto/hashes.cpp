// SPDX-License-Identifier: Apache-2.0
#include "crypto/hashes.hpp"

#include <botan_all.h>

#include <memory>
#include <string>

namespace peaqos::crypto {
namespace {

// Never null: the names below are all in the build.
std::unique_ptr<Botan::HashFunction> absorbing(const std::string& name, BytesView bytes) {
  auto hash = Botan::HashFunction::create(name);
  hash->update(bytes.data(), bytes.size());
  return hash;
}

template <typename Digest>
Digest digestOf(const std::string& name, BytesView bytes) {
  Digest out;
  absorbing(name, bytes)->final(out.data());
  return out;
}

}  // namespace

Hash256 sha256(BytesView bytes) { return digestOf<Hash256>("SHA-256", bytes); }

Hash512 sha512(BytesView bytes) { return digestOf<Hash512>("SHA-512", bytes); }

Hash160 ripemd160(BytesView bytes) { return digestOf<Hash160>("RIPEMD-160", bytes); }

Bytes blake2b(BytesView bytes, std::size_t length) {
  Bytes out(length);
  absorbing("BLAKE2b(" + std::to_string(length * 8) + ")", bytes)->final(out.data());
  return out;
}

}  // namespace peaqos::crypto
