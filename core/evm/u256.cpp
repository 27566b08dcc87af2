// SPDX-License-Identifier: Apache-2.0
#include "evm/u256.hpp"

#include <algorithm>
#include <limits>

namespace peaqos::evm {
namespace {

__extension__ using Wide = unsigned __int128;  // a product of two limbs

}  // namespace

std::optional<U256> U256::fromDecimal(std::string_view digits) {
  constexpr std::size_t kMostDigits = 78;  // of 2^256 - 1
  if (digits.empty()) return std::nullopt;
  const std::size_t significant = std::min(digits.find_first_not_of('0'), digits.size());
  if (digits.size() - significant > kMostDigits) return std::nullopt;
  U256 value;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    Wide carry = static_cast<Wide>(c - '0');
    for (std::uint64_t& limb : value.limbs_) {
      carry += static_cast<Wide>(limb) * 10;
      limb = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
    if (carry != 0) return std::nullopt;
  }
  return value;
}

std::optional<U256> U256::fromQuantity(std::string_view text) {
  if (!text.starts_with("0x") || text.size() < 3 || text.size() > 66) return std::nullopt;
  std::string digits(text.substr(2));
  if (digits.size() % 2 != 0) digits.insert(0, "0");
  const auto bytes = fromHex(digits);
  return bytes ? fromBigEndian(*bytes) : std::nullopt;
}

std::optional<U256> U256::fromBigEndian(BytesView bytes) {
  if (bytes.size() > 32) return std::nullopt;
  U256 value;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t place = bytes.size() - 1 - i;  // 0 for the last byte
    value.limbs_[place / 8] |= static_cast<std::uint64_t>(bytes[i]) << (place % 8 * 8);
  }
  return value;
}

std::string U256::toDecimal() const {
  if (*this == U256()) return "0";
  std::string out;
  for (U256 rest = *this; rest != U256();) {
    const Division division = rest.divideBySmall(10);
    out += static_cast<char>('0' + division.remainder);
    rest = division.quotient;
  }
  std::ranges::reverse(out);
  return out;
}

std::string U256::toQuantity() const {
  const std::string digits = toHex(toWord());
  const std::size_t first = digits.find_first_not_of('0');
  return "0x" + (first == std::string::npos ? "0" : digits.substr(first));
}

Hash256 U256::toWord() const {
  Hash256 word{};
  for (std::size_t place = 0; place < 32; ++place) {
    word[31 - place] = static_cast<std::uint8_t>(limbs_[place / 8] >> (place % 8 * 8));
  }
  return word;
}

Bytes U256::toMinimalBytes() const {
  const Hash256 word = toWord();
  return {std::ranges::find_if(word, [](std::uint8_t b) { return b != 0; }), word.end()};
}

std::optional<std::uint64_t> U256::toUint64() const {
  if ((limbs_[1] | limbs_[2] | limbs_[3]) != 0) return std::nullopt;
  return limbs_[0];
}

std::strong_ordering operator<=>(const U256& a, const U256& b) {
  return std::lexicographical_compare_three_way(a.limbs_.rbegin(), a.limbs_.rend(), b.limbs_.rbegin(), b.limbs_.rend());
}

U256 operator+(const U256& a, const U256& b) {
  U256 sum;
  Wide carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += static_cast<Wide>(a.limbs_[i]) + b.limbs_[i];
    sum.limbs_[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return sum;
}

U256 operator-(const U256& a, const U256& b) {
  U256 difference;
  Wide borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide taken = static_cast<Wide>(b.limbs_[i]) + borrow;
    difference.limbs_[i] = static_cast<std::uint64_t>(static_cast<Wide>(a.limbs_[i]) - taken);
    borrow = a.limbs_[i] < taken ? 1 : 0;
  }
  return difference;
}

U256 operator*(const U256& a, const U256& b) {
  U256 product;
  for (std::size_t i = 0; i < 4; ++i) {
    Wide carry = 0;
    for (std::size_t j = 0; i + j < 4; ++j) {
      carry += static_cast<Wide>(a.limbs_[i]) * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }
  return product;
}

U256::Division U256::divideBySmall(std::uint64_t divisor) const {
  Division out{};
  Wide rest = 0;
  for (std::size_t i = 4; i-- > 0;) {
    rest = rest << 64 | limbs_[i];
    out.quotient.limbs_[i] = static_cast<std::uint64_t>(rest / divisor);
    rest %= divisor;
  }
  out.remainder = static_cast<std::uint64_t>(rest);
  return out;
}

Json toJson(const U256& value) {
  const auto small = value.toUint64();
  return small ? Json(*small) : exactNumber(value.toDecimal());
}

}  // namespace peaqos::evm
