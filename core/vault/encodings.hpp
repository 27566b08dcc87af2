// How other chains spell their addresses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace peaqos::vault {

inline constexpr std::string_view kBitcoinBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
inline constexpr std::string_view kXrplBase58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

// Base 58; each leading zero byte is the alphabet's first letter.
std::string base58(BytesView bytes, std::string_view alphabet);

// Base 58 of the payload and the first four bytes of its double SHA-256.
std::string base58Check(BytesView payload, std::string_view alphabet);

// The bits of the bytes in groups of five, the last one filled with zeros.
Bytes fiveBitGroups(BytesView bytes);

// The alphabet's letters for groups of five bits.
std::string spell(BytesView groups, std::string_view alphabet);

// BIP-173: prefix, separator, groups, checksum.
std::string bech32(std::string_view prefix, BytesView groups);

// RFC 4648 section 5 without padding.
std::string base64Url(BytesView bytes);

// CRC-16 with polynomial 0x1021 from 0, big-endian.
std::array<std::uint8_t, 2> crc16(BytesView bytes);

}  // namespace peaqos::vault
