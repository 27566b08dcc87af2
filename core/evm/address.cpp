// SPDX-License-Identifier: Apache-2.0
#include "evm/address.hpp"

#include <algorithm>

#include "crypto/keccak.hpp"

namespace peaqos::evm {

std::optional<Address> parseAddress(std::string_view text) {
  if (!text.starts_with("0x")) return std::nullopt;
  const auto bytes = fromHexExactly<20>(text);
  return bytes ? std::optional(Address{*bytes}) : std::nullopt;
}

std::string toChecksum(const Address& address) {
  std::string text = toHex(address.bytes);
  const Hash256 hash = crypto::keccak256(asBytes(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
    if (nibble >= 8 && text[i] >= 'a') text[i] = static_cast<char>(text[i] - 'a' + 'A');
  }
  return "0x" + text;
}

Address addressOf(const crypto::PublicKey& key) {
  const Hash256 hash = crypto::keccak256(key);
  Address address;
  std::copy(hash.begin() + 12, hash.end(), address.bytes.begin());
  return address;
}

std::string shortAddress(std::string_view text) {
  if (text.size() < 10) return std::string(text);
  const std::size_t head = text.starts_with("0x") ? 6 : 4;
  return std::string(text.substr(0, head)) + "..." + std::string(text.substr(text.size() - 4));
}

}  // namespace peaqos::evm
