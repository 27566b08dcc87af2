// Unsigned 256-bit integers: what the EVM counts with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/json.hpp"

namespace peaqos::evm {

// A value from 0 to 2^256 - 1. Sums and products wrap around, as in the EVM.
class U256 {
 public:
  constexpr U256() = default;
  constexpr U256(std::uint64_t value) : limbs_{value, 0, 0, 0} {}  // NOLINT(google-explicit-constructor): a number

  // From decimal digits, nothing else; nothing when there are none or the value does not fit.
  static std::optional<U256> fromDecimal(std::string_view digits);
  // From "0x" and 1 to 64 hexadecimal digits (a JSON-RPC quantity, leading zeros tolerated).
  static std::optional<U256> fromQuantity(std::string_view text);
  // From at most 32 big-endian bytes.
  static std::optional<U256> fromBigEndian(BytesView bytes);

  std::string toDecimal() const;
  std::string toQuantity() const;  // "0x0", "0xd0a": no leading zeros
  Hash256 toWord() const;          // 32 bytes, big-endian
  Bytes toMinimalBytes() const;    // big-endian without leading zeros; empty for 0
  std::optional<std::uint64_t> toUint64() const;

  friend constexpr bool operator==(const U256&, const U256&) = default;
  friend std::strong_ordering operator<=>(const U256& a, const U256& b);
  friend U256 operator+(const U256& a, const U256& b);
  friend U256 operator-(const U256& a, const U256& b);
  friend U256 operator*(const U256& a, const U256& b);

  struct Division;
  // The divisor must not be 0.
  Division divideBySmall(std::uint64_t divisor) const;

 private:
  std::array<std::uint64_t, 4> limbs_{};  // least significant first
};

struct U256::Division {
  U256 quotient;
  std::uint64_t remainder;
};

// A JSON integer with all digits.
Json toJson(const U256& value);

}  // namespace peaqos::evm
