// SPDX-License-Identifier: Apache-2.0
#include "app/signing/key_signer.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace peaqos::app {

void blindKeys(host::Random& random) {
  static bool done = false;
  if (done) return;
  Bytes seed(32);
  random.fill(seed);
  const Secret secret(std::move(seed));
  crypto::blind(secret.expose());
  done = true;
}

std::unique_ptr<evm::Signer> signerFrom(BytesView text, const std::string& source) {
  const std::string_view digits(reinterpret_cast<const char*>(text.data()), text.size());
  const bool hasLength = digits.size() == (digits.starts_with("0x") ? 66 : 64);
  auto bytes = hasLength ? fromHex(digits) : std::nullopt;
  if (!bytes) {
    throw configurationError("BAD_PRIVATE_KEY", "Invalid configuration: " + source + " is not a private key",
                             "Give 64 hexadecimal digits, with or without 0x");
  }
  const Secret secret(std::move(*bytes));
  auto key = crypto::PrivateKey::fromBytes(secret.expose());
  if (!key) {
    throw configurationError(
        "BAD_PRIVATE_KEY",
        "Invalid configuration: " + source + " is not a valid secp256k1 key (zero, or not below the curve's order)",
        "Give another key");
  }
  return std::make_unique<evm::KeySigner>(std::move(*key));
}

}  // namespace peaqos::app
