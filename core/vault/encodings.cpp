// SPDX-License-Identifier: Apache-2.0
#include "vault/encodings.hpp"

#include <algorithm>

#include "crypto/hashes.hpp"

namespace peaqos::vault {
namespace {

constexpr std::string_view kBech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::string_view kBase64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The bits of the bytes in groups of `size`, the last one filled with zeros.
Bytes regroup(BytesView bytes, unsigned size) {
  Bytes groups;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = pending << 8U | byte;
    for (bits += 8; bits >= size; bits -= size) {
      groups.push_back(static_cast<std::uint8_t>(pending >> (bits - size) & ((1U << size) - 1)));
    }
    pending &= (1U << bits) - 1;
  }
  if (bits > 0) groups.push_back(static_cast<std::uint8_t>(pending << (size - bits)));
  return groups;
}

// BIP-173, "Checksum".
std::uint32_t polymod(BytesView values) {
  constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  std::uint32_t sum = 1;
  for (const std::uint8_t value : values) {
    const std::uint32_t top = sum >> 25U;
    sum = (sum & 0x1ffffffU) << 5U ^ value;
    for (unsigned i = 0; i < 5; ++i) sum ^= (top >> i & 1U) ? kGenerator[i] : 0;
  }
  return sum;
}

}  // namespace

std::string base58(BytesView bytes, std::string_view alphabet) {
  Bytes digits;  // least significant first
  for (const std::uint8_t byte : bytes) {
    unsigned carry = byte;
    for (std::uint8_t& digit : digits) {
      carry += digit * 256U;
      digit = static_cast<std::uint8_t>(carry % 58);
      carry /= 58;
    }
    for (; carry > 0; carry /= 58) digits.push_back(static_cast<std::uint8_t>(carry % 58));
  }
  for (const std::uint8_t byte : bytes) {
    if (byte != 0) break;
    digits.push_back(0);
  }
  std::ranges::reverse(digits);
  return spell(digits, alphabet);
}

std::string base58Check(BytesView payload, std::string_view alphabet) {
  Bytes whole(payload.begin(), payload.end());
  const Hash256 checksum = crypto::sha256(crypto::sha256(payload));
  append(whole, BytesView(checksum).first(4));
  return base58(whole, alphabet);
}

Bytes fiveBitGroups(BytesView bytes) { return regroup(bytes, 5); }

std::string spell(BytesView groups, std::string_view alphabet) {
  std::string text;
  for (const std::uint8_t group : groups) text += alphabet[group];
  return text;
}

std::string bech32(std::string_view prefix, BytesView groups) {
  Bytes values;
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(c) >> 5U);
  values.push_back(0);
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(c) & 31U);
  append(values, groups);
  values.resize(values.size() + 6);
  const std::uint32_t sum = polymod(values) ^ 1U;
  Bytes checksum;
  for (unsigned i = 0; i < 6; ++i) checksum.push_back(static_cast<std::uint8_t>(sum >> 5 * (5 - i) & 31U));
  return std::string(prefix) + "1" + spell(groups, kBech32Alphabet) + spell(checksum, kBech32Alphabet);
}

std::string base64Url(BytesView bytes) { return spell(regroup(bytes, 6), kBase64UrlAlphabet); }

std::array<std::uint8_t, 2> crc16(BytesView bytes) {
  unsigned sum = 0;
  for (const std::uint8_t byte : bytes) {
    sum ^= static_cast<unsigned>(byte) << 8U;
    for (int bit = 0; bit < 8; ++bit) sum = sum & 0x8000U ? sum << 1U ^ 0x1021U : sum << 1U;
  }
  return {static_cast<std::uint8_t>(sum >> 8U), static_cast<std::uint8_t>(sum)};
}

}  // namespace peaqos::vault
