// SPDX-License-Identifier: Apache-2.0
#include "crypto/hmac.hpp"

#include <botan_all.h>

namespace peaqos::crypto {
namespace {

constexpr std::size_t kLength = 64;

}  // namespace

Hash256 hmacSha256(BytesView key, BytesView message) {
  const auto mac = Botan::MessageAuthenticationCode::create("HMAC(SHA-256)");
  mac->set_key(key.data(), key.size());
  mac->update(message.data(), message.size());
  Hash256 out{};
  mac->final(out.data());
  return out;
}

Secret hmacSha512(BytesView key, BytesView message) {
  const auto mac = Botan::MessageAuthenticationCode::create("HMAC(SHA-512)");
  mac->set_key(key.data(), key.size());
  mac->update(message.data(), message.size());
  Bytes out(kLength);
  mac->final(out.data());
  return Secret(std::move(out));
}

Secret pbkdf2Sha512(BytesView password, BytesView salt, std::size_t rounds) {
  const auto kdf = Botan::PasswordHashFamily::create("PBKDF2(SHA-512)")->from_params(rounds);
  Bytes out(kLength);
  kdf->derive_key(out.data(), out.size(), reinterpret_cast<const char*>(password.data()), password.size(), salt.data(),
                  salt.size());
  return Secret(std::move(out));
}

}  // namespace peaqos::crypto
