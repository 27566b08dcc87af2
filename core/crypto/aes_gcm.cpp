// SPDX-License-Identifier: Apache-2.0
#include "crypto/aes_gcm.hpp"

#include <botan_all.h>

#include <algorithm>

namespace peaqos::crypto {
namespace {

std::unique_ptr<Botan::AEAD_Mode> cipher(Botan::Cipher_Dir direction, BytesView key, const GcmNonce& nonce) {
  auto mode = Botan::AEAD_Mode::create("AES-256/GCM", direction);
  mode->set_key(key.data(), key.size());
  mode->start(nonce.data(), nonce.size());
  return mode;
}

}  // namespace

Sealed seal(BytesView key, const GcmNonce& nonce, BytesView plaintext) {
  Botan::secure_vector<std::uint8_t> buffer(plaintext.begin(), plaintext.end());
  cipher(Botan::Cipher_Dir::Encryption, key, nonce)->finish(buffer);
  Sealed out;
  const auto end = buffer.end() - static_cast<std::ptrdiff_t>(out.tag.size());
  out.ciphertext.assign(buffer.begin(), end);
  std::copy(end, buffer.end(), out.tag.begin());
  return out;
}

std::optional<Secret> open(BytesView key, const GcmNonce& nonce, const Sealed& sealed) {
  Botan::secure_vector<std::uint8_t> buffer(sealed.ciphertext.begin(), sealed.ciphertext.end());
  buffer.insert(buffer.end(), sealed.tag.begin(), sealed.tag.end());
  try {
    cipher(Botan::Cipher_Dir::Decryption, key, nonce)->finish(buffer);
  } catch (const Botan::Invalid_Authentication_Tag&) {
    return std::nullopt;
  }
  return Secret(BytesView(buffer));
}

}  // namespace peaqos::crypto
