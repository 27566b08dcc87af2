// SPDX-License-Identifier: Apache-2.0
#include "evm/message_signer.hpp"

#include <algorithm>

#include "evm/message.hpp"

namespace peaqos::evm {

std::optional<Address> messageSigner(std::string_view message, std::string_view signature) {
  const auto bytes = fromHexExactly<65>(signature);
  if (!bytes) return std::nullopt;
  const std::uint8_t v = bytes->back();
  if (v > 1 && v != 27 && v != 28) return std::nullopt;
  crypto::Signature parts;
  std::copy_n(bytes->begin(), 32, parts.r.begin());
  std::copy_n(bytes->begin() + 32, 32, parts.s.begin());
  parts.yParity = v < 2 ? v : static_cast<std::uint8_t>(v - 27);
  const auto key = crypto::recover(personalMessageHash(message), parts);
  return key ? std::optional(addressOf(*key)) : std::nullopt;
}

}  // namespace peaqos::evm
