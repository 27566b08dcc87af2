// Account addresses and their text (EIP-55).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/secp256k1.hpp"

namespace peaqos::evm {

struct Address {
  std::array<std::uint8_t, 20> bytes{};
  friend auto operator<=>(const Address&, const Address&) = default;
};

// From "0x" and 40 hexadecimal digits of any letter case; the checksum of mixed case is not checked.
std::optional<Address> parseAddress(std::string_view text);

// "0x" and 40 digits whose letter case is the checksum of EIP-55.
std::string toChecksum(const Address& address);

// The address of a key: the last 20 bytes of the public key's keccak-256.
Address addressOf(const crypto::PublicKey& key);

// "0xf39F...2266"; a text of less than 10 characters is left as it is (docs/commands.md#layout).
std::string shortAddress(std::string_view text);

}  // namespace peaqos::evm
