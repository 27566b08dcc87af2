// SPDX-License-Identifier: Apache-2.0
#include "vault/derivation.hpp"

#include <array>
#include <charconv>

#include "crypto/hmac.hpp"

namespace peaqos::vault {
namespace {

void appendNumber(Bytes& to, std::uint32_t number) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) to.push_back(static_cast<std::uint8_t>(number >> shift));
}

// What a child's HMAC is made of: a private key behind a zero byte or a public key, then the child's number.
Secret childInput(BytesView key, std::uint32_t number) {
  Bytes input;
  input.reserve(37);
  if (key.size() == 32) input.push_back(0);
  append(input, key);
  appendNumber(input, number);
  return Secret(std::move(input));
}

BytesView left(const Secret& mac) { return mac.expose().first(32); }
BytesView right(const Secret& mac) { return mac.expose().subspan(32); }

}  // namespace

std::optional<Path> parsePath(std::string_view text) {
  if (!text.starts_with("m/")) return std::nullopt;
  text.remove_prefix(2);
  Path path;
  while (true) {
    std::uint32_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || number >= kHardened) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with('\'')) {
      number |= kHardened;
      text.remove_prefix(1);
    }
    path.push_back(number);
    if (text.empty()) return path;
    if (!text.starts_with('/')) return std::nullopt;
    text.remove_prefix(1);
  }
}

std::optional<crypto::PrivateKey> deriveSecp256k1(BytesView seed, const Path& path) {
  Secret mac = crypto::hmacSha512(asBytes("Bitcoin seed"), seed);
  auto key = crypto::PrivateKey::fromBytes(left(mac));
  for (const std::uint32_t number : path) {
    if (!key) return std::nullopt;
    const auto point = crypto::compressed(crypto::publicKeyOf(*key));
    const BytesView parent = number & kHardened ? key->expose() : BytesView(point);
    mac = crypto::hmacSha512(right(mac), childInput(parent, number).expose());
    key = crypto::tweakAdd(*key, left(mac));
  }
  return key;
}

std::optional<Secret> deriveEd25519(BytesView seed, const Path& path) {
  Secret mac = crypto::hmacSha512(asBytes("ed25519 seed"), seed);
  for (const std::uint32_t number : path) {
    if (!(number & kHardened)) return std::nullopt;
    mac = crypto::hmacSha512(right(mac), childInput(left(mac), number).expose());
  }
  return Secret(left(mac));
}

}  // namespace peaqos::vault
