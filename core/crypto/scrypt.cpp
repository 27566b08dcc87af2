// SPDX-License-Identifier: Apache-2.0
#include "crypto/scrypt.hpp"

#include <botan_all.h>

#include <exception>

namespace peaqos::crypto {

std::optional<Secret> scrypt(BytesView passphrase, BytesView salt, const ScryptCost& cost) {
  Bytes out(32);
  try {
    // Its work memory is a secure_vector: Botan overwrites it before it is given back.
    const auto kdf = Botan::PasswordHashFamily::create("Scrypt")->from_params(
        static_cast<std::size_t>(cost.n), static_cast<std::size_t>(cost.r), static_cast<std::size_t>(cost.p));
    kdf->derive_key(out.data(), out.size(), reinterpret_cast<const char*>(passphrase.data()), passphrase.size(),
                    salt.data(), salt.size());
  } catch (const std::exception&) {
    return std::nullopt;  // std::bad_alloc, or a cost that Botan refuses
  }
  return Secret(std::move(out));
}

}  // namespace peaqos::crypto
