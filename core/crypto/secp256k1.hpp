// ECDSA over secp256k1, by libsecp256k1.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::crypto {

// A private key: a number from 1 to the curve's order less one. Secret; it cannot be copied or printed.
class PrivateKey {
 public:
  // From 32 big-endian bytes; nothing when the number is out of range.
  static std::optional<PrivateKey> fromBytes(BytesView bytes);
  BytesView expose() const { return secret_.expose(); }

 private:
  explicit PrivateKey(Secret secret) : secret_(std::move(secret)) {}
  Secret secret_;
};

// The coordinates x and y, big-endian, 32 bytes each.
using PublicKey = std::array<std::uint8_t, 64>;

// A recoverable signature; s is in the lower half of the order (EIP-2).
struct Signature {
  Hash256 r{};
  Hash256 s{};
  std::uint8_t yParity = 0;  // 0 or 1
};

PublicKey publicKeyOf(const PrivateKey& key);

// The point in its short form: 2 or 3 by the parity of y, then x (SEC 1, section 2.3.3).
std::array<std::uint8_t, 33> compressed(const PublicKey& key);

// The key plus a number, modulo the order: a child key of BIP-32. Nothing when the number is not below the order or
// the sum is zero.
std::optional<PrivateKey> tweakAdd(const PrivateKey& key, BytesView tweak);

// Signs a digest; the nonce is the deterministic one of RFC 6979.
Signature sign(const PrivateKey& key, const Hash256& digest);

// The key that made the signature; nothing when no key can have.
std::optional<PublicKey> recover(const Hash256& digest, const Signature& signature);

// Blinds the computations with the secret key against side channels; the results stay the same. 32 random bytes.
void blind(BytesView seed);

}  // namespace peaqos::crypto
