// SPDX-License-Identifier: Apache-2.0
#include "crypto/secp256k1.hpp"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>
#include <memory>

namespace peaqos::crypto {
namespace {

secp256k1_context* context() {
  static const std::unique_ptr<secp256k1_context, decltype(&secp256k1_context_destroy)> shared(
      secp256k1_context_create(SECP256K1_CONTEXT_NONE), &secp256k1_context_destroy);
  return shared.get();
}

PublicKey serialize(const secp256k1_pubkey& key) {
  std::array<std::uint8_t, 65> tagged{};  // 0x04, x, y
  std::size_t size = tagged.size();
  secp256k1_ec_pubkey_serialize(context(), tagged.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
  PublicKey out;
  std::copy(tagged.begin() + 1, tagged.end(), out.begin());
  return out;
}

}  // namespace

std::optional<PrivateKey> PrivateKey::fromBytes(BytesView bytes) {
  if (bytes.size() != 32 || secp256k1_ec_seckey_verify(context(), bytes.data()) != 1) return std::nullopt;
  return PrivateKey(Secret(bytes));
}

PublicKey publicKeyOf(const PrivateKey& key) {
  secp256k1_pubkey point;
  // Cannot fail: a PrivateKey is in range.
  static_cast<void>(secp256k1_ec_pubkey_create(context(), &point, key.expose().data()));
  return serialize(point);
}

std::array<std::uint8_t, 33> compressed(const PublicKey& key) {
  std::array<std::uint8_t, 33> out{};
  out[0] = static_cast<std::uint8_t>(2 + (key[63] & 1U));
  std::copy(key.begin(), key.begin() + 32, out.begin() + 1);
  return out;
}

std::optional<PrivateKey> tweakAdd(const PrivateKey& key, BytesView tweak) {
  Bytes sum(key.expose().begin(), key.expose().end());
  const bool valid = tweak.size() == 32 && secp256k1_ec_seckey_tweak_add(context(), sum.data(), tweak.data()) == 1;
  const Secret result(std::move(sum));
  return valid ? PrivateKey::fromBytes(result.expose()) : std::nullopt;
}

Signature sign(const PrivateKey& key, const Hash256& digest) {
  secp256k1_ecdsa_recoverable_signature made;
  static_cast<void>(
      secp256k1_ecdsa_sign_recoverable(context(), &made, digest.data(), key.expose().data(), nullptr, nullptr));
  std::array<std::uint8_t, 64> compact{};
  int parity = 0;
  secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), compact.data(), &parity, &made);
  Signature out;
  std::copy(compact.begin(), compact.begin() + 32, out.r.begin());
  std::copy(compact.begin() + 32, compact.end(), out.s.begin());
  out.yParity = static_cast<std::uint8_t>(parity & 1);
  return out;
}

std::optional<PublicKey> recover(const Hash256& digest, const Signature& signature) {
  std::array<std::uint8_t, 64> compact{};
  std::ranges::copy(signature.r, compact.begin());
  std::ranges::copy(signature.s, compact.begin() + 32);
  secp256k1_ecdsa_recoverable_signature parsed;
  secp256k1_pubkey point;
  if (signature.yParity > 1 ||
      secp256k1_ecdsa_recoverable_signature_parse_compact(context(), &parsed, compact.data(), signature.yParity) != 1 ||
      secp256k1_ecdsa_recover(context(), &point, &parsed, digest.data()) != 1) {
    return std::nullopt;
  }
  return serialize(point);
}

void blind(BytesView seed) { static_cast<void>(secp256k1_context_randomize(context(), seed.data())); }

}  // namespace peaqos::crypto
