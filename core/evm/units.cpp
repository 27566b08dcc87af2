// SPDX-License-Identifier: Apache-2.0
#include "evm/units.hpp"

#include <algorithm>

namespace peaqos::evm {
namespace {

std::uint64_t powerOfTen(unsigned exponent) {
  std::uint64_t power = 1;
  for (unsigned i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::string formatUnits(const U256& amount, unsigned decimals, unsigned shown) {
  std::string digits = amount.toDecimal();
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  const std::string whole = digits.substr(0, digits.size() - decimals);
  return shown == 0 ? whole : whole + "." + digits.substr(whole.size(), shown);
}

std::string formatUnitsUp(const U256& amount, unsigned decimals, unsigned shown) {
  return formatUnits(amount + U256(powerOfTen(decimals - shown) - 1), decimals, shown);
}

std::optional<U256> parseUnits(std::string_view text, unsigned decimals) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (fraction.size() > decimals || whole.empty() || (point < text.size() && fraction.empty())) return std::nullopt;
  return U256::fromDecimal(std::string(whole) + std::string(fraction) + std::string(decimals - fraction.size(), '0'));
}

}  // namespace peaqos::evm
