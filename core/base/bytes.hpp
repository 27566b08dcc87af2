// Byte strings and their hexadecimal text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peaqos {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using Hash256 = std::array<std::uint8_t, 32>;

// The bytes of a text, without a copy. The text must outlive the view.
inline BytesView asBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The text that the bytes spell, copied. No encoding is checked.
inline std::string asText(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

void append(Bytes& to, BytesView bytes);

// Lower-case hexadecimal digits, two a byte, without prefix.
std::string toHex(BytesView bytes);

// As toHex(), behind "0x": the form of JSON-RPC data (Ethereum JSON-RPC, "Unformatted data").
std::string toHex0x(BytesView bytes);

// Parses an even number of hexadecimal digits of either case, with or without "0x"; nothing else is accepted.
std::optional<Bytes> fromHex(std::string_view text);

// As fromHex(), for a fixed number of bytes.
template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> fromHexExactly(std::string_view text) {
  const auto bytes = fromHex(text);
  if (!bytes || bytes->size() != N) return std::nullopt;
  std::array<std::uint8_t, N> out{};
  for (std::size_t i = 0; i < N; ++i) out[i] = (*bytes)[i];
  return out;
}

}  // namespace peaqos
